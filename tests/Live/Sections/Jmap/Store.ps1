Context 'The stores' {
    BeforeAll {
        # What goes through all accounts is work for a large server, so there it is only done when asked for.
        $MaxAccounts = 200
        $accounts = @(Find-RawId Account @{ '@type' = 'User' }).Count
        $tooLarge = if ($accounts -gt $MaxAccounts -and -not $env:MAILADMIN_LIVE_WHOLE_SERVER) { "it goes through all $accounts accounts: MAILADMIN_LIVE_WHOLE_SERVER=1 does it" }

        # Work that the server does later: the task was sent, the cmdlet shows it, and what an account stores is still there.
        function Confirm-Task([string] $Cmdlet, [string] $Maintenance, [scriptblock] $Do, [string] $AccountId) {
            Confirm-Operation x:Task/set -Cmdlet $Cmdlet -How 'the task on the wire, and in what the cmdlet returns; the mail of the suite is still there by raw get' {
                $stored = (Get-RawObject Account $Live.Bob.Id usedDiskQuota).usedDiskQuota
                $from = $Live.Wire.Count
                $task = & $Do
                @(Find-WireCreation x:Task/set $from).Count | Should -Be 1
                $sent = @(Find-WireCreation x:Task/set $from)[0]
                $sent.maintenanceType | Should -Be $Maintenance
                $sent['accountId'] | Should -Be ($AccountId ? $AccountId : $null)
                "$($task.Kind) $($task.Maintenance)" | Should -Be "$($sent.'@type') $Maintenance"
                (Get-RawObject Account $Live.Bob.Id usedDiskQuota).usedDiskQuota | Should -Be $stored
            }
        }
    }

    It 'are purged' {
        Confirm-Task 'Invoke-MailPurge' purge { Invoke-MailPurge $Live.Bob.Name -Force } $Live.Bob.Id
        Confirm-Task 'Invoke-MailPurge -Scope Data' purgeData { Invoke-MailPurge -Scope Data -Force }
        Confirm-Task 'Invoke-MailPurge -Scope Blob' purgeBlob { Invoke-MailPurge -Scope Blob -Force }
        if ($tooLarge) { Skip-Operation x:Task/set -Cmdlet 'Invoke-MailPurge -Scope AllAccounts' -Because $tooLarge; return }
        Confirm-Task 'Invoke-MailPurge -Scope AllAccounts' purgeAccounts { Invoke-MailPurge -Scope AllAccounts -Force }
    }

    It 'are indexed again' {
        Confirm-Task 'Invoke-MailReindex' reindex { Invoke-MailReindex $Live.Bob.Name -Force } $Live.Bob.Id
        if ($tooLarge) { Skip-Operation x:Task/set -Cmdlet 'Invoke-MailReindex -All' -Because $tooLarge; return }
        Confirm-Task 'Invoke-MailReindex -All' reindexAccounts { Invoke-MailReindex -All -Force }
    }

    It 'have tasks, which are shown and removed' {
        # Due in two hours, so that it waits.
        $due = [DateTimeOffset]::UtcNow.AddHours(2).ToString('s') + 'Z'
        $id = (New-RawObject Task @{ '@type' = 'AccountMaintenance'; accountId = $Live.Bob.Id; maintenanceType = 'purge'; status = @{ '@type' = 'Pending'; due = $due } }).id
        Confirm-Operation 'x:Task/query', 'x:Task/get' -Cmdlet Get-MailTask -How 'one made beside the module: field by field as raw, in the list and by its id' {
            foreach ($shown in (Get-MailTask $id), (Get-MailTask -Kind AccountMaintenance | Where-Object Id -EQ $id)) {
                "$($shown.Id) $($shown.Maintenance) $($shown.State) $($shown.Account)" | Should -Be "$id purge Pending $($Live.Bob.Name)"
                $shown.Due.ToUniversalTime().ToString('s') + 'Z' | Should -Be $due
            }
        }
        Confirm-Operation 'x:Task/set' -Cmdlet Remove-MailTask -How 'not found by a raw get' {
            Remove-MailTask $id -WhatIf
            Get-RawObject Task $id | Should -Not -BeNullOrEmpty
            Remove-MailTask $id -Confirm:$false
            Get-RawObject Task $id | Should -BeNullOrEmpty
        }
    }

    It 'say that they keep no deleted mail, without a licence: <Cmdlet>' -ForEach @(
        @{ Method = 'x:ArchivedItem/query'; Cmdlet = 'Get-MailDeletedItem'; Do = { Get-MailDeletedItem $Live.Ann.Name -ErrorAction Stop } }
        @{ Method = 'x:ArchivedItem/get'; Cmdlet = 'Get-MailDeletedItem'; Do = { Get-MailDeletedItem $Live.Ann.Name -ErrorAction Stop } }
        @{ Method = 'x:ArchivedItem/set'; Cmdlet = 'Restore-MailDeletedItem'; Do = { Restore-MailDeletedItem $Live.Ann.Name -All -Force -ErrorAction Stop } }
    ) {
        if ($Live.Server.Edition -eq 'enterprise') { Set-ItResult -Skipped -Because 'this edition keeps it'; return }
        Confirm-Operation $Method -Cmdlet $Cmdlet -Unsent -How 'refused beside the module, and Unsupported from the cmdlet' {
            (Invoke-RawMethod x:ArchivedItem/query).Error | Should -BeIn forbidden, unknownMethod
            $refused = $Do | Should -Throw -PassThru
            $refused.FullyQualifiedErrorId | Should -BeLike 'Unsupported*' -Because "$refused"
            $refused.CategoryInfo.Category | Should -Be NotImplemented
        }
    }

    It 'give back deleted mail, where the edition keeps it' {
        $methods = 'x:ArchivedItem/query', 'x:ArchivedItem/get', 'x:ArchivedItem/set'
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition keeps none'; return }
        $name = $env:MAILADMIN_LIVE_DELETED_ACCOUNT
        $id = $name ? (Find-RawAddress $name).id : $null
        function Get-RawDeleted { if ($id) { Find-RawObject ArchivedItem @{ accountId = $id } } }
        $raw = @(Get-RawDeleted)
        if (-not $raw) {
            Skip-Operation $methods -Cmdlet '-' -Because 'the server kept nothing of mail that was deleted: MAILADMIN_LIVE_DELETED_ACCOUNT may name an account of which it did'
            return
        }
        Confirm-Operation $methods[0, 1] -Cmdlet Get-MailDeletedItem -How 'item by item as raw' {
            $line = { param($id, $blob, $size, $at) "$id $blob $size $at" }
            $shown = @(Get-MailDeletedItem $name).ForEach{ & $line $_.Id $_.BlobId $_.Size "$($_.Deleted.ToUniversalTime().ToString('s'))Z" }
            $shown | Sort-Object | Should -Be ($raw.ForEach{ & $line $_.id $_.blobId $_.size $_.archivedAt } | Sort-Object)
        }
        Confirm-Operation $methods[2] -Cmdlet 'Restore-MailDeletedItem -Wait' -How 'the request of this item alone on the wire; one less in the raw list' {
            $from = $Live.Wire.Count
            $item = Get-MailDeletedItem $name | Select-Object -First 1
            ($item | Restore-MailDeletedItem -Wait -Confirm:$false).Status | Should -Be Restored
            $update = @(Find-WireArgument x:ArchivedItem/set $from)[0].update
            "$($update.Keys) $($update.Values.status)" | Should -Be "$($item.Id) requestRestore"
            @(Get-RawDeleted).Count | Should -Be ($raw.Count - 1)
        }
    }
}
