Context 'The log' {
    BeforeAll {
        $refused = (Invoke-RawMethod x:Log/query @{ limit = 1 }).Error
        function Find-RawLine([string] $Text, [int] $Limit = 50) {
            $arguments = @{ limit = $Limit }
            if ($Text) { $arguments.filter = @{ text = $Text } }
            Get-RawObject Log @((Get-Raw x:Log/query $arguments).ids)
        }
    }

    It 'is shown' {
        if ($refused) { Skip-Operation 'x:Log/query', 'x:Log/get' -Cmdlet Get-MailServerLog -Because "the server has no log that can be read: $refused"; return }
        Confirm-Operation 'x:Log/query', 'x:Log/get' -Cmdlet Get-MailServerLog -How 'each line that a raw get had before is there, with its words' {
            $raw = @(Find-RawLine)
            $raw.Count | Should -BeGreaterThan 0
            $shown = @(Get-MailServerLog -First 300).ForEach{ "$($_.Timestamp.ToUniversalTime().ToString('s'))Z $($_.EventId) $($_.Details)" }
            # The sign-ins and requests of whoever reads the log are lines of their own, which the module may leave out.
            foreach ($line in $raw | Where-Object { $_.event -notmatch '^(auth|http|jmap|network)\.' }) { $shown | Should -Contain "$($line.timestamp) $($line.event) $($line.details)" }
        }
    }

    It 'is searched, and waited for' {
        if ($refused) { Set-ItResult -Skipped -Because 'the server has no log that can be read'; return }
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        $mark = "logged$($Live.Run)"
        $none = $null
        Confirm-Operation 'x:Log/query', 'x:Log/get' -Cmdlet 'Get-MailServerLog -Wait, -Text' -How 'what mail by SMTP leaves in the log meanwhile; the lines of a raw search' {
            $from = $Live.Wire.Count
            $connection = Get-MailConnection $Prefix
            $job = Start-LiveJob { Get-MailServerLog $using:mark -Wait -MaxEvents 1 -TimeoutSeconds 30 -PollSeconds 1 -Connection $using:connection }
            try {
                Wait-Live { @(Find-WireCall x:Log/query $from | Where-Object Status -EQ 200).Count } -For 'the log is watched'
                $sender = "$mark@$($Live.Run).$Domain"
                $null = Send-LiveMail -To $Live.Bob.Address -From $sender -Message (New-LiveMessage Logged -To $Live.Bob.Address -From $sender)
                try { Wait-Live { @(Find-RawLine $mark).Count } -For 'it is in the log' -Seconds 10 } catch { $none = 'this server does not log mail that comes in' }
                if ($none) { Set-ItResult -Skipped -Because $none }
                $seen = @($job | Receive-Job -Wait)
                $seen.Count | Should -Be 1
                $seen[0].Details | Should -BeLike "*$mark*"
            } finally {
                $job | Remove-Job -Force
            }
            Wait-Live { -not (Get-OwnQueueId | Where-Object { $_ -ne $Live.Queued.Both }) } -For 'the mail is delivered'
            $raw = @(Find-RawLine $mark).ForEach{ "$($_.event) $($_.details)" }
            @(Get-MailServerLog $mark -First 50).ForEach{ "$($_.EventId) $($_.Details)" } | Sort-Object | Should -Be ($raw | Sort-Object)
        }
    }
}
