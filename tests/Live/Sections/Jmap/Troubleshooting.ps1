Context 'Tests of deliveries' {
    It 'go through the stages that the server reports' {
        Confirm-Operation 'GET /live/delivery/{target}' -Cmdlet Test-MailDelivery -How 'stage by stage as a raw stream, to a domain that does not exist' {
            $target = "someone@nowhere.$Domain"
            $shown = @(Test-MailDelivery $target -TimeoutSeconds 90)
            # A frame has a list of stages.
            $raw = @(Read-RawStream "/api/live/delivery/$([uri]::EscapeDataString($target))" -Until '"completed"' -Seconds 90 | ForEach-Object { $_ })
            $shown.Stage.ForEach{ "$_" } | Should -Be $raw.ForEach{ $_.type }
            $shown.Count | Should -BeGreaterThan 2
            (Test-MailDelivery $target -Summary -TimeoutSeconds 90).Success | Should -BeFalse
        }
    }

    It 'judge SPF and DMARC as the server does' {
        Confirm-Operation 'x:Action/set' -Cmdlet Test-MailDmarc -How 'result by result as a raw action' {
            $sender = "a@nowhere.$Domain"
            $shown = Test-MailDmarc -From $sender -RemoteIp 192.0.2.1 -EhloDomain "client.$Domain"
            # Two results must be sent along: any text does.
            $raw = New-RawObject Action @{ '@type' = 'TroubleshootDmarc'; remoteIp = '192.0.2.1'; ehloDomain = "client.$Domain"; mailFrom = $sender; spfEhloDomain = '-'; spfMailFromDomain = '-' }
            $shown.Pass | Should -Be $raw.dmarcPass
            "$($shown.SpfMailFrom)" | Should -BeLike "*=$($raw.spfMailFromResult.'@type')"
            "$($shown.SpfEhlo)" | Should -BeLike "*=$($raw.spfEhloResult.'@type')"
            "$($shown.IpRev)" | Should -Be $raw.ipRevResult.'@type'
            "$($shown.Policy)" | Should -Be $raw.dmarcPolicy
        }
    }
}
