Context 'The spam filter' {
    BeforeAll {
        $stores = $Live.Server.Version -ge [version] '0.15'
        $word = $stores ? 'upload' : 'train'
        $other = $stores ? 'train' : 'upload'
        $bytes = [Text.Encoding]::ASCII.GetBytes(((New-LiveMessage 'Earn money fast' -Text "Buy $Prefix pills") -replace '\r?\n', "`r`n"))
    }

    It 'learns a message as <Class><For>' -ForEach @(
        @{ Class = 'Spam'; For = '' }
        @{ Class = 'Ham'; For = '' }
        @{ Class = 'Spam'; For = ' for an account' }
        @{ Class = 'Ham'; For = ' for an account' }
    ) {
        $kind = $Class.ToLowerInvariant()
        $operation = "POST /spam-filter/$word/$kind$($For ? '/{account}' : '')"
        $account = $For ? @{ Account = $Live.Bob.Name } : @{}
        Confirm-Operation $operation -Cmdlet "Invoke-MailSpamTraining -Class $Class" -How 'the bytes of the message on the wire, and 200 with no error to it' {
            $from = $Live.Wire.Count
            $result = Invoke-MailSpamTraining -Message $bytes -Class $Class @account -Confirm:$false
            $call = @(Find-WireCall $operation $from)[-1]
            [Convert]::ToBase64String($call.Body) | Should -BeExactly ([Convert]::ToBase64String($bytes))
            $call.Status | Should -Be 200
            $call.Answer | Should -Not -Match '"error"'
            "$($result.Class)" | Should -Be $Class
        }
        # The word of the other versions does not exist here.
        (Invoke-Raw POST "/api/spam-filter/$other/$kind" -Body $bytes -ContentType message/rfc822).Status | Should -Be 404
        Add-Ledger "POST /spam-filter/$other/$kind$($For ? '/{account}' : '')" '-' skipped "not in $($Live.Server.Version), where a raw POST is a 404: it is $operation"
    }

    It 'learns from what is stored, from 0.15 on' {
        $start = 'GET /spam-filter/train/start'
        $status = 'GET /spam-filter/train/status'
        $others = 'GET /spam-filter/train/stop', 'GET /spam-filter/train/reset', 'GET /spam-filter/train/delete'
        if (-not $stores) {
            (Invoke-Raw GET /api/spam-filter/train/status).Status | Should -Be 404
            Skip-Operation (@($start, $status) + $others) -Cmdlet '-' -Because "not in $($Live.Server.Version): raw GET /spam-filter/train/status is a 404"
            return
        }
        Confirm-Operation $start -Cmdlet 'Invoke-MailSpamTraining -StartTraining' -How 'on the wire, with 200; a raw GET of the state answers true or false' {
            $from = $Live.Wire.Count
            Invoke-MailSpamTraining -StartTraining -Confirm:$false
            @(Find-WireCall $start $from)[-1].Status | Should -Be 200
            Get-Raw /api/spam-filter/train/status | Should -BeIn $true, $false
        }
        Confirm-Operation $status -Cmdlet Invoke-MailApi -How 'as raw, once it has ended' {
            Wait-Live { -not (Get-Raw /api/spam-filter/train/status) } -For 'the training ends' -Seconds 60
            Invoke-MailApi spam-filter/train/status | Should -Be (Get-Raw /api/spam-filter/train/status)
        }
        if (-not $env:MAILADMIN_LIVE_WHOLE_SERVER) {
            Skip-Operation $others -Cmdlet '-' -Because 'it forgets what the whole server has learned: MAILADMIN_LIVE_WHOLE_SERVER=1 does it'
            return
        }
        foreach ($route in $others) {
            Confirm-Operation $route -Cmdlet Invoke-MailApi -How 'the answer of the server on the wire: true or false, no error' {
                $from = $Live.Wire.Count
                $null = Invoke-MailApi ($route -replace '^GET /') -Confirm:$false
                @(Find-WireCall $route $from)[-1].Answer | Should -Match '\{"data":(true|false|null)}'
            }
        }
    }

    It 'judges a message' {
        Confirm-Operation 'POST /spam-filter/classify' -Cmdlet Test-MailSpam -How 'score and tags of a raw POST of the same message' {
            $from = $Live.Wire.Count
            $shown = Test-MailSpam -Message $bytes -RemoteIp 192.0.2.1 -From $Live.Sender -To $Live.Bob.Address -EhloDomain "client.$Domain"
            $raw = Get-Raw /api/spam-filter/classify -Method POST -Body @{
                message = [Text.Encoding]::ASCII.GetString($bytes); remoteIp = '192.0.2.1'; ehloDomain = "client.$Domain"; isTls = $false
                envFrom = $Live.Sender; envFromFlags = 0; envRcptTo = @($Live.Bob.Address)
            }
            [Math]::Abs($shown.Score - $raw.score) | Should -BeLessThan 0.05
            "$($shown.Disposition)" | Should -Be $raw.disposition.action
            $tags = $raw.tags.Keys | Where-Object { $_ -notlike 'X_HDR_*' } | Sort-Object
            @($shown.Tag.Name | Where-Object { $_ -notlike 'X_HDR_*' } | Sort-Object) | Should -Be $tags
        }
    }

    It 'judges a message with the least that is asked for' {
        Confirm-Operation 'POST /spam-filter/classify' -Cmdlet 'Test-MailSpam (fewest parameters)' -How '200 on the wire' {
            $from = $Live.Wire.Count
            (Test-MailSpam -Message $bytes -RemoteIp 192.0.2.1 -From $Live.Sender -To $Live.Bob.Address).Score | Should -BeOfType double
            @(Find-WireCall 'POST /spam-filter/classify' $from)[-1].Status | Should -Be 200
        }
    }
}
