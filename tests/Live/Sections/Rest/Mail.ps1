Context 'Mail that arrives' {
    BeforeAll {
        $needsMail = 'GET /store/quota/{account}', 'DELETE /store/quota/{account}', 'DELETE /store/uids/{account}'
        $whyNot = if (-not $Live.TakesMail) { 'MAILADMIN_LIVE_SMTP is not set' } elseif (-not $Live.QueueRan) { 'the queue of this server is stopped: nothing arrives' }
        if (-not $whyNot) {
            foreach ($number in 1, 2) {
                $reply = Send-LiveMail -To $Live.Ann.Address -Message (New-LiveMessage "Arrives $number")
                if ($reply -notmatch '^250') { throw "The server refused mail for $($Live.Ann.Address): $reply" }
            }
            Wait-Live { -not (Get-OwnQueueId) } -For 'the two messages are delivered' -Seconds 60
            $Live.Delivered = 2
        }
    }

    It 'counts as used' {
        if ($whyNot) { Skip-Operation $needsMail -Cmdlet '-' -Because $whyNot; return }
        $raw = Get-Raw "/api/store/quota/$($Live.Ann.Name)"
        $raw | Should -BeGreaterThan 100 -Because 'two messages arrived'
        Confirm-Operation 'GET /store/quota/{account}' -Cmdlet Get-MailQuotaUsage -How 'the number of a raw GET, after two messages were delivered by SMTP' {
            (Get-MailQuotaUsage $Live.Ann.Name).UsedBytes | Should -Be $raw
        }
        Confirm-Operation 'DELETE /store/quota/{account}' -Cmdlet Update-MailQuotaUsage -How 'the number of a raw GET afterwards' {
            $counted = (Update-MailQuotaUsage $Live.Ann.Name -Confirm:$false).UsedBytes
            $counted | Should -Be (Get-Raw "/api/store/quota/$($Live.Ann.Name)")
            $counted | Should -BeGreaterThan 100
        }
    }

    It 'gets new IMAP numbers' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        Confirm-Operation 'DELETE /store/uids/{account}' -Cmdlet Reset-MailImapUid -How 'as many messages as were delivered by SMTP; the numbers of the answer on the wire' {
            $from = $Live.Wire.Count
            $reset = Reset-MailImapUid $Live.Ann.Name -Force
            $reset.MessageCount | Should -Be $Live.Delivered
            @(Find-WireCall 'DELETE /store/uids/{account}' $from)[-1].Answer | Should -Match "\[$($reset.MailboxCount),$($reset.MessageCount)]"
        }
    }
}
