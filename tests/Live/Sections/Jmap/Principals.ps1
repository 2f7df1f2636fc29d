Context 'Principals' {
    It 'are created: a domain, a group, a list, a role and an account in them that signs in' {
        Confirm-Operation 'x:Domain/set', 'x:Account/set', 'x:MailingList/set', 'x:Role/set' -Cmdlet New-MailPrincipal `
            -How 'raw get of each; the account signs in with its password, and not with another; what names others holds their ids' {
            $null = New-MailPrincipal "other.$Domain" -Type Domain -Description "second $Prefix"
            $null = New-MailPrincipal "staff@$Domain" -Type Group -Description "Staff $Prefix"
            $null = New-MailPrincipal "news@$Domain" -Type List
            $null = New-MailPrincipal "$Prefix-helper" -Type Role -EnabledPermission sysQueuedMessageQuery
            $password = New-LivePassword
            $null = New-MailPrincipal "dora@$Domain" -Email "dora@$Domain", "d.smith@$Domain" -Description "Dora $Prefix" -Quota 5MB -Password (ConvertTo-Secure $password) `
                -MemberOf "staff@$Domain" -List "news@$Domain" -Role user, "$Prefix-helper"
            (Find-RawObject Domain @{ name = "other.$Domain" }).dkimManagement.'@type' | Should -Be Manual -Because 'no key signs that nobody asked for'
            $staff = Find-RawAddress "staff@$Domain"
            $staff.'@type' | Should -Be Group
            Get-Key (Find-RawAddress "news@$Domain" MailingList).recipients | Should -Be "dora@$Domain"
            $role = Find-RawObject Role | Where-Object description -EQ "$Prefix-helper"
            Get-Key $role.enabledPermissions | Should -Be sysQueuedMessageQuery
            $raw = Find-RawAddress "dora@$Domain"
            $raw.'@type' | Should -Be User
            $raw.aliases.Values.name | Should -Be d.smith
            $raw.aliases.Values.domainId | Should -Be $Live.DomainId
            $raw.description | Should -Be "Dora $Prefix"
            $raw.quotas.maxDiskQuota | Should -Be 5MB
            Get-Key $raw.memberGroupIds | Should -Be $staff.id
            $raw.roles.'@type' | Should -Be Custom
            Get-Key $raw.roles.roleIds | Should -Contain $role.id
            Get-SignIn "dora@$Domain" $password | Should -Be 200
            Get-SignIn "dora@$Domain" wrong | Should -Be 401
            $Live.Dora = @{ Name = "dora@$Domain"; Password = $password; Id = $raw.id; StaffId = $staff.id; RoleId = $role.id }
        }
    }

    It 'are listed' {
        Confirm-Operation 'x:Account/query', 'x:Account/get' -Cmdlet Get-MailPrincipal -How 'the same addresses as the raw list' {
            $raw = (Find-RawObject Account @{ domainId = $Live.DomainId; '@type' = 'User' }).emailAddress
            @(Get-MailPrincipal -Type Individual -Domain $Domain).Name | Sort-Object | Should -Be ($raw | Sort-Object)
            $raw.Count | Should -BeGreaterOrEqual 4
        }
        Confirm-Operation 'x:MailingList/query', 'x:MailingList/get' -Cmdlet 'Get-MailPrincipal -Type List' -How 'the same addresses as the raw list' {
            @(Get-MailPrincipal -Type List).Name | Sort-Object | Should -Be ((Find-RawObject MailingList).emailAddress | Sort-Object)
        }
        Confirm-Operation 'x:Role/query', 'x:Role/get' -Cmdlet 'Get-MailPrincipal -Type Role' -How 'as many as the raw list has' {
            @(Get-MailPrincipal -Type Role).Count | Should -Be @(Find-RawObject Role).Count
        }
        Confirm-Operation 'x:Domain/query', 'x:Domain/get' -Cmdlet 'Get-MailPrincipal -Type Domain' -How 'the same names as the raw list' {
            @(Get-MailPrincipal -Type Domain).Name | Sort-Object | Should -Be ((Find-RawObject Domain @{} name).name | Sort-Object)
        }
    }

    It 'are listed whole, by what the server says of its limits' {
        Confirm-Operation 'x:Jmap/get' -Cmdlet Get-MailPrincipal -How 'over a connection of its own: the limit in the answer on the wire is that of a raw get' {
            $connection = Connect-MailServer $Live.Wire.Address -Credential $Live.Credential -Name "$Prefix-limit" -NoDefault -PassThru
            $from = $Live.Wire.Count
            $null = Get-MailPrincipal -Connection $connection
            @(Find-WireCall x:Jmap/get $from)[0].Answer | Should -Match ('"queryMaxResults":' + (Get-RawObject Jmap).queryMaxResults + '\b')
            Disconnect-MailServer $connection
        }
    }

    It 'are not sent a password that the server would refuse' {
        Confirm-Operation 'x:Authentication/get' -Cmdlet New-MailPrincipal -How 'over a connection of its own: one letter less than a raw get of the rule asks for is refused, and nothing is written on the wire' {
            $connection = Connect-MailServer $Live.Wire.Address -Credential $Live.Credential -Name "$Prefix-rule" -NoDefault -PassThru
            $from = $Live.Wire.Count
            $short = (New-LivePassword).Substring(0, (Get-RawObject Authentication).passwordMinLength - 1)
            { New-MailPrincipal "short@$Domain" -Password (ConvertTo-Secure $short) -Connection $connection -ErrorAction Stop } | Should -Throw
            @(Find-WireArgument x:Account/set $from) | Should -BeNullOrEmpty
            Disconnect-MailServer $connection
        }
    }

    It 'are read' {
        Confirm-Operation 'x:Account/get' -Cmdlet Get-MailPrincipal -How 'field by field as in the raw get; ids are names' {
            $shown = Get-MailPrincipal "dora@$Domain"
            $raw = Get-RawObject Account $Live.Dora.Id
            $shown.Name | Should -Be $raw.emailAddress
            $shown.Email | Should -Be "dora@$Domain", "d.smith@$Domain"
            $shown.Quota | Should -Be $raw.quotas.maxDiskQuota
            $shown.Role | Sort-Object | Should -Be "$Prefix-helper", 'user'
            $shown.MemberOf | Should -Be "staff@$Domain"
            (Get-MailPrincipal "d.smith@$Domain").Name | Should -Be "dora@$Domain" -Because 'an alias is an address, too'
            (Get-MailPrincipal "staff@$Domain").Member | Should -Be "dora@$Domain"
            $missing = { Get-MailPrincipal "nobody@$Domain" -ErrorAction Stop } | Should -Throw -PassThru
            $missing.CategoryInfo.Category | Should -Be ObjectNotFound
        }
    }

    It 'are changed, and the memberships that were not named stay' {
        Confirm-Operation 'x:Account/set' -Cmdlet Set-MailPrincipal -How 'raw get; the new password signs in, the old one not; only what was named is in the patch on the wire' {
            $from = $Live.Wire.Count
            $password = New-LivePassword
            Set-MailPrincipal "dora@$Domain" -Description changed -AddEmail "third@$Domain" -Quota 7MB -RemoveRole "$Prefix-helper" -Password (ConvertTo-Secure $password)
            $raw = Get-RawObject Account $Live.Dora.Id
            $raw.description | Should -Be changed
            @($raw.aliases.Values.name | Sort-Object) | Should -Be d.smith, third
            $raw.quotas.maxDiskQuota | Should -Be 7MB
            Get-Key $raw.memberGroupIds | Should -Be $Live.Dora.StaffId
            Get-Key (Find-RawAddress "news@$Domain" MailingList).recipients | Should -Be "dora@$Domain"
            $patches = @(Find-WireArgument x:Account/set $from).update.Values
            $patches.Keys | Should -Not -Contain credentials -Because 'app passwords and keys would be lost'
            $patches.Keys | Should -Not -Contain memberGroupIds
            Get-SignIn "dora@$Domain" $password | Should -Be 200
            Get-SignIn "dora@$Domain" $Live.Dora.Password | Should -Be 401
            $Live.Dora.Password = $password
        }
    }

    It 'get one role instead of another, and keep groups and lists' {
        Confirm-Operation 'x:Account/set' -Cmdlet 'Set-MailPrincipal -Role' -How 'raw get' {
            Set-MailPrincipal "dora@$Domain" -Role user, "$Prefix-helper"
            $raw = Get-RawObject Account $Live.Dora.Id
            Get-Key $raw.roles.roleIds | Should -Contain $Live.Dora.RoleId
            Get-Key $raw.memberGroupIds | Should -Be $Live.Dora.StaffId
        }
    }

    It 'get another address, and a warning that lists keep the old one' {
        Confirm-Operation 'x:Account/set' -Cmdlet 'Set-MailPrincipal -NewName' -How 'raw get: the id is the same, the list has the old address' {
            Set-MailPrincipal "dora@$Domain" -NewName "dorothea@$Domain" -WarningAction SilentlyContinue -WarningVariable warnings
            (Get-RawObject Account $Live.Dora.Id).emailAddress | Should -Be "dorothea@$Domain"
            Get-Key (Find-RawAddress "news@$Domain" MailingList).recipients | Should -Be "dora@$Domain"
            "$warnings" | Should -BeLike "*dora@$Domain*lists*"
            $Live.Dora.Name = "dorothea@$Domain"
        }
    }

    It 'are disabled and enabled' {
        Confirm-Operation 'x:Account/set' -Cmdlet 'Disable-MailPrincipal, Enable-MailPrincipal' -How 'the sign-in is refused with 403, and then not any more; raw get' {
            Disable-MailPrincipal $Live.Dora.Name
            Get-Key (Get-RawObject Account $Live.Dora.Id).permissions.disabledPermissions | Should -Be authenticate
            Get-SignIn $Live.Dora.Name $Live.Dora.Password | Should -Be 403
            Enable-MailPrincipal $Live.Dora.Name
            (Get-RawObject Account $Live.Dora.Id).permissions.'@type' | Should -Be Inherit
            Get-SignIn $Live.Dora.Name $Live.Dora.Password | Should -Be 200
        }
    }

    It 'change nothing with -WhatIf' {
        $from = $Live.Wire.Count
        Set-MailPrincipal $Live.Dora.Name -Description never -WhatIf
        Remove-MailPrincipal $Live.Dora.Name -Force -WhatIf
        (Get-RawObject Account $Live.Dora.Id).description | Should -Be changed
        @($Live.Wire.GetCalls($from) | ForEach-Object { Get-WireMethod $_ } | Where-Object Name -Like '*/set') | Should -BeNullOrEmpty
    }

    It 'are imported, once' {
        $file = Join-Path $Live.Folder people.csv
        $password = New-LivePassword
        @(
            'Name,GivenName,Surname,Email,Password,Quota,MemberOf'
            "emil@$Domain,Emil,Öz,emil@$Domain;e.oz@$Domain,$password,10MB,staff@$Domain"
            "flo@$Domain,Flo,Fink,flo@$Domain,$password,,"
            "wrong@elsewhere.$Domain,No,Domain,wrong@elsewhere.$Domain,$password,,"
        ) | Set-Content $file -Encoding utf8
        Confirm-Operation 'x:Account/set' -Cmdlet Import-MailPrincipal -How 'one creation on the wire for each good row; raw get of each; they sign in; the row without a domain does not exist' {
            $from = $Live.Wire.Count
            $rows = @(Import-MailPrincipal $file -ErrorAction Ignore)
            @($rows | Where-Object Action -EQ Created).Count | Should -Be 2
            @($rows | Where-Object Action -EQ Failed).Count | Should -Be 1
            @(Find-WireCreation x:Account/set $from).Count | Should -Be 2
            $emil = Find-RawAddress "emil@$Domain"
            $emil.description | Should -Be 'Emil Öz'
            $emil.aliases.Values.name | Should -Be e.oz
            $emil.quotas.maxDiskQuota | Should -Be 10MB
            Get-Key $emil.memberGroupIds | Should -Be $Live.Dora.StaffId
            Get-SignIn "emil@$Domain" $password | Should -Be 200
            Get-SignIn "flo@$Domain" $password | Should -Be 200
            Find-RawAddress "wrong@elsewhere.$Domain" | Should -BeNullOrEmpty
        }
        # The same file again: nothing is sent that changes anything.
        $from = $Live.Wire.Count
        @(Import-MailPrincipal $file -ErrorAction Ignore | Where-Object Action -EQ Unchanged).Count | Should -Be 2
        @(Find-WireArgument x:Account/set $from) | Should -BeNullOrEmpty
        # One difference in the file: one change.
        (Get-Content $file -Raw) -replace 'Flo,Fink', 'Flora,Fink' | Set-Content $file -Encoding utf8
        Confirm-Operation 'x:Account/set' -Cmdlet Import-MailPrincipal -How 'one changed cell is one patch of one property on the wire; raw get' {
            $null = Import-MailPrincipal $file -ErrorAction Ignore
            $flo = Find-RawAddress "flo@$Domain"
            $flo.description | Should -Be 'Flora Fink'
            $set = @(Find-WireArgument x:Account/set $from)
            $set.Count | Should -Be 1
            @($set[0].update.Keys) | Should -Be $flo.id
            @($set[0].update[$flo.id].Keys) | Should -Be description
        }
    }

    It 'are exported' {
        Confirm-Operation 'x:Account/query', 'x:Account/get' -Cmdlet Export-MailPrincipal -How 'the file, read by Import-Csv, has the rows of the raw list, and no password' {
            $file = Join-Path $Live.Folder all.csv
            Export-MailPrincipal $file -Type Individual, Group -WarningAction Ignore
            $rows = @(Import-Csv $file)
            $rows.Name | Sort-Object | Should -Be ((Find-RawObject Account @{} emailAddress).emailAddress | Sort-Object)
            ($rows | Where-Object Name -EQ "emil@$Domain").Email | Should -Be "emil@$Domain;e.oz@$Domain"
            Get-Content $file -Raw | Should -Not -Match '\*\*\*\*|\$(6|argon2)'
        }
    }

    It 'may be OAuth clients and tenants' {
        Confirm-Operation 'x:OAuthClient/set', 'x:OAuthClient/query', 'x:OAuthClient/get' -Cmdlet 'New-MailPrincipal -Type OauthClient, Get-MailPrincipal, Remove-MailPrincipal' -How 'raw query, before and after' {
            $null = New-MailPrincipal "$Prefix-client" -Type OauthClient -Url "https://tool.$Domain/back"
            Get-Key (Find-RawObject OAuthClient @{ clientId = "$Prefix-client" }).redirectUris | Should -Be "https://tool.$Domain/back"
            (Get-MailPrincipal "$Prefix-client" -Type OauthClient).Url | Should -Be "https://tool.$Domain/back"
            Remove-MailPrincipal "$Prefix-client" -Force
            Find-RawId OAuthClient @{ clientId = "$Prefix-client" } | Should -BeNullOrEmpty
        }
        Confirm-Operation 'x:Tenant/set', 'x:Tenant/query', 'x:Tenant/get' -Cmdlet 'New-MailPrincipal -Type Tenant, Remove-MailPrincipal' -How 'raw list of tenants, before and after' {
            $null = New-MailPrincipal "$Prefix-tenant" -Type Tenant -WarningAction Ignore
            (Find-RawObject Tenant @{} name).name | Should -Contain "$Prefix-tenant"
            Remove-MailPrincipal "$Prefix-tenant" -Force
            (Find-RawObject Tenant @{} name).name | Should -Not -Contain "$Prefix-tenant"
        }
    }

    It 'are removed' {
        Confirm-Operation 'x:Account/set' -Cmdlet Remove-MailPrincipal -How 'not found by a raw get; the sign-in is refused; the group lost its member, the list its recipient' {
            Remove-MailPrincipal $Live.Dora.Name -Force
            Get-RawObject Account $Live.Dora.Id | Should -BeNullOrEmpty
            Get-SignIn $Live.Dora.Name $Live.Dora.Password | Should -Be 401
            (Get-MailPrincipal "staff@$Domain").Member | Should -Not -Contain $Live.Dora.Name
        }
        Confirm-Operation 'x:Domain/set', 'x:Role/set' -Cmdlet Remove-MailPrincipal -How 'not in the raw list; what others need is refused with their names' {
            Remove-MailPrincipal "other.$Domain", "$Prefix-helper" -Force
            Find-RawId Domain @{ name = "other.$Domain" } | Should -BeNullOrEmpty
            Get-RawObject Role $Live.Dora.RoleId | Should -BeNullOrEmpty
            $linked = { Remove-MailPrincipal $Domain -Force -ErrorAction Stop } | Should -Throw -PassThru
            "$linked" | Should -Match "ann@$Domain|account"
            Find-RawId Domain @{ name = $Domain } | Should -Be $Live.DomainId
        }
    }

    It 'are hashed here' {
        Confirm-Operation 'x:Account/set' -Cmdlet ConvertTo-MailPasswordHash -Unsent -How 'needs no server: a hash that was stored by a raw set signs in with its password' {
            $password = New-LivePassword
            $cat = Get-RawObject Account $Live.Cat.Id
            $place = $cat.credentials.Keys | Where-Object { $cat.credentials[$_].'@type' -eq 'Password' }
            Set-RawObject Account @{ "credentials/$place/secret" = (ConvertTo-MailPasswordHash (ConvertTo-Secure $password)) } $Live.Cat.Id
            Get-SignIn $Live.Cat.Name $password | Should -Be 200
            $Live.Cat.Password = $password
        }
    }
}
