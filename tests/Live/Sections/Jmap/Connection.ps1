Context 'Connection' {
    It 'finds out the family, and signs in with a token that the server knows' {
        Confirm-Operation 'GET /discover/{address}', 'POST /auth', 'POST /auth/token', 'GET /account', 'GET /jmap/session', 'GET /schema' -Cmdlet Connect-MailServer `
            -How 'the token that came over the wire opens GET /auth/userinfo; edition, permissions and hash of the schema are those of raw requests' {
            $from = $Live.Wire.Count
            $connection = Connect-MailServer $Live.Wire.Address -Credential $Live.Credential -Name "$Prefix-second" -NoDefault -PassThru
            $connection.Family | Should -Be Jmap
            $connection.Edition | Should -Be ($Live.Server.Edition -replace '^oss$', 'OpenSource')
            $connection.Permission.Count | Should -Be $Live.Server.Permissions.Count
            $connection.VersionRange | Should -Match '^0\.16'
            @(Find-WireCall 'GET /schema' $from)[-1].Answer | Should -Match ([regex]::Escape($Live.Schema.Hash))
            $token = [regex]::Match(@(Find-WireCall 'POST /auth/token' $from)[-1].Answer, '"access_token":"([^"]+)"').Groups[1].Value
            (Invoke-Raw GET /auth/userinfo -Authorization "Bearer $token").Status | Should -Be 200
            Disconnect-MailServer $connection
            { Get-MailQueueMessage -Connection $connection -ErrorAction Stop } | Should -Throw
        }
    }

    It 'signs in at the address itself, and with a wrong password not' {
        $arguments = @{ Uri = $env:MAILADMIN_LIVE_URL; NoDefault = $true; PassThru = $true; Name = "$Prefix-direct"; AllowUnencryptedAuthentication = $true }
        if ($env:MAILADMIN_LIVE_SKIP_CERTIFICATE_CHECK) { $arguments.SkipCertificateCheck = $true }
        $connection = Connect-MailServer @arguments -Credential $Live.Credential
        (Get-MailPrincipal $Domain -Connection $connection).Name | Should -Be $Domain
        Disconnect-MailServer $connection
        Get-SignIn $Live.Ann.Name wrong | Should -Be 401
        { Connect-MailServer @arguments -Credential ([pscredential]::new($Live.Ann.Name, (ConvertTo-Secure wrong))) -ErrorAction Stop } | Should -Throw
    }

    It 'signs in with an API key' {
        $key = New-RawObject ApiKey @{ description = "$Prefix-key"; permissions = @{ '@type' = 'Inherit' } } -Of @{ accountId = $Live.Ann.Id }
        Confirm-Operation 'GET /account', 'GET /jmap/session' -Cmdlet 'Connect-MailServer -ApiKey' -How 'a key that was made beside the module; the account is its owner''s' {
            $connection = Connect-MailServer $Live.Wire.Address -ApiKey (ConvertTo-Secure $key.secret) -NoDefault -PassThru
            $connection.UserName | Should -Be $Live.Ann.Name
            (Get-MailAccountAuth -Connection $connection).OtpEnabled | Should -BeFalse
            Disconnect-MailServer $connection
        }
        Remove-RawObject ApiKey $key.id -Of @{ accountId = $Live.Ann.Id }
        { Connect-MailServer $Live.Wire.Address -ApiKey (ConvertTo-Secure $key.secret) -NoDefault -ErrorAction Stop } | Should -Throw
    }

    It 'shows its connections' {
        Confirm-Operation 'POST /auth' -Cmdlet 'Get-MailConnection, Disconnect-MailServer' -Unsent -How 'needs no server: the connection of the suite is there' {
            (Get-MailConnection $Prefix).Family | Should -Be Jmap
        }
    }

    It 'asks for a code that can be exchanged' {
        Confirm-Operation 'POST /auth' -Cmdlet Request-MailOAuthCode -How 'a raw POST /auth/token takes the code' {
            $code = Request-MailOAuthCode -Credential $Live.Credential
            $form = "grant_type=authorization_code&code=$([uri]::EscapeDataString(($code.Code | ConvertFrom-SecureString -AsPlainText)))&client_id=$($code.ClientId)&redirect_uri=$([uri]::EscapeDataString("$($code.RedirectUri)"))"
            $token = Invoke-Raw POST /auth/token -Body $form -ContentType application/x-www-form-urlencoded -Authorization ''
            $token.Status | Should -Be 200 -Because $token.Text
            (Invoke-Raw GET /api/account -Authorization "Bearer $($token.Json.access_token)").Status | Should -Be 200
        }
    }

    It 'approves the code of a device' {
        Confirm-Operation 'POST /auth' -Cmdlet Approve-MailDeviceCode -How 'a device that asked by raw HTTP is given a token only then' {
            $device = Invoke-Raw POST /auth/device -Body 'client_id=live-suite' -ContentType application/x-www-form-urlencoded -Authorization ''
            $device.Status | Should -Be 200 -Because $device.Text
            $form = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=live-suite&device_code=$([uri]::EscapeDataString($device.Json.device_code))"
            $poll = { Invoke-Raw POST /auth/token -Body $form -ContentType application/x-www-form-urlencoded -Authorization '' }
            (& $poll).Json.error | Should -Be authorization_pending
            Approve-MailDeviceCode $device.Json.user_code -Credential $Live.Credential -Confirm:$false
            (& $poll).Json.access_token | Should -Not -BeNullOrEmpty
        }
    }

    It 'signs in as a device that somebody approves' {
        Confirm-Operation 'POST /auth/device', 'POST /auth/token' -Cmdlet 'Connect-MailServer -DeviceCode' -How 'approved by a raw POST /api/auth; the connection then works' {
            $from = $Live.Wire.Count
            $address = $Live.Wire.Address
            $name = $Domain
            $job = Start-LiveJob {
                $connection = Connect-MailServer $using:address -DeviceCode -NoDefault -PassThru -InformationAction Ignore -WarningAction Ignore
                (Get-MailPrincipal $using:name -Connection $connection).Name
                Disconnect-MailServer $connection
            }
            try {
                Wait-Live { @(Find-WireCall 'POST /auth/device' $from | Where-Object { $_.Answer -match 'user_code' }).Count } -For 'the device has a code'
                $code = [regex]::Match(@(Find-WireCall 'POST /auth/device' $from)[0].Answer, '"user_code":"([^"]+)"').Groups[1].Value
                $login = $Live.Credential.GetNetworkCredential()
                $body = @{ type = 'authDevice'; accountName = $login.UserName; accountSecret = $login.Password; code = $code }
                (Invoke-Raw POST /api/auth -Body $body -Authorization '').Json.type | Should -Be verified
                $job | Receive-Job -Wait -ErrorAction Stop | Should -Be $Domain
            } finally {
                $job | Remove-Job -Force
            }
        }
    }

    It 'tests the connection' {
        Confirm-Operation 'GET /healthz/live', 'GET /healthz/ready' -Cmdlet Test-MailConnection -How 'the same as raw GET /healthz/live and /ready say' {
            $test = Test-MailConnection
            $test.Reachable | Should -Be ((Invoke-Raw GET /healthz/live -Authorization '').Status -eq 200)
            $test.Ready | Should -Be ((Invoke-Raw GET /healthz/ready -Authorization '').Status -eq 200)
            $test.SignedIn | Should -BeTrue
            $test.VersionRange | Should -Match '^0\.16'
        }
    }

    It 'is given a token for the delivery test' {
        Confirm-Operation 'GET /token/{stream}' -Cmdlet 'Request-MailStreamToken Troubleshooting' -How 'the token alone opens the stream; with another the answer is 401' {
            $token = Request-MailStreamToken Troubleshooting
            $path = "/api/live/delivery/nowhere.$Domain"
            $text = [uri]::EscapeDataString(($token.Token | ConvertFrom-SecureString -AsPlainText))
            @(Read-RawStream "$path`?token=$text" -Until completed -Authorization '').Count | Should -BeGreaterThan 1
            (Invoke-Raw GET "$path`?token=d3Jvbmc" -Authorization '').Status | Should -Be 401
        }
    }

    It 'calls anything by its path' {
        Confirm-Operation 'GET /account' -Cmdlet Invoke-MailApi -How 'the same as raw' {
            (Invoke-MailApi account).edition | Should -Be $Live.Server.Edition
        }
    }

    It 'leaves what other programs sign in with to them' {
        Skip-Operation 'POST /auth/introspect', 'POST /auth/register', 'GET /auth/userinfo', 'GET /auth/jwks.json', 'GET /.well-known/oauth-authorization-server', 'GET /.well-known/openid-configuration', 'GET /.well-known/jmap' `
            -Cmdlet '-' -Because 'for OAuth and JMAP clients, which are other programs: no cmdlet calls it on a server of this version'
    }

    It 'leaves the page of the server to people' {
        Skip-Operation 'GET /login' -Cmdlet 'Connect-MailServer -Browser' -Because 'a person types the password on that page'
    }
}
