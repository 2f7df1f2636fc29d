Context 'The log' {
    BeforeAll {
        $refused = (Invoke-Raw GET '/api/logs?limit=1').Json['error']
    }

    It 'is shown' {
        if ($refused) { Skip-Operation 'GET /logs' -Cmdlet Get-MailServerLog -Because "the server has no log that can be read: $refused"; return }
        Confirm-Operation 'GET /logs' -Cmdlet Get-MailServerLog -How 'each line that a raw GET had before is there, with its words' {
            $raw = @((Get-Raw '/api/logs?limit=50').items)
            $raw.Count | Should -BeGreaterThan 0
            $shown = @(Get-MailServerLog -First 200).ForEach{ "$($_.Timestamp.ToUniversalTime().ToString('s'))Z $($_.EventId) $($_.Details)" }
            # The questions for the log are lines of their own, which the module may leave out.
            foreach ($line in $raw | Where-Object { $_.details -notlike '*/api/logs*' }) { $shown | Should -Contain "$($line.timestamp) $($line.event_id) $($line.details)" }
        }
    }

    It 'is searched, and waited for' {
        if ($refused) { Set-ItResult -Skipped -Because 'the server has no log that can be read'; return }
        # A server that logs mail logs the sender, one that logs requests the path; the questions for the log itself are no answer.
        $mark = "logged$($Live.Run)"
        $find = { @((Get-Raw "/api/logs?limit=50&filter=$mark").items | Where-Object { $_.details -notlike '*/api/logs*' }) }
        $none = $null
        Confirm-Operation 'GET /logs' -Cmdlet 'Get-MailServerLog -Wait, -Text' -How 'what a raw request, and mail by SMTP, leave in the log meanwhile; the lines of a raw search' {
            $from = $Live.Wire.Count
            $connection = Get-MailConnection $Prefix
            $job = Start-LiveJob { Get-MailServerLog $using:mark -Wait -MaxEvents 1 -TimeoutSeconds 30 -PollSeconds 1 -Connection $using:connection }
            try {
                Wait-Live { @(Find-WireCall 'GET /logs' $from | Where-Object Status -EQ 200).Count } -For 'the log is watched'
                $null = Invoke-Raw GET "/api/principal/$mark"
                if ($Live.TakesMail) {
                    $sender = "$mark@$($Live.Run).$Domain"
                    $null = Send-LiveMail -To $Live.Bob.Address -From $sender -Message (New-LiveMessage Logged -To $Live.Bob.Address -From $sender)
                }
                try { Wait-Live { (& $find).Count } -For 'it is in the log' -Seconds 10 } catch { $none = 'this server logs neither requests nor mail that comes in' }
                if ($none) { Set-ItResult -Skipped -Because $none }
                $seen = @($job | Receive-Job -Wait)
                $seen.Count | Should -Be 1
                $seen[0].Details | Should -BeLike "*$mark*"
                $seen[0].Details | Should -Not -BeLike '*/api/logs*' -Because 'the question for the log is no answer'
            } finally {
                $job | Remove-Job -Force
            }
            if ($Live.TakesMail -and $Live.QueueRan) { Wait-Live { -not (Get-OwnQueueId | Where-Object { $_ -ne $Live.Queued.Both }) } -For 'the mail is delivered' }
            $raw = (& $find).ForEach{ "$($_.event_id) $($_.details)" }
            $shown = @(Get-MailServerLog $mark -First 50).ForEach{ "$($_.EventId) $($_.Details)" }
            foreach ($line in $raw) { $shown | Should -Contain $line }
        }
    }
}
