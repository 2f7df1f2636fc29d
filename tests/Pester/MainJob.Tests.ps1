# The main job in real PowerShell: people from a CSV file become accounts, are listed and changed.

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
}

AfterAll {
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Import-Csv | New-MailPrincipal' {
    BeforeAll {
        Connect-MailServer -Sandbox
        $before = @(Get-MailPrincipal -Type Individual)
        $created = @(Import-Csv $PeopleFile | New-MailPrincipal -ErrorVariable problems -ErrorAction SilentlyContinue)
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'creates a principal for every row but the two that are wrong on purpose' {
        $created.Count | Should -Be (@(Import-Csv $PeopleFile).Count - 2)
        $created[0].GetType().FullName | Should -Be 'MailAdmin.Client.MailPrincipal'
    }

    It 'keeps the order of the file' {
        $good = @((Import-Csv $PeopleFile).Name | Where-Object { $_ -notin 'oscar.dominguez', 'imogen.frost' })
        $created.Name -join ' ' | Should -BeExactly ($good -join ' ')
    }

    It 'writes one error for each wrong row and goes on' {
        @($problems | ForEach-Object { "$_" } | Sort-Object -Unique).Count | Should -Be 2
        # The password of the row is certainly one, so that the cell is none.
        "$problems" | Should -BeLike "*'oscar.dominguez', column 'Quota': '5 gigs' is not a valid size*"
        "$problems" | Should -BeLike '*fjrod.example.org*'
    }

    It 'keeps names beyond ASCII, aliases, groups and quotas' {
        (Get-MailPrincipal taro.yamada).Description | Should -BeExactly '山田 太郎'
        $loic = Get-MailPrincipal loic.oeuvrard
        $loic.Description | Should -BeExactly 'Loïc Œuvrard'
        $loic.PrimaryEmail | Should -Be 'loic.oeuvrard@fjord.example.org'
        $loic.Email | Should -Contain 'l.oeuvrard@fjord.example.org'
        $loic.MemberOf | Should -Contain 'logistics'
        $loic.Quota | Should -Be 20GB
    }

    It 'lists accounts and stops when the pipeline has enough' {
        $first = @(Get-MailPrincipal -Type Individual | Select-Object -First 5)
        $first.Count | Should -Be 5
        @(Get-MailPrincipal -Type Individual).Count | Should -Be ($before.Count + 217 - 2)
    }

    It 'plans a change without making it' {
        $quotas = (Get-MailPrincipal j*).Quota
        $quotas.Count | Should -BeGreaterThan 5
        Get-MailPrincipal j* | Set-MailPrincipal -Quota 5GB -WhatIf
        (Get-MailPrincipal j*).Quota -join ' ' | Should -Be ($quotas -join ' ')
    }

    It 'makes the change without -WhatIf' {
        Get-MailPrincipal j* -Type Individual | Set-MailPrincipal -Quota 6GB -Confirm:$false
        (Get-MailPrincipal j* -Type Individual).Quota | Sort-Object -Unique | Should -Be 6GB
    }

    It 'writes lists that Export-Csv and Import-MailPrincipal read back' {
        $file = Join-Path $TestDrive 'accounts.csv'
        Get-MailPrincipal loic.oeuvrard | Export-Csv $file
        (Import-Csv $file).Email | Should -Be 'loic.oeuvrard@fjord.example.org;l.oeuvrard@fjord.example.org'
        $own = Join-Path $TestDrive 'own.csv'
        $null = Get-MailPrincipal -Type Individual | Export-MailPrincipal $own
        @(Import-MailPrincipal $own).Action | Sort-Object -Unique | Should -Be 'Unchanged'
    }

    It 'is changed by no import of what Export-Csv wrote of every principal' {
        $file = Join-Path $TestDrive 'everything.csv'
        Set-MailPrincipal jane.doe -AddEmail '@example.net' -Confirm:$false
        Get-MailPrincipal | Export-Csv $file
        @(Import-MailPrincipal $file -WarningAction Ignore).Action | Sort-Object -Unique | Should -Be 'Unchanged'
        @(Import-Csv $file | Import-MailPrincipal -Replace -WarningAction Ignore).Action | Sort-Object -Unique | Should -Be 'Unchanged'
    }
}

Describe 'Import-MailPrincipal' {
    BeforeAll {
        Connect-MailServer -Sandbox
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'plans, imports, and then has nothing to do' {
        $plan = @(Import-MailPrincipal $PeopleFile -WhatIf -ErrorAction SilentlyContinue)
        $done = @(Import-MailPrincipal $PeopleFile -ErrorAction SilentlyContinue)
        $again = @(Import-MailPrincipal $PeopleFile -ErrorAction SilentlyContinue)
        ($plan | Group-Object Action -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' | Should -Be 'Create 225, Failed 2'
        ($done | Group-Object Action -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' | Should -Be 'Created 225, Failed 2'
        ($again | Group-Object Action -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' | Should -Be 'Failed 2, Unchanged 225'
    }

    It 'names the failed rows by row and column' {
        $failed = Import-MailPrincipal $PeopleFile -ErrorAction SilentlyContinue | Where-Object Action -EQ Failed | Sort-Object Row
        $rows = @(Import-Csv $PeopleFile)
        $failed.Column | Should -Be 'Quota', 'Email'
        $failed | ForEach-Object { $rows[$_.Row - 2].Name | Should -Be $_.Identity }
    }

    It 'takes rows from the pipeline' {
        $result = Import-Csv $PeopleFile | Where-Object Name -EQ taro.yamada | Import-MailPrincipal
        $result.Action | Should -Be Unchanged
    }

    It 'writes the failed rows to a file that is mended and run again' {
        $file = Join-Path $TestDrive 'failed.csv'
        $null = Import-MailPrincipal $PeopleFile -FailedPath $file -ErrorAction SilentlyContinue
        $failed = @(Import-Csv $file)
        $failed.Column | Should -Be 'Quota', 'Email'
        foreach ($row in $failed) {
            $row.Quota = '1GB'
            $row.Email = "$($row.Name)@fjord.example.org"
        }
        $failed | Export-Csv $file
        @(Import-MailPrincipal $file).Action | Should -Be 'Created', 'Created'
    }

    It 'takes the files of Get-Item and Get-ChildItem, and no process' {
        Set-Content (Join-Path $TestDrive 'one.csv') 'Name,Email', 'one.file,one.file@fjord.example.org'
        Set-Content (Join-Path $TestDrive 'two.csv') 'Name,Email', 'two.file,two.file@fjord.example.org'
        (Get-Item (Join-Path $TestDrive 'one.csv') | Import-MailPrincipal -NoPassword).Identity | Should -Be 'one.file'
        @(Get-ChildItem $TestDrive -Filter t*.csv | Import-MailPrincipal -NoPassword).Identity | Should -Be 'two.file'
        { Get-Process -Id $PID | Import-MailPrincipal -NoPassword -ErrorAction Stop } | Should -Throw '*System.Diagnostics.Process*'
        { Get-Item $TestDrive | Import-MailPrincipal -NoPassword -ErrorAction Stop } | Should -Throw '*folder*'
    }

    It 'lists what is left where the pipeline ends early, and in a script that stops at errors has the results in the error' {
        $file = Join-Path $TestDrive 'many.csv'
        $left = Join-Path $TestDrive 'left.csv'
        @('Name,Email') + (1..40 | ForEach-Object { "early.$_,early.$_@fjord.example.org" }) | Set-Content $file
        $null = Import-MailPrincipal $file -NoPassword -FailedPath $left -ThrottleLimit 1 3>$null | Select-Object -First 1
        @(Import-Csv $left).Count | Should -BeGreaterThan 30
        @(Import-MailPrincipal $left -NoPassword).Action | Sort-Object -Unique | Should -BeIn 'Created', 'Unchanged'
        Add-Content $file 'late.one,late.one@nowhere.example'
        { Import-MailPrincipal $file -NoPassword -ErrorAction Stop } | Should -Throw '*1 of 41 rows*nothing was sent*'
    }
}

# From 0.16 on a name is an address, and a group is in no other.
Describe 'Import-MailPrincipal over JMAP' {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion 0.16
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'says which column a server cannot have, and imports the rest' {
        $file = Join-Path $TestDrive 'nested.csv'
        Set-Content $file 'Type,Name,Email,MemberOf,Member', 'Group,all,all@example.org,,', 'Group,north,north@example.org,all,', 'Group,every,every@example.org,,sales@example.org', 'Individual,ann,ann@example.org,all,'
        $plan = Import-MailPrincipal $file -NoPassword -WhatIf -ErrorAction SilentlyContinue
        $failed = $plan | Where-Object Action -EQ Failed
        $failed.Column | Sort-Object -Unique | Should -Be Member, MemberOf
        foreach ($one in $failed) { $one.Error | Should -BeLike '*groups cannot be in groups. Give each person both groups*a mailing list*' }
        ($plan | Where-Object Action -EQ Create).Identity | Should -Be all@example.org, ann@example.org
    }

    It 'plans, imports, and then has nothing to do' {
        $plan = @(Import-MailPrincipal $PeopleFile -WhatIf -ErrorAction SilentlyContinue)
        $done = @(Import-MailPrincipal $PeopleFile -ErrorAction SilentlyContinue)
        $again = @(Import-MailPrincipal $PeopleFile -ErrorAction SilentlyContinue -WarningAction Ignore)
        ($plan | Group-Object Action -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' | Should -Be 'Create 225, Failed 2'
        ($done | Group-Object Action -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' | Should -Be 'Created 225, Failed 2'
        ($again | Group-Object Action -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' | Should -Be 'Failed 2, Unchanged 225'
    }

    It 'keeps names beyond ASCII, aliases, groups and quotas' {
        (Get-MailPrincipal taro.yamada@fjord.example.org).Description | Should -BeExactly '山田 太郎'
        $loic = Get-MailPrincipal loic.oeuvrard@fjord.example.org
        $loic.Description | Should -BeExactly 'Loïc Œuvrard'
        $loic.Email | Should -Be 'loic.oeuvrard@fjord.example.org', 'l.oeuvrard@fjord.example.org'
        $loic.MemberOf | Should -Contain 'logistics@fjordworks.example.net'
        $loic.Quota | Should -Be 20GB
    }

    It 'is changed by no import of its own export' {
        $file = Join-Path $TestDrive 'all.csv'
        Export-MailPrincipal $file -WarningAction Ignore
        @(Import-MailPrincipal $file -WarningAction Ignore).Action | Sort-Object -Unique | Should -Be 'Unchanged'
    }
}

Describe 'The quickstart' {
    # Of the other family .ci/run shows it.
    It 'runs unchanged in PowerShell, on a server 0.16' {
        $script = Join-Path $PSScriptRoot '..' '..' 'samples' 'Quickstart' 'quickstart.ps1'
        $printed = Invoke-ThisPowerShell -NoProfile -NonInteractive -File $script -ServerVersion 0.16 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0 -Because $printed
        $printed | Should -BeLike '*All of it happened.*'
    }
}
