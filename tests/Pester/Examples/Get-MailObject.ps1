@{
    1 = @{ Before = { Connect-MailServer -Sandbox -ServerVersion 0.16 } }
    2 = @{ Before = { Connect-MailServer -Sandbox -ServerVersion 0.16 } }
    3 = @{ Before = { Connect-MailServer -Sandbox -ServerVersion 0.16 } }
    4 = @{ Before = { Connect-MailServer -Sandbox -ServerVersion 0.16 } }
}
