Context 'Tests of deliveries' {
    It 'go through the stages that the server reports' {
        Confirm-Operation 'GET /troubleshoot/delivery/{target}' -Cmdlet Test-MailDelivery -How 'stage by stage as a raw stream, to a domain that does not exist' {
            $target = "someone@nowhere.$Domain"
            $shown = @(Test-MailDelivery $target -TimeoutSeconds 90)
            $raw = @(Read-RawStream "/api/troubleshoot/delivery/$([uri]::EscapeDataString($target))" -Until '"completed"' -Seconds 90)
            $shown.Stage | Should -Be $raw.ForEach{ $_.type }
            $shown.Count | Should -BeGreaterThan 2
            (Test-MailDelivery $target -Summary -TimeoutSeconds 90).Success | Should -BeFalse
        }
    }

    It 'judge SPF and DMARC as the server does' {
        Confirm-Operation 'POST /troubleshoot/dmarc' -Cmdlet Test-MailDmarc -How 'result by result as a raw POST' {
            $sender = "a@nowhere.$Domain"
            $shown = Test-MailDmarc -From $sender -RemoteIp 192.0.2.1 -EhloDomain "client.$Domain"
            $raw = Get-Raw /api/troubleshoot/dmarc -Method POST -Body @{ remoteIp = '192.0.2.1'; ehloDomain = "client.$Domain"; mailFrom = $sender; body = $null }
            $shown.Pass | Should -Be $raw.dmarcPass
            "$($shown.SpfMailFrom)" | Should -BeLike "*=$($raw.spfMailFromResult.type)"
            "$($shown.SpfEhlo)" | Should -BeLike "*=$($raw.spfEhloResult.type)"
            "$($shown.IpRev)" | Should -Be $raw.ipRevResult.type
            "$($shown.Policy)" | Should -Be $raw.dmarcPolicy
        }
    }
}
