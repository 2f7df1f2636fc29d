Context 'Connection' {
    It 'signs in, with a token that the server knows' {
        Confirm-Operation 'POST /oauth', 'POST /auth/token' -Cmdlet Connect-MailServer -How 'the token that came over the wire opens GET /auth/userinfo; version and edition are those of a raw POST /oauth' {
            $from = $Live.Wire.Count
            $connection = Connect-MailServer $Live.Wire.Address -Credential $Live.Credential -Name "$Prefix-second" -NoDefault -PassThru
            "$($connection.Version)" | Should -BeLike "$($Live.Server.Version)*"
            ($connection.Edition -eq 'Enterprise') | Should -Be ($Live.Server.Edition -eq 'enterprise')
            $answer = @(Find-WireCall 'POST /auth/token' $from)[-1].Answer
            $token = [regex]::Match($answer, '"access_token":"([^"]+)"').Groups[1].Value
            $who = Invoke-Raw GET /auth/userinfo -Authorization "Bearer $token"
            $who.Status | Should -Be 200
            $who.Json.preferred_username | Should -Not -BeNullOrEmpty
            Disconnect-MailServer $connection
            { Get-MailQueueStatus -Connection $connection -ErrorAction Stop } | Should -Throw
        }
    }

    It 'signs in at the address itself, and with a wrong password not' {
        $arguments = @{ Uri = $env:MAILADMIN_LIVE_URL; NoDefault = $true; PassThru = $true; Name = "$Prefix-direct" }
        if ($env:MAILADMIN_LIVE_SKIP_CERTIFICATE_CHECK) { $arguments.SkipCertificateCheck = $true }
        $arguments.AllowUnencryptedAuthentication = $true
        $connection = Connect-MailServer @arguments -Credential $Live.Credential
        (Get-MailQueueStatus -Connection $connection).Running | Should -Be (Get-Raw /api/queue/status)
        Disconnect-MailServer $connection
        Get-SignIn $Live.Ann.Name wrong | Should -Be 401
        { Connect-MailServer @arguments -Credential ([pscredential]::new($Live.Ann.Name, (ConvertTo-Secure wrong))) -ErrorAction Stop } | Should -Throw
    }

    It 'asks for a code that can be exchanged' {
        Confirm-Operation 'POST /oauth' -Cmdlet Request-MailOAuthCode -How 'a raw POST /auth/token takes the code' {
            $code = Request-MailOAuthCode
            $form = "grant_type=authorization_code&code=$([uri]::EscapeDataString(($code.Code | ConvertFrom-SecureString -AsPlainText)))&client_id=$($code.ClientId)&redirect_uri=$([uri]::EscapeDataString("$($code.RedirectUri)"))"
            $token = Invoke-Raw POST /auth/token -Body $form -ContentType application/x-www-form-urlencoded -Authorization ''
            $token.Status | Should -Be 200 -Because $token.Text
            (Invoke-Raw GET /api/queue/status -Authorization "Bearer $($token.Json.access_token)").Status | Should -Be 200
        }
    }

    It 'approves the code of a device' {
        Confirm-Operation 'POST /oauth' -Cmdlet Approve-MailDeviceCode -How 'a device that asked by raw HTTP is given a token only then' {
            $device = Invoke-Raw POST /auth/device -Body 'client_id=live-suite' -ContentType application/x-www-form-urlencoded -Authorization ''
            $device.Status | Should -Be 200 -Because $device.Text
            $form = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=live-suite&device_code=$([uri]::EscapeDataString($device.Json.device_code))"
            $poll = { Invoke-Raw POST /auth/token -Body $form -ContentType application/x-www-form-urlencoded -Authorization '' }
            (& $poll).Json.error | Should -Be authorization_pending
            Approve-MailDeviceCode $device.Json.user_code -Confirm:$false
            (& $poll).Json.access_token | Should -Not -BeNullOrEmpty
        }
    }

    It 'signs in as a device that somebody approves' {
        Confirm-Operation 'POST /auth/device', 'POST /auth/token' -Cmdlet 'Connect-MailServer -DeviceCode' -How 'approved by a raw POST /oauth; the connection then works' {
            $from = $Live.Wire.Count
            $address = $Live.Wire.Address
            $job = Start-LiveJob {
                $connection = Connect-MailServer $using:address -DeviceCode -NoDefault -PassThru -InformationAction Ignore -WarningAction Ignore
                (Get-MailQueueStatus -Connection $connection).Running
                Disconnect-MailServer $connection
            }
            try {
                Wait-Live { @(Find-WireCall 'POST /auth/device' $from | Where-Object { $_.Answer -match 'user_code' }).Count } -For 'the device has a code'
                $code = [regex]::Match(@(Find-WireCall 'POST /auth/device' $from)[0].Answer, '"user_code":"([^"]+)"').Groups[1].Value
                (Get-Raw /api/oauth -Method POST -Body @{ type = 'device'; code = $code }) | Should -BeTrue
                $job | Receive-Job -Wait -ErrorAction Stop | Should -Be (Get-Raw /api/queue/status)
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
            "$($test.Version)" | Should -BeLike "$($Live.Server.Version)*"
        }
    }

    It 'is given a token for the delivery test' {
        Confirm-Operation 'GET /troubleshoot/token' -Cmdlet 'Request-MailStreamToken Troubleshooting' -How 'the token alone opens the stream; without it the answer is 401' {
            $token = Request-MailStreamToken Troubleshooting
            $path = "/api/troubleshoot/delivery/nowhere.$Domain"
            $text = [uri]::EscapeDataString(($token.Token | ConvertFrom-SecureString -AsPlainText))
            @(Read-RawStream "$path`?token=$text" -Until completed -Authorization '').Count | Should -BeGreaterThan 1
            (Invoke-Raw GET "$path`?token=d3Jvbmc" -Authorization '').Status | Should -Be 401
        }
    }

    It 'is given a token for the stream of <Purpose>, where the edition has one' -ForEach @(
        @{ Purpose = 'Metrics'; Operation = 'GET /telemetry/live/metrics-token'; Stream = '/api/telemetry/metrics/live?interval=1&metrics=domain.count'; Until = 'domain.count' }
        @{ Purpose = 'Tracing'; Operation = 'GET /telemetry/live/tracing-token'; Stream = $null; Until = $null }
    ) {
        if ($Live.Server.Edition -ne 'enterprise') {
            Confirm-Operation $Operation -Cmdlet "Request-MailStreamToken $Purpose" -Unsent -How (Get-EditionNote) {
                Assert-Unsupported -Do { Request-MailStreamToken $Purpose -ErrorAction Stop } -Method GET -Path "/api$($Operation -replace '^GET ')"
            }
            return
        }
        Confirm-Operation $Operation -Cmdlet "Request-MailStreamToken $Purpose" -How 'the token alone opens a raw stream' {
            $token = [uri]::EscapeDataString(((Request-MailStreamToken $Purpose).Token | ConvertFrom-SecureString -AsPlainText))
            if ($Stream) {
                @(Read-RawStream "$Stream&token=$token" -Until $Until -Authorization '').Count | Should -BeGreaterThan 0
            } else {
                # Nothing may happen for long: that it opens is enough.
                $request = [System.Net.Http.HttpRequestMessage]::new('GET', "$($Live.Url)/api/telemetry/traces/live?token=$token")
                $response = $Live.Client.SendAsync($request, 'ResponseHeadersRead').GetAwaiter().GetResult()
                "$($response.Content.Headers.ContentType.MediaType)" | Should -Be text/event-stream
                $response.Dispose()
            }
        }
    }

    It 'calls anything by its path' {
        Confirm-Operation 'GET /queue/status' -Cmdlet Invoke-MailApi -How 'the same as raw' {
            Invoke-MailApi queue/status | Should -Be (Get-Raw /api/queue/status)
        }
    }

    It 'leaves what other programs sign in with to them' {
        Skip-Operation 'POST /auth/introspect', 'POST /auth/register', 'GET /auth/userinfo', 'GET /auth/jwks.json', 'GET /.well-known/oauth-authorization-server', 'GET /.well-known/openid-configuration', 'GET /.well-known/jmap' `
            -Cmdlet '-' -Because 'for OAuth and JMAP clients, which are other programs: no cmdlet calls it on a server of this version'
    }
}
