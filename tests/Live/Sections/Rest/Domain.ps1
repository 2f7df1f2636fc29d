Context 'DKIM and DNS' {
    It 'gets a signature' {
        Confirm-Operation 'POST /dkim' -Cmdlet New-MailDkimSignature -How 'raw GET /settings/keys shows what was stored, raw GET /dkim/{id} the same public key' {
            $made = New-MailDkimSignature $Domain -Id "$Prefix-key1" -Selector "$Prefix-s1" -Algorithm Ed25519
            $stored = Get-RawSetting "signature.$Prefix-key1"
            $stored["signature.$Prefix-key1.domain"] | Should -Be $Domain
            $stored["signature.$Prefix-key1.selector"] | Should -Be "$Prefix-s1"
            $stored["signature.$Prefix-key1.algorithm"] | Should -BeLike 'ed25519*'
            $stored["signature.$Prefix-key1.private-key"] | Should -BeLike '*PRIVATE KEY*'
            $made.PublicKey | Should -BeExactly (Get-Raw "/api/dkim/$Prefix-key1")
            [Convert]::FromBase64String($made.PublicKey).Length | Should -Be 32
        }
    }

    It 'shows its signatures' {
        Confirm-Operation 'GET /dkim/{id}' -Cmdlet Get-MailDkimSignature -How 'one made beside the module, with the public key of a raw GET' {
            $null = Get-Raw /api/dkim -Method POST -Body @{ id = "$Prefix-key2"; algorithm = 'Ed25519'; domain = $Domain; selector = "$Prefix-s2" }
            $shown = @(Get-MailDkimSignature $Domain)
            $shown.Id | Sort-Object | Should -Be "$Prefix-key1", "$Prefix-key2"
            ($shown | Where-Object Id -EQ "$Prefix-key2").PublicKey | Should -BeExactly (Get-Raw "/api/dkim/$Prefix-key2")
            ($shown | Where-Object Id -EQ "$Prefix-key2").Selector | Should -Be "$Prefix-s2"
        }
    }

    It 'is told the records that it needs' {
        Confirm-Operation 'GET /dns/records/{domain}' -Cmdlet Get-MailDnsRecord -How 'record by record as raw, with the key made before' {
            $shown = @(Get-MailDnsRecord $Domain)
            $raw = @(Get-Raw "/api/dns/records/$Domain")
            $shown.ForEach{ "$($_.Type) $($_.Name) $($_.Content)" } | Sort-Object | Should -Be ($raw.ForEach{ "$($_.type) $($_.name) $($_.content)" } | Sort-Object)
            @($shown | Where-Object Name -EQ "$Prefix-s2._domainkey.$Domain.").Content | Should -BeLike "*p=$(Get-Raw "/api/dkim/$Prefix-key2")*"
        }
    }
}
