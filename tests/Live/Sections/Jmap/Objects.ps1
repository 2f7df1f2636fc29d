Context 'Objects' {
    It 'are described' {
        Confirm-Operation 'GET /schema/{hash}' -Cmdlet Get-MailObjectType -How 'the types of the raw schema, read over a connection of its own' {
            $connection = Connect-MailServer $Live.Wire.Address -Credential $Live.Credential -Name "$Prefix-schema" -NoDefault -PassThru
            $types = @(Get-MailObjectType -Connection $connection)
            Disconnect-MailServer $connection
            $raw = $Live.Schema.Json.objects
            $named = @($raw.Keys | Where-Object { $_ -like 'x:*' -and $raw[$_].type -in 'object', 'singleton' } | ForEach-Object { $_.Substring(2) })
            $types.Name | Sort-Object | Should -Be ($named | Sort-Object)
            @($types | Where-Object IsSingleton).Name | Sort-Object | Should -Be (@($named | Where-Object { $raw["x:$_"].type -eq 'singleton' }) | Sort-Object)
        }
    }

    It 'are created, shown, changed and removed, with one reload each' {
        $key = "key$($Live.Run)"
        Confirm-Operation 'x:MemoryLookupKey/set', 'x:Action/set' -Cmdlet New-MailObject -How 'raw get; the reload of the lookup lists on the wire' {
            $from = $Live.Wire.Count
            $made = New-MailObject MemoryLookupKey @{ namespace = $Prefix; key = $key; isGlobPattern = $false }
            (Get-RawObject MemoryLookupKey $made.Id).key | Should -Be $key
            @(Find-WireCreation x:Action/set $from)[-1].'@type' | Should -Be ReloadLookupStores
        }
        $id = Find-RawId MemoryLookupKey @{ namespace = $Prefix }
        Confirm-Operation 'x:MemoryLookupKey/query', 'x:MemoryLookupKey/get' -Cmdlet Get-MailObject -How 'property by property as raw; the filter finds it alone' {
            $shown = Get-MailObject MemoryLookupKey -Filter @{ namespace = $Prefix }
            $shown.Id | Should -Be $id
            $shown.Property.key | Should -Be $key
            $shown.Property.isGlobPattern | Should -BeFalse
        }
        Confirm-Operation 'x:MemoryLookupKey/set' -Cmdlet Set-MailObject -How 'raw get, after -WhatIf and after the change; only what differs is in the patch on the wire' {
            Set-MailObject MemoryLookupKey $id -Property @{ isGlobPattern = $true } -WhatIf
            (Get-RawObject MemoryLookupKey $id).isGlobPattern | Should -BeFalse
            $from = $Live.Wire.Count
            Set-MailObject MemoryLookupKey $id -Property @{ isGlobPattern = $true; key = $key } -NoReload
            (Get-RawObject MemoryLookupKey $id).isGlobPattern | Should -BeTrue
            @(@(Find-WireArgument x:MemoryLookupKey/set $from).update[$id].Keys) | Should -Be isGlobPattern
            @(Find-WireArgument x:Action/set $from) | Should -BeNullOrEmpty
        }
        Confirm-Operation 'x:MemoryLookupKey/set' -Cmdlet Remove-MailObject -How 'not found by a raw get' {
            Remove-MailObject MemoryLookupKey $id -Force -WhatIf
            Get-RawObject MemoryLookupKey $id | Should -Not -BeNullOrEmpty
            Remove-MailObject MemoryLookupKey $id -Force
            Get-RawObject MemoryLookupKey $id | Should -BeNullOrEmpty
        }
    }

    It 'of which there is one are shown, and not changed by -WhatIf' {
        Confirm-Operation 'x:ReportSettings/get' -Cmdlet 'Get-MailObject, Set-MailObject' -How 'property by property as raw; nothing written on the wire' {
            $from = $Live.Wire.Count
            $raw = Get-RawObject ReportSettings
            $shown = (Get-MailObject ReportSettings).Property
            $shown.inboundReportForwarding | Should -Be $raw.inboundReportForwarding
            @($shown.inboundReportAddresses | Where-Object { $_ }) | Sort-Object | Should -Be (Get-Key $raw.inboundReportAddresses)
            Set-MailObject ReportSettings -Property @{ inboundReportForwarding = -not $raw.inboundReportForwarding } -WhatIf
            @(Find-WireArgument x:ReportSettings/set $from) | Should -BeNullOrEmpty
        }
    }

    It 'are reloaded: <Scope>' -ForEach @(
        @{ Scope = 'All'; Action = 'ReloadSettings' }
        @{ Scope = 'Lookup'; Action = 'ReloadLookupStores' }
        @{ Scope = 'Certificate'; Action = 'ReloadTlsCertificates' }
        @{ Scope = 'BlockedIp'; Action = 'ReloadBlockedIps' }
    ) {
        $refused = Invoke-RawAction $Action
        Confirm-Operation 'x:Action/set' -Cmdlet "Invoke-MailSettingReload $Scope" -How "$Action on the wire; it fails exactly where a raw one names an object with an error" {
            $from = $Live.Wire.Count
            $errors = @()
            $null = Invoke-MailSettingReload $Scope -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable errors -WarningAction Ignore
            @(Find-WireCreation x:Action/set $from)[-1].'@type' | Should -Be $Action
            [bool] $errors | Should -Be ([bool] $refused)
        }
    }

    It 'are not settings by their keys: <Cmdlet>' -ForEach @(
        @{ Cmdlet = 'Get-MailSetting'; Do = { Get-MailSetting server.hostname -ErrorAction Stop } }
        @{ Cmdlet = 'Set-MailSetting'; Do = { Set-MailSetting "$Prefix.a" b -ErrorAction Stop } }
        @{ Cmdlet = 'Remove-MailSetting'; Do = { Remove-MailSetting "$Prefix.a" -Force -ErrorAction Stop } }
        @{ Cmdlet = 'Test-MailSetting'; Do = { Test-MailSetting -ErrorAction Stop } }
    ) {
        Confirm-Operation 'GET /settings' -Cmdlet $Cmdlet -Unsent -How '404 beside the module, and Unsupported from the cmdlet, with nothing on the wire' {
            (Invoke-Raw GET '/api/settings/list').Status | Should -Be 404
            Assert-Unsupported $Do
        }
    }

    It 'download what is new' {
        if (-not $env:MAILADMIN_LIVE_UPDATE) {
            # Nothing is fetched for a question.
            $from = $Live.Wire.Count
            Update-MailSpamFilter -WhatIf
            Update-MailWebAdmin -WhatIf
            @($Live.Wire.GetCalls($from) | ForEach-Object { Get-WireMethod $_ } | Where-Object Name -Like '*/set') | Should -BeNullOrEmpty
            Skip-Operation 'x:Action/set', 'x:Task/set' -Cmdlet 'Update-MailSpamFilter, Update-MailWebAdmin' -Because 'what is downloaded stays: MAILADMIN_LIVE_UPDATE=1 does it'
            return
        }
        Confirm-Operation 'x:Task/set' -Cmdlet Update-MailSpamFilter -How 'the task on the wire; a raw get has it, or it is done' {
            $from = $Live.Wire.Count
            $task = Update-MailSpamFilter -Confirm:$false
            @(Find-WireCreation x:Task/set $from)[-1].maintenanceType | Should -Be updateRules
            $raw = Get-RawObject Task $task.Id
            if ($raw) { $raw.maintenanceType | Should -Be updateRules }
        }
        Confirm-Operation 'x:Action/set' -Cmdlet Update-MailWebAdmin -How 'UpdateApps on the wire, and no error to it' {
            $from = $Live.Wire.Count
            $null = Update-MailWebAdmin -Confirm:$false -WarningAction Ignore
            @(Find-WireCreation x:Action/set $from)[-1].'@type' | Should -Be UpdateApps
        }
    }
}
