@{
    1 = @{ Before = { Connect-MailServer -Sandbox -ServerVersion 0.16 } }
    2 = @{
        Before = {
            Connect-MailServer -Sandbox -ServerVersion 0.16
            Set-Content addresses.csv 'address', '198.51.100.7', '203.0.113.0/24'
        }
    }
    3 = @{ Before = { Connect-MailServer -Sandbox -ServerVersion 0.16 } }
}
