@{
    1 = @{
        Before  = {
            Connect-MailServer -Sandbox -ServerVersion 0.16
            New-MailObject BlockedIp @{ address = '203.0.113.9' }
        }
        Changes = { -not (Get-MailObject BlockedIp) }
    }
    2 = @{
        Before = {
            Connect-MailServer -Sandbox -ServerVersion 0.16
            New-MailObject MemoryLookupKey @{ namespace = 'blocked'; key = 'spam.test'; isGlobPattern = $false }
        }
    }
    3 = @{
        Before  = {
            Connect-MailServer -Sandbox -ServerVersion 0.16
            New-MailObject MtaRoute @{ '@type' = 'Relay'; name = 'smarthost'; address = 'relay.example.net' }
        }
        Changes = { -not (Get-MailObject MtaRoute -Filter @{ name = 'smarthost' }) }
    }
}
