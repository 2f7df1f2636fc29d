Context 'DKIM and DNS' {
    It 'gets a signature' {
        Confirm-Operation 'x:DkimSignature/set' -Cmdlet New-MailDkimSignature -How 'raw get shows domain, selector, stage and the same public key; the private key was on the wire to the server, and is in nothing that is shown' {
            $from = $Live.Wire.Count
            $made = New-MailDkimSignature $Domain -Selector "$Prefix-s1" -Algorithm Ed25519 -Stage Pending
            $raw = Get-RawObject DkimSignature $made.Id
            $raw.domainId | Should -Be $Live.DomainId
            $raw.selector | Should -Be "$Prefix-s1"
            $raw.'@type' | Should -Be Dkim1Ed25519Sha256
            $raw.stage | Should -Be pending
            $made.PublicKey | Should -BeExactly $raw.publicKey
            [Convert]::FromBase64String($made.PublicKey).Length | Should -Be 32
            $sent = @(Find-WireCreation x:DkimSignature/set $from)[-1].privateKey.secret
            $sent | Should -BeLike '*BEGIN PRIVATE KEY*'
            $made | Format-List * -Force | Out-String | Should -Not -BeLike "*$(($sent -split '\r?\n')[1])*"
        }
    }

    It 'shows its signatures' {
        $secret = [Security.Cryptography.RSA]::Create(2048).ExportPkcs8PrivateKeyPem()
        $beside = New-RawObject DkimSignature @{ '@type' = 'Dkim1RsaSha256'; domainId = $Live.DomainId; selector = "$Prefix-s2"; privateKey = @{ '@type' = 'Text'; secret = $secret } }
        Confirm-Operation 'x:DkimSignature/query', 'x:DkimSignature/get' -Cmdlet Get-MailDkimSignature -How 'one made beside the module, with the public key of a raw get' {
            $shown = @(Get-MailDkimSignature $Domain)
            $shown.Selector | Sort-Object | Should -Be "$Prefix-s1", "$Prefix-s2"
            $one = $shown | Where-Object Id -EQ $beside.id
            $one.PublicKey | Should -BeExactly (Get-RawObject DkimSignature $beside.id).publicKey
            $one.Domain | Should -Be $Domain
        }
    }

    It 'is told the records that it needs' {
        Confirm-Operation 'x:Domain/get' -Cmdlet Get-MailDnsRecord -How 'as many records as the raw zone file has, with the key made before' {
            $shown = @(Get-MailDnsRecord $Domain)
            $zone = (Get-RawObject Domain $Live.DomainId dnsZoneFile).dnsZoneFile
            $shown.Count | Should -Be @([regex]::Matches($zone, '(?m)^\S+ IN ')).Count
            foreach ($record in $shown) { $zone | Should -Match ('(?m)^' + [regex]::Escape("$($record.Name.TrimEnd('.')). IN $($record.Type) ")) }
            $key = @(Get-MailDkimSignature $Domain | Where-Object Selector -EQ "$Prefix-s1").PublicKey
            @($shown | Where-Object Name -Like "$Prefix-s1._domainkey.*").Content | Should -BeLike "*p=$key*"
        }
    }
}
