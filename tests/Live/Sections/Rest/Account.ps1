Context 'The signed-in account' {
    BeforeAll {
        $annConnection = Connect-LiveAccount $Live.Ann
        $annHeader = ConvertTo-BasicHeader $Live.Ann.Name $Live.Ann.Password
    }

    AfterAll {
        Disconnect-MailServer $annConnection
    }

    It 'says how it signs in' {
        Confirm-Operation 'GET /account/auth' -Cmdlet Get-MailAccountAuth -How 'the same as raw, as the account' {
            $shown = Get-MailAccountAuth -Connection $annConnection
            $raw = Get-Raw /api/account/auth -Authorization $annHeader
            $shown.OtpEnabled | Should -Be $raw.otpEnabled
            @($shown.AppPassword).Count | Should -Be @($raw.appPasswords).Count
        }
    }

    It 'makes and removes app passwords' {
        Confirm-Operation 'POST /account/auth' -Cmdlet 'New-MailAppPassword, Remove-MailAppPassword' -How 'the password signs in by raw Basic; after the removal it is a 401; raw GET /account/auth lists one, then none' {
            $made = New-MailAppPassword phone -Connection $annConnection
            $secret = $made.Credential.GetNetworkCredential().Password
            Get-SignIn $Live.Ann.Name $secret | Should -Be code
            @((Get-Raw /api/account/auth -Authorization $annHeader).appPasswords).Count | Should -Be 1
            Remove-MailAppPassword phone -Connection $annConnection -Confirm:$false
            Get-SignIn $Live.Ann.Name $secret | Should -Be 401
            @((Get-Raw /api/account/auth -Authorization $annHeader).appPasswords | Where-Object { $_ }).Count | Should -Be 0
            Get-SignIn $Live.Ann.Name $Live.Ann.Password | Should -Be code
        }
    }

    It 'changes its password' {
        Confirm-Operation 'POST /account/auth' -Cmdlet Set-MailAccountPassword -How 'the new password signs in, the old one not' {
            $new = New-LivePassword
            Set-MailAccountPassword (ConvertTo-Secure $new) -Credential (Get-LiveCredential $Live.Ann) -Force -Confirm:$false -Connection $annConnection
            Get-SignIn $Live.Ann.Name $new | Should -Be code
            Get-SignIn $Live.Ann.Name $Live.Ann.Password | Should -Be 401
            $Live.Ann.Password = $new
        }
    }

    It 'asks for one-time codes, and stops it' {
        $second = Connect-LiveAccount $Live.Ann
        try {
            Confirm-Operation 'POST /account/auth' -Cmdlet 'Enable-MailAccountOtp, Disable-MailAccountOtp' -How 'a raw sign-in with the password alone is 402, with $code it works; afterwards the password alone works again' {
                $setup = Enable-MailAccountOtp -Prepare -Connection $second
                $null = $setup | Enable-MailAccountOtp -Code (Get-TotpCode $setup.Url) -Credential (Get-LiveCredential $Live.Ann) -Confirm:$false -Connection $second
                Get-SignIn $Live.Ann.Name $Live.Ann.Password | Should -Be 402
                Get-SignIn $Live.Ann.Name "$($Live.Ann.Password)`$$(Get-TotpCode $setup.Url)" | Should -Be code
                Disable-MailAccountOtp -Credential (Get-LiveCredential $Live.Ann) -TotpCode (Get-TotpCode $setup.Url) -Force -Connection $second
                Get-SignIn $Live.Ann.Name $Live.Ann.Password | Should -Be code
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
        $header = ConvertTo-BasicHeader $Live.Ann.Name $Live.Ann.Password
        if ((Invoke-Raw POST /api/account/crypto -Body @{ type = 'disabled' } -Authorization $header).Json['error'] -eq 'unsupported') {
            Disconnect-MailServer $connection
            Skip-Operation 'GET /account/crypto', 'POST /account/crypto' -Cmdlet '-' -Because 'encryption at rest is turned off on this server'
            return
        }
        try {
            Confirm-Operation 'GET /account/crypto', 'POST /account/crypto' -Cmdlet 'Set-MailAccountCrypto, Get-MailAccountCrypto' -How 'raw GET /account/crypto, before, meanwhile and after' {
                (Get-Raw /api/account/crypto -Authorization $header).type | Should -Be disabled
                Set-MailAccountCrypto $file -Confirm:$false -Connection $connection
                $raw = Get-Raw /api/account/crypto -Authorization $header
                $raw.type | Should -BeExactly sMIME
                $shown = Get-MailAccountCrypto -Connection $connection
                "$($shown.Type)" | Should -Be SMime
                "$($shown.Algorithm)" | Should -Be $raw.algo
                Set-MailAccountCrypto -Disable -Confirm:$false -Connection $connection
                (Get-Raw /api/account/crypto -Authorization $header).type | Should -Be disabled
            }
        } finally {
            Disconnect-MailServer $connection
        }
    }
}
