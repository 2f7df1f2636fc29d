@{
    2 = @{ Before = 'Connect-MailServer -Sandbox -ServerVersion 0.16; Update-MailSpamFilter' }
}
