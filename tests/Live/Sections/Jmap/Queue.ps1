# The queue stands still meanwhile, so that mail for accounts of the suite waits in it. It runs at the end, whatever happens.
Context 'The queue' {
    BeforeAll {
        $needsMail = 'x:QueuedMessage/get', 'x:QueuedMessage/set', 'GET /jmap/download/{account}/{blob}/{name}'

        # A queued message, or nothing when it is gone.
        function Get-RawMessage([string] $Id) { Get-RawObject QueuedMessage $Id }

        # The next attempts of its recipients.
        function Get-NextRetry($Message) {
            @($Message.recipients.Values | Where-Object { $_['retryDue'] -and $_.status.'@type' -notin 'Completed', 'PermanentFailure' } |
                    ForEach-Object { [DateTimeOffset]::Parse($_.retryDue, [cultureinfo]::InvariantCulture) })
        }
    }

    AfterAll {
        Restore-LiveQueue
    }

    It 'does not say whether it runs' {
        Confirm-Operation 'x:QueuedMessage/query' -Cmdlet Get-MailQueueStatus -Unsent -How 'no method of the server tells: Unsupported from the cmdlet, with nothing on the wire' {
            Assert-Unsupported { Get-MailQueueStatus -ErrorAction Stop }
        }
    }

    It 'is stopped' {
        Confirm-Operation 'x:Action/set' -Cmdlet Suspend-MailQueue -How 'PauseMtaQueue on the wire, and not with -WhatIf; mail that comes in by SMTP then waits' {
            $from = $Live.Wire.Count
            Suspend-MailQueue -WhatIf
            @(Find-WireArgument x:Action/set $from) | Should -BeNullOrEmpty
            $Live.QueueStopped = $true
            Suspend-MailQueue -Confirm:$false
            @(Find-WireCreation x:Action/set $from)[-1].'@type' | Should -Be PauseMtaQueue
            if ($Live.TakesMail) {
                $mail = [ordered] @{ both = @($Live.Ann.Address, $Live.Cat.Address); bob = @($Live.Bob.Address); ann = @($Live.Ann.Address) }
                foreach ($subject in $mail.Keys) {
                    $reply = Send-LiveMail -To $mail[$subject] -Message (New-LiveMessage $subject -To ($mail[$subject] -join '>, <'))
                    if ($reply -notmatch '^250') { throw "The server refused mail for $($mail[$subject]): $reply" }
                }
                Wait-Live { @(Get-OwnQueueId).Count -ge 3 } -For 'three messages wait'
                $own = @(Find-RawObject QueuedMessage @{ text = $Live.Run })
                $own.Count | Should -Be 3
                $Live.Queued = @{
                    Both = @($own | Where-Object { $_.recipients.Count -eq 2 }).id
                    Bob  = @($own | Where-Object { (Get-Key $_.recipients) -join ' ' -eq $Live.Bob.Address }).id
                    Ann  = @($own | Where-Object { (Get-Key $_.recipients) -join ' ' -eq $Live.Ann.Address }).id
                }
            }
        }
    }

    It 'lists what waits' {
        if (-not $Live.TakesMail) {
            Confirm-Operation 'x:QueuedMessage/query' -Cmdlet Get-MailQueueMessage -How 'as many as a raw query before it or one after it has (no mail of the suite: MAILADMIN_LIVE_SMTP is not set)' {
                $before = @(Find-RawId QueuedMessage).Count
                $shown = @(Get-MailQueueMessage).Count
                $shown | Should -BeIn $before, @(Find-RawId QueuedMessage).Count
            }
            Skip-Operation $needsMail -Cmdlet 'Invoke-MailQueueReschedule, Remove-MailQueueMessage, Get-MailBlob' -Because 'MAILADMIN_LIVE_SMTP is not set'
            return
        }
        Confirm-Operation 'x:QueuedMessage/query', 'x:QueuedMessage/get' -Cmdlet Get-MailQueueMessage -How 'the messages that a raw query has of the three handed in by SMTP; by sender, by recipient' {
            $shown = @(Get-MailQueueMessage -From $Live.Sender)
            $shown.BlobId | Sort-Object | Should -Be ($Live.Queued.Values.ForEach{ (Get-RawMessage $_).blobId } | Sort-Object)
            @(Get-MailQueueMessage -To $Live.Bob.Address -From $Live.Sender).BlobId | Should -Be (Get-RawMessage $Live.Queued.Bob).blobId
            @(Get-MailQueueMessage -Text "nobody@$Domain") | Should -BeNullOrEmpty
            # The number by which the module calls a message, of each id of the server.
            $Live.Number = @{}
            foreach ($name in $Live.Queued.Keys) { $Live.Number[$name] = @($shown | Where-Object BlobId -EQ (Get-RawMessage $Live.Queued[$name]).blobId).Id }
        }
    }

    It 'shows a message, and its text' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        $raw = Get-RawMessage $Live.Queued.Both
        Confirm-Operation 'x:QueuedMessage/get' -Cmdlet 'Get-MailQueueMessage -Id' -How 'field by field as raw' {
            $shown = Get-MailQueueMessage $Live.Number.Both
            $shown.From | Should -Be $Live.Sender
            $shown.Recipient.Address | Sort-Object | Should -Be $Live.Ann.Address, $Live.Cat.Address
            $shown.Size | Should -Be $raw.size
            $shown.BlobId | Should -BeExactly $raw.blobId
            $shown.Created.ToUniversalTime().ToString('s') + 'Z' | Should -Be $raw.createdAt
        }
        Confirm-Operation 'GET /jmap/download/{account}/{blob}/{name}' -Cmdlet Get-MailBlob -How 'byte for byte as a raw download; it holds the line that was handed in by SMTP' {
            $file = Join-Path $Live.Folder message.eml
            Get-MailBlob $raw.blobId -OutFile $file
            $bytes = (Invoke-Raw GET "/jmap/download/$($Live.Server.AccountId)/$($raw.blobId)/message").Bytes
            [Convert]::ToBase64String([IO.File]::ReadAllBytes($file)) | Should -BeExactly ([Convert]::ToBase64String($bytes))
            Get-Content $file -Raw | Should -Match "Only a test\. $($Live.Run)"
            (Get-MailBlob $raw.blobId -Offset 5 -Limit 7 -AsText) | Should -BeExactly ([Text.Encoding]::UTF8.GetString($bytes, 5, 7))
        }
    }

    It 'tries a message again at a time' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        Confirm-Operation 'x:QueuedMessage/set' -Cmdlet 'Invoke-MailQueueReschedule -Id' -How 'retryDue of a raw get; the other messages keep theirs' {
            $at = [DateTimeOffset]::UtcNow.AddHours(2)
            $before = Get-NextRetry (Get-RawMessage $Live.Queued.Bob)
            Invoke-MailQueueReschedule $Live.Number.Both -At $at -Force
            foreach ($time in Get-NextRetry (Get-RawMessage $Live.Queued.Both)) { [Math]::Abs(($time - $at).TotalSeconds) | Should -BeLessThan 2 }
            Get-NextRetry (Get-RawMessage $Live.Queued.Bob) | Should -Be $before
        }
    }

    It 'tries all that match again at a time, and no others' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        Confirm-Operation 'x:QueuedMessage/set' -Cmdlet 'Invoke-MailQueueReschedule -To' -How 'retryDue of raw gets: changed where the recipient matches, as it was elsewhere; the ids on the wire are those that match' {
            $from = $Live.Wire.Count
            $at = [DateTimeOffset]::UtcNow.AddHours(3)
            $before = Get-NextRetry (Get-RawMessage $Live.Queued.Ann)
            Invoke-MailQueueReschedule -To $Live.Bob.Address -At $at -Force
            [Math]::Abs(((Get-NextRetry (Get-RawMessage $Live.Queued.Bob))[0] - $at).TotalSeconds) | Should -BeLessThan 2
            Get-NextRetry (Get-RawMessage $Live.Queued.Ann) | Should -Be $before
            @(@(Find-WireArgument x:QueuedMessage/set $from).update.Keys) | Should -Be $Live.Queued.Bob
        }
    }

    It 'cancels one recipient of a message' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        Confirm-Operation 'x:QueuedMessage/set' -Cmdlet 'Remove-MailQueueMessage -Recipient' -How 'raw get: that recipient has failed, the other waits' {
            Remove-MailQueueMessage $Live.Number.Both -Recipient $Live.Cat.Address -Force
            $raw = Get-RawMessage $Live.Queued.Both
            $raw.recipients[$Live.Cat.Address].status.'@type' | Should -Be PermanentFailure
            $raw.recipients[$Live.Ann.Address].status.'@type' | Should -Be Scheduled
        }
    }

    It 'cancels a message' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        Confirm-Operation 'x:QueuedMessage/set' -Cmdlet 'Remove-MailQueueMessage -Id' -How 'not found by a raw get; the others are there' {
            Remove-MailQueueMessage $Live.Number.Ann -Force -WhatIf
            Get-RawMessage $Live.Queued.Ann | Should -Not -BeNullOrEmpty
            Remove-MailQueueMessage $Live.Number.Ann -Force
            Get-RawMessage $Live.Queued.Ann | Should -BeNullOrEmpty
            Get-RawMessage $Live.Queued.Both | Should -Not -BeNullOrEmpty
        }
    }

    It 'cancels all that match, and no others' {
        if (-not $Live.TakesMail) { Set-ItResult -Skipped -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        # What the server has for the same filter: only mail of the suite.
        foreach ($message in Find-RawObject QueuedMessage @{ to = $Live.Bob.Address }) { $message.returnPath | Should -BeLike "*$Domain" }
        Confirm-Operation 'x:QueuedMessage/set' -Cmdlet 'Remove-MailQueueMessage -To' -How 'not found by a raw get where the recipient matches; the other message is there; its id alone is on the wire' {
            $from = $Live.Wire.Count
            Remove-MailQueueMessage -To $Live.Bob.Address -Force
            Get-RawMessage $Live.Queued.Bob | Should -BeNullOrEmpty
            Get-RawMessage $Live.Queued.Both | Should -Not -BeNullOrEmpty
            @(Find-WireArgument x:QueuedMessage/set $from).destroy | Should -Be $Live.Queued.Bob
        }
    }

    It 'runs again' {
        Confirm-Operation 'x:Action/set' -Cmdlet Resume-MailQueue -How 'ResumeMtaQueue on the wire; mail that comes in by SMTP is then delivered' {
            $from = $Live.Wire.Count
            Resume-MailQueue -Confirm:$false
            @(Find-WireCreation x:Action/set $from)[-1].'@type' | Should -Be ResumeMtaQueue
            $Live.QueueStopped = $false
            if ($Live.TakesMail) {
                $null = Send-LiveMail -To $Live.Bob.Address -Message (New-LiveMessage 'Runs again' -To $Live.Bob.Address)
                Wait-Live { -not (Get-OwnQueueId | Where-Object { $_ -ne $Live.Queued.Both }) } -For 'the mail is delivered' -Seconds 60
            }
        }
    }
}
