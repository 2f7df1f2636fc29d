Context 'Telemetry' {
    It 'is said to be missing where the edition has none: <Cmdlet>' -ForEach @(
        @{ Operation = 'GET /telemetry/metrics'; Cmdlet = 'Get-MailMetric'; Do = { Get-MailMetric } }
        @{ Operation = 'GET /telemetry/metrics/live'; Cmdlet = 'Watch-MailMetric'; Do = { Watch-MailMetric -MaxEvents 1 -TimeoutSeconds 10 } }
        @{ Operation = 'GET /telemetry/traces'; Cmdlet = 'Get-MailTrace'; Do = { Get-MailTrace } }
        @{ Operation = 'GET /telemetry/trace/{id}'; Cmdlet = 'Get-MailTraceEvent'; Do = { Get-MailTraceEvent 1 } }
        @{ Operation = 'GET /telemetry/traces/live'; Cmdlet = 'Watch-MailTrace'; Do = { Watch-MailTrace -MaxEvents 1 -TimeoutSeconds 10 } }
    ) {
        if ($Live.Server.Edition -eq 'enterprise') { Set-ItResult -Skipped -Because 'this edition has it'; return }
        Confirm-Operation $Operation -Cmdlet $Cmdlet -Unsent -How (Get-EditionNote) {
            Assert-Unsupported -Do $Do -Method GET -Path "/api$($Operation -replace '^GET ' -replace '\{id}', '1')"
        }
    }

    It 'has the history of metrics' {
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition has none'; return }
        $raw = Invoke-Raw GET /api/telemetry/metrics
        if ($raw.Json.Contains('error')) { Skip-Operation 'GET /telemetry/metrics' -Cmdlet Get-MailMetric -Because "the server keeps no metrics: $($raw.Json.details)"; return }
        Confirm-Operation 'GET /telemetry/metrics' -Cmdlet Get-MailMetric -How 'the points of raw GETs before and after' {
            $point = { param($id, $at, $number) "$id $at $number" }
            $before = [Collections.Generic.HashSet[string]] @($raw.Json.data).ForEach{ & $point $_.id $_.timestamp ($_['value'] ?? $_['count']) }
            $shown = [Collections.Generic.HashSet[string]] @(Get-MailMetric).ForEach{ & $point $_.Id "$($_.Timestamp.ToUniversalTime().ToString('s'))Z" ($_.Value ?? $_.Count) }
            $after = [Collections.Generic.HashSet[string]] @(Get-Raw /api/telemetry/metrics).ForEach{ & $point $_.id $_.timestamp ($_['value'] ?? $_['count']) }
            @($before).Where{ $after.Contains($_) -and -not $shown.Contains($_) } | Should -BeNullOrEmpty
            @($shown).Where{ -not $before.Contains($_) -and -not $after.Contains($_) } | Should -BeNullOrEmpty
        }
    }

    It 'shows metrics live' {
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition has none'; return }
        Confirm-Operation 'GET /telemetry/metrics/live' -Cmdlet Watch-MailMetric -How 'the number of domains, as in a frame of a raw stream' {
            $shown = @(Watch-MailMetric domain.count -IntervalSeconds 1 -MaxEvents 1 -TimeoutSeconds 30 | Where-Object Id -EQ domain.count)
            $frame = @(Read-RawStream '/api/telemetry/metrics/live?interval=1&metrics=domain.count' -Until domain.count | Where-Object { $_.id -eq 'domain.count' })
            $shown[0].Value | Should -Be $frame[0].value
        }
    }

    It 'has the traces of a message' {
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition has none'; return }
        $operations = 'GET /telemetry/traces', 'GET /telemetry/trace/{id}'
        if (-not $Live.TakesMail) { Skip-Operation $operations -Cmdlet '-' -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        $raw = Invoke-Raw GET "/api/telemetry/traces?limit=1"
        if ($raw.Json.Contains('error')) { Skip-Operation $operations -Cmdlet '-' -Because 'the server keeps no traces'; return }
        # By the id of a message that was cancelled above: nothing is added to its traces any more.
        $path = "/api/telemetry/traces?queue_id=$($Live.Queued.Ann)&values=1"
        $none = @()
        try { Wait-Live { @((Get-Raw $path).items).Count } -For 'traces of the message are kept' -Seconds 10 } catch { $none = @($_) }
        if ($none) { Skip-Operation $operations -Cmdlet '-' -Because 'the server kept no trace of a message that was handed in'; return }
        $items = @((Get-Raw $path).items)
        Confirm-Operation 'GET /telemetry/traces' -Cmdlet Get-MailTrace -How 'the spans that a raw GET has of a message handed in by SMTP' {
            $shown = @(Get-MailTrace -QueueId $Live.Queued.Ann)
            $shown.SpanId | Sort-Object | Should -Be ($items.ForEach{ [ulong] $_.data.spanId } | Sort-Object)
        }
        Confirm-Operation 'GET /telemetry/trace/{id}' -Cmdlet Get-MailTraceEvent -How 'event by event as raw' {
            $id = $items[0].data.spanId
            $events = @(Get-Raw "/api/telemetry/trace/$id")
            @(Get-MailTraceEvent $id).Type | Should -Be $events.ForEach{ $_.type }
            $events.Count | Should -BeGreaterThan 0
        }
    }

    It 'shows events live' {
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition has none'; return }
        if (-not $Live.TakesMail) { Skip-Operation 'GET /telemetry/traces/live' -Cmdlet Watch-MailTrace -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        Confirm-Operation 'GET /telemetry/traces/live' -Cmdlet Watch-MailTrace -How 'mail that is handed in by SMTP meanwhile is seen' {
            $from = $Live.Wire.Count
            $sender = "watched@$($Live.Run).$Domain"
            $connection = Get-MailConnection $Prefix
            $job = Start-LiveJob { Watch-MailTrace $using:sender -MaxEvents 1 -TimeoutSeconds 30 -Connection $using:connection }
            try {
                Wait-Live { @(Find-WireCall 'GET /telemetry/traces/live' $from | Where-Object Status -EQ 200).Count } -For 'the stream is open'
                $null = Send-LiveMail -To $Live.Bob.Address -From $sender -Message (New-LiveMessage Watched -To $Live.Bob.Address -From $sender)
                $seen = @($job | Receive-Job -Wait -ErrorAction Stop)
                "$($seen.Type) $($seen.From) $($seen.Data.Values)" | Should -BeLike "*$sender*"
            } finally {
                $job | Remove-Job -Force
            }
        }
    }
}
