@{
    1 = @{ Before = 'Update-MailSpamFilter' }
    2 = @{ Before = 'Update-MailSpamFilter' }
}
