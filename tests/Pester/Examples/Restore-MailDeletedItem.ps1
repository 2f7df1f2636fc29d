@{
    4 = @{ Before = { Connect-MailServer -Sandbox -ServerVersion 0.16 } }
}
