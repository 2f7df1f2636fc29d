Context 'Principals' {
    It 'are created: a group, a list, a role and an account in them that signs in' {
        Confirm-Operation 'POST /principal' -Cmdlet New-MailPrincipal -How 'raw GET of each; the account signs in with its password, and not with another' {
            $null = New-MailPrincipal "$Prefix-staff" -Type Group -Email "staff@$Domain"
            $null = New-MailPrincipal "$Prefix-news" -Type List -Email "news@$Domain"
            $null = New-MailPrincipal "$Prefix-helper" -Type Role -EnabledPermission message-queue-list
            $password = New-LivePassword
            $null = New-MailPrincipal "$Prefix-dora" -Email "dora@$Domain", "d.smith@$Domain" -Description "Dora $Prefix" -Quota 5MB -Password (ConvertTo-Secure $password) `
                -MemberOf "$Prefix-staff" -List "$Prefix-news" -Role user, "$Prefix-helper"
            (Get-RawPrincipal "$Prefix-staff").type | Should -Be group
            (Get-RawPrincipal "$Prefix-news").type | Should -Be list
            Get-List (Get-RawPrincipal "$Prefix-helper").enabledPermissions | Should -Be message-queue-list
            $raw = Get-RawPrincipal "$Prefix-dora"
            Get-List $raw.emails | Should -Be "dora@$Domain", "d.smith@$Domain"
            $raw.description | Should -Be "Dora $Prefix"
            $raw.quota | Should -Be 5MB
            Get-List $raw.memberOf | Should -Be "$Prefix-staff"
            Get-List $raw.lists | Should -Be "$Prefix-news"
            Get-List $raw.roles | Sort-Object | Should -Be "$Prefix-helper", 'user'
            Get-List (Get-RawPrincipal "$Prefix-staff").members | Should -Contain "$Prefix-dora"
            "$($raw.secrets)" | Should -Not -BeLike "*$password*" -Because 'passwords are hashed before they are sent'
            Get-SignIn "$Prefix-dora" $password | Should -Be code
            Get-SignIn "$Prefix-dora" wrong | Should -Be 401
            $Live.Dora = @{ Name = "$Prefix-dora"; Password = $password }
        }
    }

    It 'are listed' {
        Confirm-Operation 'GET /principal' -Cmdlet Get-MailPrincipal -How 'the same names as the raw list' {
            $raw = (Get-Raw '/api/principal?types=individual&fields=name,emails').items | Where-Object { (Get-List $_.emails) -like "*@$Domain" } | ForEach-Object { $_.name }
            @(Get-MailPrincipal -Type Individual -Domain $Domain).Name | Sort-Object | Should -Be ($raw | Sort-Object)
            $raw.Count | Should -BeGreaterOrEqual 4
        }
    }

    It 'are read' {
        Confirm-Operation 'GET /principal/{name}' -Cmdlet Get-MailPrincipal -How 'field by field as in the raw GET' {
            $shown = Get-MailPrincipal "$Prefix-dora"
            $raw = Get-RawPrincipal "$Prefix-dora"
            $shown.Id | Should -Be $raw.id
            $shown.Email | Should -Be (Get-List $raw.emails)
            $shown.Quota | Should -Be $raw.quota
            $shown.Role | Sort-Object | Should -Be (Get-List $raw.roles | Sort-Object)
            $shown.MemberOf | Should -Be (Get-List $raw.memberOf)
            $missing = { Get-MailPrincipal "$Prefix-nobody" -ErrorAction Stop } | Should -Throw -PassThru
            $missing.CategoryInfo.Category | Should -Be ObjectNotFound
        }
    }

    It 'are changed, and the memberships that were not named stay' {
        Confirm-Operation 'PATCH /principal/{name}' -Cmdlet Set-MailPrincipal -How 'raw GET; the new password signs in, the old one not' {
            $password = New-LivePassword
            Set-MailPrincipal "$Prefix-dora" -Description changed -AddEmail "third@$Domain" -PrimaryEmail "third@$Domain" -Quota 7MB -RemoveRole "$Prefix-helper" -Password (ConvertTo-Secure $password)
            $raw = Get-RawPrincipal "$Prefix-dora"
            $raw.description | Should -Be changed
            (Get-List $raw.emails)[0] | Should -Be "third@$Domain"
            (Get-List $raw.emails).Count | Should -Be 3
            $raw.quota | Should -Be 7MB
            Get-List $raw.roles | Should -Be user
            Get-List $raw.memberOf | Should -Be "$Prefix-staff"
            Get-List $raw.lists | Should -Be "$Prefix-news"
            Get-SignIn "$Prefix-dora" $password | Should -Be code
            Get-SignIn "$Prefix-dora" $Live.Dora.Password | Should -Be 401
            $Live.Dora.Password = $password
        }
    }

    It 'get one role instead of another, and keep groups and lists' {
        Confirm-Operation 'PATCH /principal/{name}' -Cmdlet 'Set-MailPrincipal -Role' -How 'raw GET' {
            Set-MailPrincipal "$Prefix-dora" -Role user, "$Prefix-helper"
            $raw = Get-RawPrincipal "$Prefix-dora"
            Get-List $raw.roles | Sort-Object | Should -Be "$Prefix-helper", 'user'
            Get-List $raw.memberOf | Should -Be "$Prefix-staff"
            Get-List $raw.lists | Should -Be "$Prefix-news"
        }
    }

    It 'are disabled and enabled' {
        Confirm-Operation 'PATCH /principal/{name}' -Cmdlet 'Disable-MailPrincipal, Enable-MailPrincipal' -How 'the sign-in is refused with 403, and then not any more' {
            Disable-MailPrincipal "$Prefix-dora"
            Get-SignIn "$Prefix-dora" $Live.Dora.Password | Should -Be 403
            Enable-MailPrincipal "$Prefix-dora"
            Get-SignIn "$Prefix-dora" $Live.Dora.Password | Should -Be code
        }
    }

    It 'change nothing with -WhatIf' {
        $from = $Live.Wire.Count
        Set-MailPrincipal "$Prefix-dora" -Description never -WhatIf
        Remove-MailPrincipal "$Prefix-dora" -Force -WhatIf
        (Get-RawPrincipal "$Prefix-dora").description | Should -Be changed
        @($Live.Wire.GetCalls($from) | Where-Object Method -NE GET) | Should -BeNullOrEmpty
    }

    It 'are imported, once' {
        $file = Join-Path $Live.Folder people.csv
        $password = New-LivePassword
        @(
            'Name,GivenName,Surname,Email,Password,Quota,MemberOf'
            "$Prefix-emil,Emil,Öz,emil@$Domain;e.oz@$Domain,$password,10MB,$Prefix-staff"
            "$Prefix-flo,Flo,Fink,flo@$Domain,$password,,"
            "$Prefix-wrong,No,Domain,wrong@elsewhere.$Domain,$password,,"
        ) | Set-Content $file -Encoding utf8
        Confirm-Operation 'POST /principal' -Cmdlet Import-MailPrincipal -How 'raw GET of each row; they sign in; the row without a domain does not exist' {
            $rows = @(Import-MailPrincipal $file -ErrorAction Ignore)
            @($rows | Where-Object Action -EQ Created).Count | Should -Be 2
            @($rows | Where-Object Action -EQ Failed).Count | Should -Be 1
            $emil = Get-RawPrincipal "$Prefix-emil"
            $emil.description | Should -Be 'Emil Öz'
            Get-List $emil.emails | Should -Be "emil@$Domain", "e.oz@$Domain"
            $emil.quota | Should -Be 10MB
            Get-List $emil.memberOf | Should -Be "$Prefix-staff"
            Get-SignIn "$Prefix-emil" $password | Should -Be code
            Get-SignIn "$Prefix-flo" $password | Should -Be code
            Test-RawPrincipal "$Prefix-wrong" | Should -BeFalse
        }
        # The same file again: nothing is sent that changes anything.
        $from = $Live.Wire.Count
        @(Import-MailPrincipal $file -ErrorAction Ignore | Where-Object Action -EQ Unchanged).Count | Should -Be 2
        @(Find-WireCall 'POST /principal' $from) + @(Find-WireCall 'PATCH /principal/{name}' $from) | Should -BeNullOrEmpty
        # One difference in the file: one change.
        (Get-Content $file -Raw) -replace 'Flo,Fink', 'Flora,Fink' | Set-Content $file -Encoding utf8
        Confirm-Operation 'PATCH /principal/{name}' -Cmdlet Import-MailPrincipal -How 'one changed cell is one PATCH on the wire; raw GET' {
            $null = Import-MailPrincipal $file -ErrorAction Ignore
            (Get-RawPrincipal "$Prefix-flo").description | Should -Be 'Flora Fink'
            @(Find-WireCall 'PATCH /principal/{name}' $from).Count | Should -Be 1
        }
    }

    It 'are exported' {
        Confirm-Operation 'GET /principal' -Cmdlet Export-MailPrincipal -How 'the file, read by Import-Csv, has the rows of the raw list' {
            $file = Join-Path $Live.Folder all.csv
            Export-MailPrincipal $file -Type Individual, Group
            $raw = @((Get-Raw '/api/principal?types=individual,group&fields=name').items | ForEach-Object { $_.name })
            $rows = @(Import-Csv $file)
            $rows.Name | Sort-Object | Should -Be ($raw | Sort-Object)
            ($rows | Where-Object Name -EQ "$Prefix-emil").Email | Should -Be "emil@$Domain;e.oz@$Domain"
            Get-Content $file -Raw | Should -Not -Match '\$6\$' -Because 'no password hash leaves the server unasked'
        }
    }

    It 'may be API keys, which open what they were given and no more' {
        Confirm-Operation 'POST /principal' -Cmdlet 'New-MailPrincipal -Type ApiKey' -How 'the key, as a raw Bearer, lists the queue and is refused the settings' {
            $key = New-MailPrincipal "$Prefix-key" -Type ApiKey -EnabledPermission authenticate, message-queue-list -GeneratePassword
            ($key.ApiKey | ConvertFrom-SecureString -AsPlainText) | Should -BeLike 'api_*'
            $bearer = 'Bearer ' + ($key.ApiKey | ConvertFrom-SecureString -AsPlainText)
            (Invoke-Raw GET '/api/queue/messages?limit=1' -Authorization $bearer).Status | Should -Be 200
            (Invoke-Raw GET '/api/settings/list?prefix=server' -Authorization $bearer).Status | Should -Be 403
        }
    }

    It 'may be tenants, where the edition has them' {
        $raw = { Invoke-Raw GET '/api/principal?types=tenant&fields=name' }
        if ($Live.Server.Edition -eq 'community') {
            $refused = { New-MailPrincipal "$Prefix-tenant" -Type Tenant -ErrorAction Stop } | Should -Throw -PassThru
            $refused.FullyQualifiedErrorId | Should -BeLike 'Unsupported,*'
            (& $raw).Json.error | Should -Be unsupported
        } else {
            Confirm-Operation 'POST /principal', 'DELETE /principal/{name}' -Cmdlet 'New-MailPrincipal -Type Tenant, Remove-MailPrincipal' -How 'raw list of tenants, before and after' {
                $null = New-MailPrincipal "$Prefix-tenant" -Type Tenant
                (& $raw).Json.data.items.name | Should -Contain "$Prefix-tenant"
                Remove-MailPrincipal "$Prefix-tenant" -Force
                @((& $raw).Json.data.items | ForEach-Object { $_.name }) | Should -Not -Contain "$Prefix-tenant"
            }
        }
    }

    It 'are removed' {
        Confirm-Operation 'DELETE /principal/{name}' -Cmdlet Remove-MailPrincipal -How 'notFound to a raw GET; the sign-in is refused; the group lost its member' {
            Remove-MailPrincipal "$Prefix-dora" -Force
            Test-RawPrincipal "$Prefix-dora" | Should -BeFalse
            Get-SignIn "$Prefix-dora" $Live.Dora.Password | Should -Be 401
            Get-List (Get-RawPrincipal "$Prefix-staff")['members'] | Should -Not -Contain "$Prefix-dora"
        }
    }

    It 'are removed by a filter that only they match' {
        $operation = 'DELETE /principal'
        $filter = "type=location&confirm=true&filter=$($Live.Run)"
        foreach ($name in 'room1', 'room2') {
            $null = Get-Raw /api/principal -Method POST -Body @{ type = 'location'; name = "$Prefix-$name"; description = "$Prefix $($Live.Run) $name" }
        }
        # The list knows the same filter: it says beforehand what would go.
        $names = @((Get-Raw "/api/principal?types=location&fields=name&filter=$($Live.Run)").items | ForEach-Object { $_.name } | Sort-Object)
        if (($names -join ' ') -ne "$Prefix-room1 $Prefix-room2") {
            Skip-Operation $operation -Cmdlet Invoke-MailApi -Because "the filter of this server matches other principals than the two of the suite: $($names -join ', ')"
            return
        }
        Confirm-Operation $operation -Cmdlet Invoke-MailApi -How 'with a filter of this run: raw list empty afterwards' {
            Invoke-MailApi "principal?$filter" -Method Delete -Confirm:$false | Should -BeTrue
            Wait-Live { -not (Test-RawPrincipal "$Prefix-room1") -and -not (Test-RawPrincipal "$Prefix-room2") } -For 'the two are gone'
        }
    }
}
