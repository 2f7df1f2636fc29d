Context 'Telemetry' {
    It 'is said to be missing without a licence: <Cmdlet>' -ForEach @(
        @{ Method = 'x:Metric/query'; Cmdlet = 'Get-MailMetric'; Do = { Get-MailMetric -ErrorAction Stop } }
        @{ Method = 'x:Metric/get'; Cmdlet = 'Get-MailMetric'; Do = { Get-MailMetric -ErrorAction Stop } }
        @{ Method = 'GET /api/live/metrics'; Cmdlet = 'Watch-MailMetric'; Do = { Watch-MailMetric -MaxEvents 1 -TimeoutSeconds 10 -ErrorAction Stop } }
        @{ Method = 'x:Trace/query'; Cmdlet = 'Get-MailTrace'; Do = { Get-MailTrace -ErrorAction Stop } }
        @{ Method = 'x:Trace/get'; Cmdlet = 'Get-MailTraceEvent'; Do = { Get-MailTraceEvent 1 -ErrorAction Stop } }
        @{ Method = 'GET /api/live/tracing'; Cmdlet = 'Watch-MailTrace'; Do = { Watch-MailTrace -MaxEvents 1 -TimeoutSeconds 10 -ErrorAction Stop } }
        @{ Method = 'GET /api/token/metrics'; Cmdlet = 'Request-MailStreamToken Metrics'; Do = { Request-MailStreamToken Metrics -ErrorAction Stop } }
        @{ Method = 'GET /api/token/tracing'; Cmdlet = 'Request-MailStreamToken Tracing'; Do = { Request-MailStreamToken Tracing -ErrorAction Stop } }
    ) {
        if ($Live.Server.Edition -eq 'enterprise') { Set-ItResult -Skipped -Because 'this edition has it'; return }
        Confirm-Operation ($Method -replace '/api') -Cmdlet $Cmdlet -Unsent -How 'refused beside the module, and Unsupported from the cmdlet' {
            if ($Method -like 'GET *') {
                (Invoke-Raw GET ($Method -replace '^GET ')).Status | Should -Be 404
            } else {
                (Invoke-RawMethod $Method ($Method -like '*/get' ? @{ ids = @('b') } : @{})).Error | Should -BeIn forbidden, unknownMethod
            }
            $refused = $Do | Should -Throw -PassThru
            $refused.FullyQualifiedErrorId | Should -BeLike 'Unsupported*' -Because "$refused"
            $refused.CategoryInfo.Category | Should -Be NotImplemented
        }
    }

    It 'has the history of metrics' {
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition has none'; return }
        Confirm-Operation 'x:Metric/query', 'x:Metric/get' -Cmdlet Get-MailMetric -How 'the points of raw gets before and after; the numbers of one name as raw' {
            $point = { param($id, $at, $number) "$id $at $number" }
            function Get-RawPoint { foreach ($metric in Find-RawObject Metric) { & $point $metric.metric $metric.timestamp $metric.count } }
            $before = [Collections.Generic.HashSet[string]]::new([string[]] @(Get-RawPoint))
            $metrics = @(Get-MailMetric)
            $points = foreach ($metric in $metrics) { & $point $metric.Id "$($metric.Timestamp.ToUniversalTime().ToString('s'))Z" ($metric.Value ?? $metric.Count) }
            $shown = [Collections.Generic.HashSet[string]]::new([string[]] $points)
            $after = [Collections.Generic.HashSet[string]]::new([string[]] @(Get-RawPoint))
            $before.Count | Should -BeGreaterThan 0 -Because 'a server with a licence keeps metrics, unless x:MetricsStore says otherwise'
            @($before).Where{ $after.Contains($_) -and -not $shown.Contains($_) } | Should -BeNullOrEmpty
            @($shown).Where{ -not $before.Contains($_) -and -not $after.Contains($_) } | Should -BeNullOrEmpty
            $id = $metrics[0].Id
            $from = $Live.Wire.Count
            @(Get-MailMetric $id).Id | Sort-Object -Unique | Should -Be $id
            @(Find-WireArgument x:Metric/query $from)[0].filter.metric | Should -Be $id
        }
    }

    It 'shows metrics live' {
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition has none'; return }
        Confirm-Operation 'GET /live/metrics' -Cmdlet Watch-MailMetric -How 'the number of domains, as in a frame of a raw stream' {
            $shown = @(Watch-MailMetric domain.count -IntervalSeconds 1 -MaxEvents 1 -TimeoutSeconds 30 | Where-Object Id -EQ domain.count)
            $frame = @(Read-RawStream '/api/live/metrics?interval=1&metrics=domain.count' -Until domain.count | ForEach-Object { $_ } | Where-Object { $_.metric -eq 'domain.count' })
            $shown[0].Value | Should -Be $frame[0].count
        }
    }

    It 'has the traces of a message' {
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition has none'; return }
        $methods = 'x:Trace/query', 'x:Trace/get'
        if (-not $Live.TakesMail) { Skip-Operation $methods -Cmdlet '-' -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        # By the id of a message that was cancelled above: nothing is added to its traces any more.
        $filter = @{ queueId = $Live.Queued.Ann }
        $none = @()
        try { Wait-Live { @(Find-RawId Trace $filter).Count } -For 'traces of the message are kept' -Seconds 10 } catch { $none = @($_) }
        if ($none) { Skip-Operation $methods -Cmdlet '-' -Because 'the server kept no trace of a message that was handed in'; return }
        $ids = @(Find-RawId Trace $filter)
        Confirm-Operation $methods -Cmdlet 'Get-MailTrace, Get-MailTraceEvent' -How 'the spans that a raw query has of a message handed in by SMTP, event by event as raw' {
            $shown = @(Get-MailTrace -QueueId $Live.Number.Ann)
            $shown.Count | Should -Be $ids.Count
            foreach ($trace in $shown) {
                $events = @($trace | Get-MailTraceEvent)
                $raw = (Get-RawObject Trace $ids[[array]::IndexOf($shown, $trace)]).events
                $names = @(foreach ($place in $raw.Keys | Sort-Object { [int] $_ }) { $raw[$place].event })
                $events.Type | Should -Be $names
            }
        }
    }

    It 'shows events live' {
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition has none'; return }
        if (-not $Live.TakesMail) { Skip-Operation 'GET /live/tracing' -Cmdlet Watch-MailTrace -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        Confirm-Operation 'GET /live/tracing' -Cmdlet Watch-MailTrace -How 'mail that is handed in by SMTP meanwhile is seen' {
            $from = $Live.Wire.Count
            $sender = "watched@$($Live.Run).$Domain"
            $connection = Get-MailConnection $Prefix
            $job = Start-LiveJob { Watch-MailTrace $using:sender -MaxEvents 1 -TimeoutSeconds 30 -Connection $using:connection }
            try {
                Wait-Live { @(Find-WireCall 'GET /live/tracing' $from | Where-Object Status -EQ 200).Count } -For 'the stream is open'
                $null = Send-LiveMail -To $Live.Bob.Address -From $sender -Message (New-LiveMessage Watched -To $Live.Bob.Address -From $sender)
                $seen = @($job | Receive-Job -Wait -ErrorAction Stop)
                "$($seen.Type) $($seen.From) $($seen.Data.Values)" | Should -BeLike "*$sender*"
            } finally {
                $job | Remove-Job -Force
            }
        }
    }

    It 'is given a token for a stream: <Purpose>' -ForEach @(
        @{ Purpose = 'Metrics'; Path = '/api/live/metrics?interval=1&metrics=domain.count'; Until = 'domain.count' }
        @{ Purpose = 'Tracing'; Path = '/api/live/tracing' }
    ) {
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition has none'; return }
        Confirm-Operation 'GET /token/{stream}' -Cmdlet "Request-MailStreamToken $Purpose" -How 'the token alone opens the stream; with another the answer is 401' {
            $text = [uri]::EscapeDataString(((Request-MailStreamToken $Purpose).Token | ConvertFrom-SecureString -AsPlainText))
            $join = $Path.Contains('?') ? '&' : '?'
            if ($Until) { @(Read-RawStream "$Path${join}token=$text" -Until $Until -Authorization '').Count | Should -BeGreaterThan 0 }
            (Get-RawStreamStatus "$Path${join}token=$text") | Should -Be 200
            (Get-RawStreamStatus "$Path${join}token=d3Jvbmc") | Should -Be 401
        }
    }
}
