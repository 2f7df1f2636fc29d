@{
    2 = @{ Before = 'Update-MailSpamFilter' }
}
