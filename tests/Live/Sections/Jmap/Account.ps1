Context 'The signed-in account' {
    BeforeAll {
        $annConnection = Connect-LiveAccount $Live.Ann
        # What the account itself is told, beside the module.
        function Get-OwnObject([string] $Type) { Get-RawObject $Type -Authorization $Live.Ann.Header }
        function Get-OwnAppPassword { @(Find-RawId AppPassword -Authorization $Live.Ann.Header) }
    }

    AfterAll {
        Disconnect-MailServer $annConnection
    }

    It 'says how it signs in' {
        Confirm-Operation 'x:AccountPassword/get', 'x:AppPassword/query' -Cmdlet Get-MailAccountAuth -How 'the same as raw, as the account' {
            $shown = Get-MailAccountAuth -Connection $annConnection
            $shown.OtpEnabled | Should -Be ([bool] (Get-OwnObject AccountPassword).otpAuth.Count)
            @($shown.AppPassword).Count | Should -Be (Get-OwnAppPassword).Count
        }
    }

    It 'makes and removes app passwords' {
        Confirm-Operation 'x:AppPassword/set', 'x:AppPassword/get' -Cmdlet 'New-MailAppPassword, Remove-MailAppPassword' -How 'the password signs in by raw Basic; after the removal it is a 401; a raw get has its name and its end' {
            $end = [DateTimeOffset]::UtcNow.AddDays(2)
            $made = New-MailAppPassword phone -Expires $end -Connection $annConnection
            $secret = $made.Credential.GetNetworkCredential().Password
            Get-SignIn $Live.Ann.Name $secret | Should -Be 200
            $raw = @(Get-RawObject AppPassword (Get-OwnAppPassword) -Authorization $Live.Ann.Header)
            $raw.description | Should -Be phone
            [Math]::Abs(([DateTimeOffset]::Parse($raw.expiresAt, [cultureinfo]::InvariantCulture) - $end).TotalSeconds) | Should -BeLessThan 2
            (Get-MailAccountAuth -Connection $annConnection).AppPassword.Name | Should -Be phone
            Remove-MailAppPassword phone -Connection $annConnection -Confirm:$false
            Get-SignIn $Live.Ann.Name $secret | Should -Be 401
            Get-OwnAppPassword | Should -BeNullOrEmpty
            Get-SignIn $Live.Ann.Name $Live.Ann.Password | Should -Be 200
        }
    }

    It 'changes its password' {
        Confirm-Operation 'x:AccountPassword/set' -Cmdlet Set-MailAccountPassword -How 'the new password signs in, the old one not; the connection goes on' {
            $new = New-LivePassword
            Set-MailAccountPassword (ConvertTo-Secure $new) -Credential (Get-LiveCredential $Live.Ann) -Force -Confirm:$false -Connection $annConnection
            Get-SignIn $Live.Ann.Name $new | Should -Be 200
            Get-SignIn $Live.Ann.Name $Live.Ann.Password | Should -Be 401
            $Live.Ann.Password = $new
            $Live.Ann.Header = ConvertTo-BasicHeader $Live.Ann.Name $new
            (Get-MailAccountAuth -Connection $annConnection).OtpEnabled | Should -BeFalse
        }
    }

    It 'asks for one-time codes, and stops it' {
        $second = Connect-LiveAccount $Live.Ann
        try {
            Confirm-Operation 'x:AccountPassword/set' -Cmdlet 'Enable-MailAccountOtp, Disable-MailAccountOtp' `
                -How 'a raw sign-in with the password alone is 402, and with a code raw POST /api/auth takes it; afterwards the password alone works again' {
                $setup = Enable-MailAccountOtp -Prepare -Connection $second
                $null = $setup | Enable-MailAccountOtp -Code (Get-TotpCode $setup.Url) -Credential (Get-LiveCredential $Live.Ann) -Confirm:$false -Connection $second -WarningAction Ignore
                Get-SignIn $Live.Ann.Name $Live.Ann.Password | Should -Be 402
                $body = @{ type = 'authCode'; accountName = $Live.Ann.Name; accountSecret = $Live.Ann.Password; clientId = 'live-suite'; redirectUri = 'stalwart://auth' }
                (Invoke-Raw POST /api/auth -Body $body -Authorization '').Json.type | Should -Be mfaRequired
                (Invoke-Raw POST /api/auth -Body ($body + @{ mfaToken = Get-TotpCode $setup.Url }) -Authorization '').Json.type | Should -Be authenticated
                (Get-MailAccountAuth -Connection $second).OtpEnabled | Should -BeTrue
                Disable-MailAccountOtp -Credential (Get-LiveCredential $Live.Ann) -TotpCode (Get-TotpCode $setup.Url) -Force -Connection $second
                Get-SignIn $Live.Ann.Name $Live.Ann.Password | Should -Be 200
            }
        } finally {
            Disconnect-MailServer $second
        }
    }

    It 'encrypts its mail, and stops it' {
        $key = [Security.Cryptography.RSA]::Create(2048)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=Ann, E=$($Live.Ann.Address)", $key, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $file = Join-Path $Live.Folder ann.pem
        $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddDays(30)).ExportCertificatePem() | Set-Content $file -Encoding ascii
        $connection = Connect-LiveAccount $Live.Ann
        try {
            Confirm-Operation 'x:PublicKey/set', 'x:AccountSettings/set', 'x:AccountSettings/get', 'x:PublicKey/query', 'x:PublicKey/get' -Cmdlet 'Set-MailAccountCrypto, Get-MailAccountCrypto' `
                -How 'raw get of the settings of the account, before, meanwhile and after; the key is gone afterwards' {
                (Get-OwnObject AccountSettings).encryptionAtRest.'@type' | Should -Be Disabled
                Set-MailAccountCrypto $file -Confirm:$false -Connection $connection
                $raw = (Get-OwnObject AccountSettings).encryptionAtRest
                $raw.'@type' | Should -BeLike Aes*
                (Get-RawObject PublicKey $raw.publicKey -Authorization $Live.Ann.Header).key | Should -BeLike '*BEGIN CERTIFICATE*'
                $shown = Get-MailAccountCrypto -Connection $connection
                "$($shown.Type)" | Should -Be SMime
                "$($shown.Algorithm)" | Should -Be $raw.'@type'
                Set-MailAccountCrypto -Disable -Confirm:$false -Connection $connection
                (Get-OwnObject AccountSettings).encryptionAtRest.'@type' | Should -Be Disabled
                Get-RawObject PublicKey $raw.publicKey -Authorization $Live.Ann.Header | Should -BeNullOrEmpty
            }
        } finally {
            Disconnect-MailServer $connection
        }
    }
}
