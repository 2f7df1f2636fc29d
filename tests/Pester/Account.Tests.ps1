# The signed-in account in real PowerShell, over a socket: what it changes about itself, and that none of its secrets is shown.

BeforeDiscovery {
    . "$PSScriptRoot/Families.ps1"
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    . "$PSScriptRoot/SandboxHost.ps1"
    Import-Module $ModuleFolder -Force
    # Long enough for a server that looks at how easy a password is to guess.
    $Other = 'walks along a made-up road'

    function Get-Login([string] $Password) { [pscredential]::new("jane.doe$At", (ConvertTo-SecureString $Password -AsPlainText -Force)) }

    function Connect-As([string] $Password) { Connect-MailServer $Server.Uri -Credential (Get-Login $Password) }
}

AfterAll {
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'The signed-in account over <Family>' -ForEach $Families {
    BeforeAll { $Server = Start-SandboxHost '--enterprise', '--server-version', $Version }
    AfterAll { Stop-SandboxHost $Server }
    BeforeEach { Connect-As sandbox-jane.doe }
    AfterEach { Disconnect-MailServer }

    Context 'App passwords' {
        It 'are returned once, sign in, and go' {
            $made = New-MailAppPassword phone
            $plain = $made.Credential.GetNetworkCredential().Password
            ($made | Format-List * -Force | Out-String) + ($made | ConvertTo-Json -Depth 4 -WarningAction Ignore) | Should -Not -BeLike "*$plain*"
            Connect-As $plain
            (Get-MailAccountAuth).AppPassword.Name | Should -Be phone
            Disconnect-MailServer
            Connect-As sandbox-jane.doe
            (Get-MailAccountAuth).AppPassword | Remove-MailAppPassword
            @((Get-MailAccountAuth).AppPassword).Count | Should -Be 0
            { Connect-As $plain } | Should -Throw
        }

        It 'are removed exactly' {
            'a', 'ab', 'abc' | ForEach-Object { $null = New-MailAppPassword $_ }
            Remove-MailAppPassword a
            (Get-MailAccountAuth).AppPassword.Name | Sort-Object | Should -Be 'ab', 'abc'
            'ab', 'abc' | Remove-MailAppPassword
        }
    }

    Context 'One-time codes' {
        It 'show account and issuer only, and have address and QR code as properties' {
            $otp = Enable-MailAccountOtp -Prepare -Issuer Example
            $shown = $otp | Out-String
            $shown | Should -BeLike '*jane.doe*'
            $shown | Should -BeLike '*Example*'
            $shown | Should -Not -Match 'otpauth|secret'
            $otp.Url | Should -BeLike 'otpauth://totp/*'
            ($otp.QrCode -split '\r?\n').Count | Should -BeGreaterThan 10
        }

        It 'are not switched on with a wrong code' {
            $otp = Enable-MailAccountOtp -Prepare
            { $otp | Enable-MailAccountOtp -Code 000000 -Credential (Get-Login sandbox-jane.doe) -ErrorAction Stop } | Should -Throw
            (Get-MailAccountAuth).OtpEnabled | Should -BeFalse
        }
    }

    Context 'The password' {
        It 'is changed, and the connection lives on' {
            Set-MailAccountPassword (ConvertTo-SecureString $Other -AsPlainText -Force) -Credential (Get-Login sandbox-jane.doe)
            (Get-MailAccountAuth).OtpEnabled | Should -BeFalse
            { Connect-As sandbox-jane.doe } | Should -Throw
            Set-MailAccountPassword (ConvertTo-SecureString 'sandbox-jane.doe' -AsPlainText -Force) -Credential (Get-Login $Other)
            Connect-As sandbox-jane.doe
        }

        It 'is not changed with -WhatIf' {
            Set-MailAccountPassword (ConvertTo-SecureString $Other -AsPlainText -Force) -Credential (Get-Login sandbox-jane.doe) -WhatIf
            Connect-As sandbox-jane.doe
        }
    }

    Context 'Encryption at rest' {
        It 'takes a certificate from a file and can be switched off' {
            $key = [System.Security.Cryptography.RSA]::Create(2048)
            $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=jane', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
            $file = Join-Path $TestDrive 'jane.pem'
            Set-Content $file $request.CreateSelfSigned([datetimeoffset]::Now, [datetimeoffset]::Now.AddDays(1)).ExportCertificatePem()
            (Set-MailAccountCrypto $file -PassThru).Type | Should -Not -Be Disabled
            (Set-MailAccountCrypto -Disable -PassThru).Type | Should -Be Disabled
        }
    }
}

Describe 'A server from 0.14 on' {
    BeforeAll { $Later = Start-SandboxHost '--server-version', '0.15' }
    AfterAll { Stop-SandboxHost $Later }

    It 'is not given a new password that costs app passwords where nobody can be asked' {
        $script = @"
            Import-Module '$ModuleFolder'
            function Get-Login([string] `$Password) { [pscredential]::new('jane.doe', (ConvertTo-SecureString `$Password -AsPlainText -Force)) }
            Connect-MailServer '$($Later.Uri)' -Credential (Get-Login sandbox-jane.doe)
            `$null = New-MailAppPassword phone
            try { Set-MailAccountPassword (ConvertTo-SecureString other -AsPlainText -Force) -Credential (Get-Login sandbox-jane.doe) } catch { "`$_" }
            (Get-MailAccountAuth).AppPassword.Name
"@
        $said = Invoke-ThisPowerShell -NoProfile -NonInteractive -Command $script
        $said[0] | Should -BeLike '*phone*-Force*'
        $said[1] | Should -Be phone
    }
}
