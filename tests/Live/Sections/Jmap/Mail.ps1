Context 'Mail that arrives' {
    BeforeAll {
        $whyNot = if (-not $Live.TakesMail) { 'MAILADMIN_LIVE_SMTP is not set' }
        if (-not $whyNot) {
            foreach ($number in 1, 2) {
                $reply = Send-LiveMail -To $Live.Ann.Address -Message (New-LiveMessage "Arrives $number")
                if ($reply -notmatch '^250') { throw "The server refused mail for $($Live.Ann.Address): $reply" }
            }
            try {
                Wait-Live { -not (Get-OwnQueueId) } -For 'the two messages are delivered' -Seconds 60
                $Live.Delivered = 2
            } catch {
                # The server does not tell whether its queue runs.
                $whyNot = 'the queue of this server seems to be stopped: nothing arrives'
            }
        }
        function Get-RawUsage { (Get-RawObject Account $Live.Ann.Id usedDiskQuota).usedDiskQuota }
    }

    It 'counts as used' {
        if ($whyNot) { Skip-Operation 'x:Account/get', 'x:Task/set' -Cmdlet 'Get-MailQuotaUsage, Update-MailQuotaUsage, Reset-MailImapUid' -Because $whyNot; return }
        $raw = Get-RawUsage
        $raw | Should -BeGreaterThan 100 -Because 'two messages arrived'
        Confirm-Operation 'x:Account/get' -Cmdlet Get-MailQuotaUsage -How 'the number of a raw get, after two messages were delivered by SMTP' {
            (Get-MailQuotaUsage $Live.Ann.Name).UsedBytes | Should -Be $raw
        }
        Confirm-Operation 'x:Task/set', 'x:Task/get' -Cmdlet 'Update-MailQuotaUsage -Wait' -How 'the task on the wire, for this account; the number of a raw get is the same afterwards' {
            $from = $Live.Wire.Count
            $null = Update-MailQuotaUsage $Live.Ann.Name -Wait -Confirm:$false
            $task = @(Find-WireCreation x:Task/set $from)[-1]
            "$($task.'@type') $($task.maintenanceType) $($task.accountId)" | Should -Be "AccountMaintenance recalculateQuota $($Live.Ann.Id)"
            Get-RawUsage | Should -Be $raw
        }
    }

    It 'gets new IMAP numbers' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        Confirm-Operation 'x:Task/set', 'x:Task/get' -Cmdlet 'Reset-MailImapUid -Wait' -How 'the task on the wire, for this account; a raw get of the task finds none afterwards' {
            $from = $Live.Wire.Count
            $null = Reset-MailImapUid $Live.Ann.Name -Force -Wait
            $task = @(Find-WireCreation x:Task/set $from)[-1]
            "$($task.maintenanceType) $($task.accountId)" | Should -Be "recalculateImapUid $($Live.Ann.Id)"
            @(Find-RawObject Task | Where-Object { $_['accountId'] -eq $Live.Ann.Id -and $_['maintenanceType'] -eq 'recalculateImapUid' }) | Should -BeNullOrEmpty
        }
    }
}
