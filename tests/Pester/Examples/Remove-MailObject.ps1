@{
    1 = @{
        Before  = { New-MailObject BlockedIp @{ address = '203.0.113.9' } }
        Changes = { -not (Get-MailObject BlockedIp) }
    }
    2 = @{ Before = { New-MailObject MemoryLookupKey @{ namespace = 'blocked'; key = 'spam.test'; isGlobPattern = $false } } }
    3 = @{
        Before  = { New-MailObject MtaRoute @{ '@type' = 'Relay'; name = 'smarthost'; address = 'relay.example.net' } }
        Changes = { -not (Get-MailObject MtaRoute -Filter @{ name = 'smarthost' }) }
    }
}
