# The queue stands still meanwhile, so that mail for accounts of the suite waits in it. It runs again at the end, whatever happens.
Context 'The queue' {
    BeforeAll {
        Save-LiveQueue
        $needsMail = 'GET /queue/messages/{id}', 'GET /store/blobs/{hash}', 'PATCH /queue/messages/{id}', 'PATCH /queue/messages', 'DELETE /queue/messages/{id}', 'DELETE /queue/messages'

        # The queued message of this run with a subject, as the raw API has it; nothing when it is gone.
        function Get-RawMessage([string] $Id) {
            $answer = Invoke-Raw GET "/api/queue/messages/$Id"
            if ($answer.Status -eq 200) { $answer.Json.data }
        }

        # The next attempts of its recipients or, before 0.13, of its domains.
        function Get-NextRetry($Message) {
            $parts = if ($Message.Contains('domains')) { $Message.domains } else { $Message.recipients }
            @($parts | Where-Object { $_['next_retry'] } | ForEach-Object { [DateTimeOffset]::Parse($_.next_retry, [cultureinfo]::InvariantCulture) })
        }

        function Get-RawRecipient($Message, [string] $Address) {
            $all = if ($Message.Contains('domains')) { $Message.domains.recipients } else { $Message.recipients }
            $all | Where-Object { $_.address -eq $Address }
        }
    }

    AfterAll {
        Restore-LiveQueue
    }

    It 'says whether it runs' {
        Confirm-Operation 'GET /queue/status' -Cmdlet Get-MailQueueStatus -How 'as raw, running and stopped' {
            foreach ($state in 'stop', 'start') {
                $null = Get-Raw "/api/queue/status/$state" -Method PATCH
                Wait-Live { (Get-Raw /api/queue/status) -eq ($state -eq 'start') } -For "the queue has taken $state"
                (Get-MailQueueStatus).Running | Should -Be ($state -eq 'start')
            }
        }
    }

    It 'is stopped' {
        Confirm-Operation 'PATCH /queue/status/stop' -Cmdlet Suspend-MailQueue -How 'raw GET /queue/status; mail that comes in by SMTP then waits' {
            Suspend-MailQueue -WhatIf
            Get-Raw /api/queue/status | Should -BeTrue
            Suspend-MailQueue -Confirm:$false
            Wait-Live { -not (Get-Raw /api/queue/status) } -For 'the queue stands still'
        }
        if ($Live.TakesMail) {
            $mail = [ordered] @{ both = @($Live.Ann.Address, $Live.Cat.Address); bob = @($Live.Bob.Address); ann = @($Live.Ann.Address) }
            foreach ($subject in $mail.Keys) {
                $reply = Send-LiveMail -To $mail[$subject] -Message (New-LiveMessage $subject -To ($mail[$subject] -join '>, <'))
                if ($reply -notmatch '^250') { throw "The server refused mail for $($mail[$subject]): $reply" }
            }
            Wait-Live { @(Get-OwnQueueId).Count -ge 3 } -For 'three messages wait'
            $own = @((Get-Raw "/api/queue/messages?values=1&text=$($Live.Run)").items)
            $own.Count | Should -Be 3
            $to = { param($message) @(if ($message.Contains('domains')) { $message.domains.recipients } else { $message.recipients }).ForEach{ $_.address } }
            $Live.Queued = @{
                Both = @($own | Where-Object { @(& $to $_).Count -eq 2 })[0].id
                Bob  = @($own | Where-Object { (@(& $to $_) -join ' ') -eq $Live.Bob.Address })[0].id
                Ann  = @($own | Where-Object { (@(& $to $_) -join ' ') -eq $Live.Ann.Address })[0].id
            }
        }
    }

    It 'lists what waits' {
        if (-not $Live.TakesMail) {
            Confirm-Operation 'GET /queue/messages' -Cmdlet Get-MailQueueMessage -How 'the ids of a raw list before it or of one after it (no mail of the suite: MAILADMIN_LIVE_SMTP is not set)' {
                $before = @((Get-Raw /api/queue/messages).items)
                $shown = @(Get-MailQueueMessage).Id
                $after = @((Get-Raw /api/queue/messages).items)
                @($before | Where-Object { $_ -in $after -and $_ -notin $shown }) | Should -BeNullOrEmpty
                @($shown | Where-Object { $_ -and $_ -notin $before -and $_ -notin $after }) | Should -BeNullOrEmpty
            }
            Skip-Operation $needsMail -Cmdlet '-' -Because 'MAILADMIN_LIVE_SMTP is not set'
            return
        }
        Confirm-Operation 'GET /queue/messages' -Cmdlet Get-MailQueueMessage -How 'the ids that a raw list has of the three messages handed in by SMTP; by sender, by recipient' {
            @(Get-MailQueueMessage -From $Live.Sender).Id | Sort-Object | Should -Be ($Live.Queued.Values | Sort-Object)
            @(Get-MailQueueMessage -To $Live.Bob.Address -From $Live.Sender).Id | Should -Be $Live.Queued.Bob
            @(Get-MailQueueMessage -Text "nobody@$Domain") | Should -BeNullOrEmpty
        }
    }

    It 'shows a message, and its text' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        $raw = Get-RawMessage $Live.Queued.Both
        Confirm-Operation 'GET /queue/messages/{id}' -Cmdlet 'Get-MailQueueMessage -Id' -How 'field by field as raw' {
            $shown = Get-MailQueueMessage $Live.Queued.Both
            $shown.From | Should -Be $Live.Sender
            $shown.Recipient.Address | Sort-Object | Should -Be $Live.Ann.Address, $Live.Cat.Address
            $shown.Size | Should -Be $raw.size
            $shown.BlobId | Should -BeExactly $raw.blob_hash
            $shown.Created.ToUniversalTime().ToString('s') + 'Z' | Should -Be $raw.created
        }
        Confirm-Operation 'GET /store/blobs/{hash}' -Cmdlet Get-MailBlob -How 'byte for byte as a raw GET; it holds the line that was handed in by SMTP' {
            $file = Join-Path $Live.Folder message.eml
            Get-MailBlob $raw.blob_hash -OutFile $file
            $bytes = (Invoke-Raw GET "/api/store/blobs/$($raw.blob_hash)").Bytes
            [Convert]::ToBase64String([IO.File]::ReadAllBytes($file)) | Should -BeExactly ([Convert]::ToBase64String($bytes))
            Get-Content $file -Raw | Should -Match "Only a test\. $($Live.Run)"
            (Get-MailBlob $raw.blob_hash -Offset 5 -Limit 7 -AsText) | Should -BeExactly ([Text.Encoding]::UTF8.GetString($bytes, 5, 7))
        }
    }

    It 'tries a message again at a time' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        Confirm-Operation 'PATCH /queue/messages/{id}' -Cmdlet 'Invoke-MailQueueReschedule -Id' -How 'next_retry of a raw GET; the other messages keep theirs' {
            $at = [DateTimeOffset]::UtcNow.AddHours(2)
            $before = Get-NextRetry (Get-RawMessage $Live.Queued.Bob)
            Invoke-MailQueueReschedule $Live.Queued.Both -At $at -Force
            foreach ($time in Get-NextRetry (Get-RawMessage $Live.Queued.Both)) { [Math]::Abs(($time - $at).TotalSeconds) | Should -BeLessThan 2 }
            Get-NextRetry (Get-RawMessage $Live.Queued.Bob) | Should -Be $before
        }
    }

    It 'tries all that match again at a time, and no others' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        Confirm-Operation 'PATCH /queue/messages' -Cmdlet 'Invoke-MailQueueReschedule -To' -How 'next_retry of raw GETs: changed where the recipient matches, as it was elsewhere' {
            $from = $Live.Wire.Count
            $at = [DateTimeOffset]::UtcNow.AddHours(3)
            $before = Get-NextRetry (Get-RawMessage $Live.Queued.Ann)
            Invoke-MailQueueReschedule -To $Live.Bob.Address -At $at -Force
            Wait-Live { [Math]::Abs(((Get-NextRetry (Get-RawMessage $Live.Queued.Bob))[0] - $at).TotalSeconds) -lt 2 } -For 'the message to bob has its new time'
            Get-NextRetry (Get-RawMessage $Live.Queued.Ann) | Should -Be $before
            @(Find-WireCall 'PATCH /queue/messages' $from).Target | Should -BeLike "*$([uri]::EscapeDataString($Live.Bob.Address))*"
        }
    }

    It 'cancels one recipient of a message' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        Confirm-Operation 'DELETE /queue/messages/{id}' -Cmdlet 'Remove-MailQueueMessage -Recipient' -How 'raw GET: that recipient has failed, the other waits' {
            Remove-MailQueueMessage $Live.Queued.Both -Recipient $Live.Cat.Address -Force
            $raw = Get-RawMessage $Live.Queued.Both
            (Get-RawRecipient $raw $Live.Cat.Address).status.perm_fail | Should -Not -BeNullOrEmpty
            (Get-RawRecipient $raw $Live.Ann.Address).status | Should -BeExactly scheduled
        }
    }

    It 'cancels a message' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        Confirm-Operation 'DELETE /queue/messages/{id}' -Cmdlet 'Remove-MailQueueMessage -Id' -How '404 to a raw GET; the others are there' {
            Remove-MailQueueMessage $Live.Queued.Ann -Force -WhatIf
            Get-RawMessage $Live.Queued.Ann | Should -Not -BeNullOrEmpty
            Remove-MailQueueMessage $Live.Queued.Ann -Force
            Get-RawMessage $Live.Queued.Ann | Should -BeNullOrEmpty
            Get-RawMessage $Live.Queued.Both | Should -Not -BeNullOrEmpty
        }
    }

    It 'cancels all that match, and no others' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        # What the server has for the same filter: only mail of the suite.
        foreach ($message in (Get-Raw "/api/queue/messages?values=1&to=$([uri]::EscapeDataString($Live.Bob.Address))").items) { $message.return_path | Should -BeLike "*$Domain" }
        # The server wakes its queue for this, so what must stay is not due.
        $others = @(Get-NextRetry (Get-RawMessage $Live.Queued.Both))
        ($others | Sort-Object)[-1] | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(30))
        Confirm-Operation 'DELETE /queue/messages' -Cmdlet 'Remove-MailQueueMessage -To' -How '404 to a raw GET where the recipient matches; the other message is there; the address is in the query on the wire' {
            $from = $Live.Wire.Count
            Remove-MailQueueMessage -To $Live.Bob.Address -Force
            Wait-Live { -not (Get-RawMessage $Live.Queued.Bob) } -For 'the message to bob is gone'
            Get-RawMessage $Live.Queued.Both | Should -Not -BeNullOrEmpty
            @(Find-WireCall 'DELETE /queue/messages' $from).Target | Should -BeLike "*$([uri]::EscapeDataString($Live.Bob.Address))*"
        }
    }

    It 'runs again' {
        $null = Get-Raw /api/queue/status/stop -Method PATCH
        Wait-Live { -not (Get-Raw /api/queue/status) } -For 'the queue stands still'
        Confirm-Operation 'PATCH /queue/status/start' -Cmdlet Resume-MailQueue -How 'raw GET /queue/status' {
            Resume-MailQueue -Confirm:$false
            Wait-Live { Get-Raw /api/queue/status } -For 'the queue runs'
        }
    }
}
