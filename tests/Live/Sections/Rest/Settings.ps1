Context 'Settings' {
    It 'are written, not over what is there if that is not wanted, and removed' {
        Confirm-Operation 'POST /settings' -Cmdlet 'Set-MailSetting, Remove-MailSetting' -How 'raw GET /settings/keys after each step; a neighbour with the same beginning stays' {
            Set-MailSetting "$Prefix.tree.a" one
            Set-MailSetting "$Prefix.tree.b" two
            Set-MailSetting "$Prefix.treehouse" stays
            (Get-RawSetting $Prefix)["$Prefix.tree.a"] | Should -BeExactly one
            Set-MailSetting "$Prefix.tree.a" three
            (Get-RawSetting $Prefix)["$Prefix.tree.a"] | Should -BeExactly three
            { Set-MailSetting "$Prefix.tree.a" four -NoClobber -ErrorAction Stop } | Should -Throw
            (Get-RawSetting $Prefix)["$Prefix.tree.a"] | Should -BeExactly three
            Set-MailSetting "$Prefix.tree.a" five -WhatIf
            (Get-RawSetting $Prefix)["$Prefix.tree.a"] | Should -BeExactly three
            Remove-MailSetting "$Prefix.tree.a" -Force
            (Get-RawSetting $Prefix).Keys | Sort-Object | Should -Be "$Prefix.tree.b", "$Prefix.treehouse"
            Remove-MailSetting -Prefix "$Prefix.tree" -Force
            (Get-RawSetting $Prefix).Keys | Should -Be "$Prefix.treehouse"
        }
    }

    It 'are read by key, by prefix and by group' {
        $values = @(@("$Prefix.shelf.one.kind", 'a'), @("$Prefix.shelf.one.size", '1'), @("$Prefix.shelf.two.kind", 'b'))
        $null = Get-Raw /api/settings -Method POST -Body @(, @{ type = 'insert'; prefix = $null; values = $values; assert_empty = $false })
        Confirm-Operation 'GET /settings/keys' -Cmdlet Get-MailSetting -How 'what a raw POST wrote' {
            (Get-MailSetting "$Prefix.shelf.one.size").Value | Should -BeExactly '1'
        }
        Confirm-Operation 'GET /settings/list' -Cmdlet 'Get-MailSetting -Prefix' -How 'what a raw POST wrote, and as raw GET /settings/list' {
            $shown = @(Get-MailSetting -Prefix "$Prefix.shelf")
            $raw = (Get-Raw "/api/settings/list?prefix=$Prefix.shelf").items
            $shown.Count | Should -Be 3
            $shown.ForEach{ "$($_.Key)=$($_.Value)" } | Sort-Object | Should -Be ($raw.Keys.ForEach{ "$Prefix.shelf.$_=$($raw[$_])" } | Sort-Object)
        }
        Confirm-Operation 'GET /settings/group' -Cmdlet 'Get-MailSetting -Group' -How 'what a raw POST wrote, by its record' {
            $groups = @(Get-MailSetting -Group "$Prefix.shelf" -Suffix kind)
            $groups.Id | Sort-Object | Should -Be one, two
            @($groups | Where-Object Id -EQ one).Setting.Value | Sort-Object | Should -Be '1', 'a'
        }
        Confirm-Operation 'DELETE /settings/{key}' -Cmdlet 'Invoke-MailApi -Method Delete' -How 'raw GET /settings/keys: this one is gone, its neighbours are there' {
            Invoke-MailApi "settings/$Prefix.shelf.one.size" -Method Delete -Confirm:$false
            (Get-RawSetting "$Prefix.shelf").Keys | Sort-Object | Should -Be "$Prefix.shelf.one.kind", "$Prefix.shelf.two.kind"
        }
    }

    It 'are tried without taking effect' {
        # A webhook that asks for no events is worth a warning, and does nothing.
        $webhook = "webhook.$Prefix"
        $null = Get-Raw /api/settings -Method POST -Body @(, @{ type = 'insert'; prefix = $null; values = @(, @("$webhook.url", 'http://127.0.0.1:9/')); assert_empty = $false })
        try {
            Confirm-Operation 'GET /reload' -Cmdlet Test-MailSetting -How 'dry-run=1 on the wire; the keys that a raw dry run names, a webhook without events among them' {
                $from = $Live.Wire.Count
                $shown = @(Test-MailSetting)
                $raw = Get-Raw '/api/reload?dry-run=1'
                @(Find-WireCall 'GET /reload' $from)[-1].Target | Should -BeLike '*dry-run=1*'
                @($shown.Key) | Sort-Object -Unique | Should -Be @(@($raw.errors.Keys) + @($raw.warnings.Keys) | Where-Object { $_ } | Sort-Object -Unique)
                # Where there are errors the server stops looking for more.
                if (-not $raw.errors.Count) { @($shown | Where-Object { "$($_.Severity)" -eq 'Warning' }).Key -like "$webhook*" | Should -Not -BeNullOrEmpty }
            }
        } finally {
            $null = Get-Raw /api/settings -Method POST -Body @(, @{ type = 'delete'; keys = @("$webhook.url") })
        }
    }

    It 'are reloaded: <Scope>' -ForEach @(
        @{ Scope = 'All'; Operation = 'GET /reload' }
        @{ Scope = 'Lookup'; Operation = 'GET /reload/lookup' }
        @{ Scope = 'Certificate'; Operation = 'GET /reload/certificate' }
        @{ Scope = 'BlockedIp'; Operation = 'GET /reload/server.blocked-ip' }
    ) {
        $raw = Get-Raw "/api$($Operation -replace '^GET ')$($Scope -eq 'All' ? '?dry-run=1' : '')"
        Confirm-Operation $Operation -Cmdlet "Invoke-MailSettingReload $Scope" -How 'no dry run on the wire; it fails exactly where a raw reload names errors' {
            $from = $Live.Wire.Count
            $errors = @()
            $null = Invoke-MailSettingReload $Scope -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable errors -WarningAction Ignore
            $call = @(Find-WireCall $Operation $from)[-1]
            $call.Status | Should -Be 200
            $call.Target | Should -Not -BeLike '*dry-run*'
            [bool] $errors | Should -Be ([bool] $raw.errors.Count)
        }
    }

    It 'download what is new, here from nowhere: <Operation>' -ForEach @(
        @{ Operation = 'GET /update/spam-filter'; Cmdlet = 'Update-MailSpamFilter'; Key = 'spam-filter.resource' }
        @{ Operation = 'GET /update/webadmin'; Cmdlet = 'Update-MailWebAdmin'; Key = 'webadmin.resource' }
    ) {
        if ($env:MAILADMIN_LIVE_UPDATE) {
            Confirm-Operation $Operation -Cmdlet $Cmdlet -How 'the cmdlet fails exactly where the answer on the wire is a failure' {
                $from = $Live.Wire.Count
                $errors = @()
                $null = & $Cmdlet -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable errors
                [bool] $errors | Should -Be (@(Find-WireCall $Operation $from)[-1].Status -ne 200)
            }
            return
        }
        # An update stays, and may not suit an old server. So the address of the download is one that has nothing, for this moment.
        $before = (Get-Raw "/api/settings/keys?keys=$Key")[$Key]
        try {
            $null = Get-Raw /api/settings -Method POST -Body @(, @{ type = 'insert'; prefix = $null; values = @(, @($Key, "file:///$Prefix/nothing")); assert_empty = $false })
            Confirm-Operation $Operation -Cmdlet $Cmdlet -How 'with an address that has nothing: 500 on the wire, and the cmdlet fails (MAILADMIN_LIVE_UPDATE=1 downloads)' {
                $from = $Live.Wire.Count
                { & $Cmdlet -Confirm:$false -ErrorAction Stop } | Should -Throw
                @(Find-WireCall $Operation $from)[-1].Status | Should -Be 500
            }
        } finally {
            $change = if ($null -eq $before) { @{ type = 'delete'; keys = @($Key) } } else { @{ type = 'insert'; prefix = $null; values = @(, @($Key, $before)); assert_empty = $false } }
            $null = Get-Raw /api/settings -Method POST -Body @(, $change)
        }
    }

    It 'do not restart the server, which no version does' {
        Confirm-Operation 'GET /restart' -Cmdlet Invoke-MailApi -How 'unsupported on the wire, Unsupported from the cmdlet, and the server still answers' {
            $from = $Live.Wire.Count
            $refused = { Invoke-MailApi restart -ErrorAction Stop } | Should -Throw -PassThru
            $refused.FullyQualifiedErrorId | Should -BeLike 'Unsupported,*'
            @(Find-WireCall 'GET /restart' $from)[-1].Answer | Should -Match '"error":"unsupported"'
            (Invoke-Raw GET /healthz/live -Authorization '').Status | Should -Be 200
        }
    }
}
