Context 'The stores' {
    BeforeAll {
        # What goes through all accounts is work for a large server, so there it is only done when asked for.
        $MaxAccounts = 200
        $accounts = (Get-Raw '/api/principal?types=individual&count=1').total
        $tooLarge = if ($accounts -gt $MaxAccounts -and -not $env:MAILADMIN_LIVE_WHOLE_SERVER) { "it goes through all $accounts accounts: MAILADMIN_LIVE_WHOLE_SERVER=1 does it" }
        $indexed = $Live.Server.Version -ge [version] '0.15'

        # A call that starts work whose end nothing reports: it was sent, the server took it, and what an account stores is still there.
        function Confirm-Started([string] $Operation, [string] $Cmdlet, [scriptblock] $Do) {
            Confirm-Operation $Operation -Cmdlet $Cmdlet -How '200 and null on the wire; the mail of the suite is still there by raw GET' {
                $stored = Get-Raw "/api/store/quota/$($Live.Bob.Name)"
                $from = $Live.Wire.Count
                $null = & $Do
                $call = @(Find-WireCall $Operation $from)
                $call.Count | Should -Be 1
                $call[0].Status | Should -Be 200
                $call[0].Answer | Should -Match '\{"data":null}'
                Get-Raw "/api/store/quota/$($Live.Bob.Name)" | Should -Be $stored
            }
        }
    }

    It 'are purged: <Operation>' -ForEach @(
        @{ Operation = 'GET /store/purge/blob'; Cmdlet = 'Invoke-MailPurge -Scope Blob'; Do = { Invoke-MailPurge -Scope Blob -Force } }
        @{ Operation = 'GET /store/purge/data'; Cmdlet = 'Invoke-MailPurge -Scope Data'; Do = { Invoke-MailPurge -Scope Data -Force } }
        @{ Operation = 'GET /store/purge/in-memory'; Cmdlet = 'Invoke-MailPurge -Scope InMemory'; Do = { Invoke-MailPurge -Scope InMemory -Force } }
        @{ Operation = 'GET /store/purge/account/{account}'; Cmdlet = 'Invoke-MailPurge'; Do = { Invoke-MailPurge $Live.Bob.Name -Force } }
        @{ Operation = 'GET /store/purge/data/{store}'; Cmdlet = 'Invoke-MailApi'; Do = { Invoke-MailApi store/purge/data/default -Confirm:$false } }
        @{ Operation = 'GET /store/purge/in-memory/{store}'; Cmdlet = 'Invoke-MailApi'; Do = { Invoke-MailApi store/purge/in-memory/default -Confirm:$false } }
        @{ Operation = 'GET /store/purge/in-memory/{store}/{what}'; Cmdlet = 'Invoke-MailApi'; Do = { Invoke-MailApi store/purge/in-memory/default/rate-contact -Confirm:$false } }
    ) {
        Confirm-Started $Operation $Cmdlet $Do
    }

    It 'are purged of what was learned for one account, before 0.15' {
        $operation = 'GET /store/purge/in-memory/{store}/{what}/{account}'
        if ($indexed) { Skip-Operation $operation -Cmdlet '-' -Because "in $($Live.Server.Version) no kind belongs to an account: the word would purge the whole store"; return }
        Confirm-Started $operation Invoke-MailApi { Invoke-MailApi "store/purge/in-memory/default/bayes-account/$($Live.Bob.Name)" -Confirm:$false }
    }

    It 'are purged for all accounts' {
        if ($tooLarge) { Skip-Operation 'GET /store/purge/account' -Cmdlet 'Invoke-MailPurge -Scope AllAccounts' -Because $tooLarge; return }
        Confirm-Started 'GET /store/purge/account' 'Invoke-MailPurge -Scope AllAccounts' { Invoke-MailPurge -Scope AllAccounts -Force }
    }

    It 'are indexed again, for an account' {
        $here = $indexed ? 'GET /store/reindex/{index}/{account}' : 'GET /store/reindex/{account}'
        $there = $indexed ? 'GET /store/reindex/{account}' : 'GET /store/reindex/{index}/{account}'
        $index = $indexed ? @{ Index = 'Email' } : @{}
        Confirm-Started $here 'Invoke-MailReindex' { Invoke-MailReindex $Live.Bob.Name @index -Force }
        Skip-Operation $there -Cmdlet '-' -Because "not in $($Live.Server.Version): it is $here"
    }

    It 'are indexed again, for all' {
        $here = $indexed ? 'GET /store/reindex/{index}' : 'GET /store/reindex'
        $there = $indexed ? 'GET /store/reindex' : 'GET /store/reindex/{index}'
        $index = $indexed ? @{ Index = 'Email' } : @{}
        if ($tooLarge) { Skip-Operation $here, $there -Cmdlet 'Invoke-MailReindex -All' -Because $tooLarge; return }
        Confirm-Started $here 'Invoke-MailReindex -All' { Invoke-MailReindex -All @index -Force }
        Skip-Operation $there -Cmdlet '-' -Because "not in $($Live.Server.Version): it is $here"
    }

    It 'say that they keep no deleted mail, where the edition has none: <Cmdlet>' -ForEach @(
        @{ Operation = 'GET /store/undelete/{account}'; Cmdlet = 'Get-MailDeletedItem'; Do = { Get-MailDeletedItem $Live.Ann.Name }; Body = @{} }
        @{ Operation = 'POST /store/undelete/{account}'; Cmdlet = 'Restore-MailDeletedItem'; Do = { Restore-MailDeletedItem $Live.Ann.Name -All -Force }; Body = @{ Body = '[]' } }
    ) {
        if ($Live.Server.Edition -eq 'enterprise') { Set-ItResult -Skipped -Because 'this edition keeps it'; return }
        Confirm-Operation $Operation -Cmdlet $Cmdlet -Unsent -How (Get-EditionNote) {
            Assert-Unsupported -Do $Do -Method ($Operation -split ' ')[0] -Path "/api/store/undelete/$($Live.Ann.Name)" @Body
        }
    }

    It 'give back deleted mail, where the edition keeps it' {
        $operations = 'GET /store/undelete/{account}', 'POST /store/undelete/{account}'
        if ($Live.Server.Edition -ne 'enterprise') { Set-ItResult -Skipped -Because 'this edition keeps none'; return }
        $name = $env:MAILADMIN_LIVE_DELETED_ACCOUNT
        if (-not $name -and $Live.Delivered -and (Remove-LiveMail $Live.Ann)) { $name = $Live.Ann.Name }
        $path = "/api/store/undelete/$name"
        if (-not $name -or -not (Get-Raw $path).items.Count) {
            Skip-Operation $operations -Cmdlet '-' -Because 'the server kept nothing of mail that was deleted: MAILADMIN_LIVE_DELETED_ACCOUNT may name an account of which it did'
            return
        }
        $raw = @((Get-Raw $path).items)
        Confirm-Operation $operations[0] -Cmdlet Get-MailDeletedItem -How 'item by item as raw' {
            $shown = @(Get-MailDeletedItem $name)
            $shown.ForEach{ "$($_.BlobId) $($_.Size) $($_.Deleted.ToUniversalTime().ToString('s'))Z" } | Sort-Object | Should -Be ($raw.ForEach{ "$($_.hash) $($_.size) $($_.deletedAt)" } | Sort-Object)
        }
        Confirm-Operation $operations[1] -Cmdlet Restore-MailDeletedItem -How 'success on the wire; one less in the raw list' {
            $from = $Live.Wire.Count
            $null = Get-MailDeletedItem $name | Select-Object -First 1 | Restore-MailDeletedItem -Confirm:$false
            @(Find-WireCall $operations[1] $from)[-1].Answer | Should -Match '"type":"success"'
            @((Get-Raw $path).items).Count | Should -Be ($raw.Count - 1)
        }
    }
}
