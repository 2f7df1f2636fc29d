# How principals look in real PowerShell.

BeforeDiscovery {
    . "$PSScriptRoot/Families.ps1"
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
}

AfterAll {
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Principals over <Family>' -ForEach $Families {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion $Version
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'show whole sizes in a window of 80 columns' {
        $small = Get-MailPrincipal -Type Individual | Where-Object { $_.UsedBytes -gt 99 -and $_.UsedBytes -lt 1000 } | Select-Object -First 1
        $small | Should -Not -BeNullOrEmpty
        $shown = $small | Out-String -Width 80
        $shown | Should -Match " $($small.UsedBytes) bytes"
        ($shown -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'show as a list what their type can have' {
        $labels = { ($args[0] | Format-List | Out-String) -split '\r?\n' | Where-Object { $_ -match '^(\w+) +:' } | ForEach-Object { $Matches[1] } }
        # The members of a domain are not told from 0.16 on.
        & $labels (Get-MailPrincipal example.org) | Should -Be (@('Id', 'Name', 'Type', 'Description') + @(if ($Family -eq 'REST') { 'MemberCount' }))
        $role = & $labels (Get-MailPrincipal -Type Role | Select-Object -First 1)
        $role | Should -Contain 'EnabledPermission'
        $role | Should -Not -Contain 'Quota'
        $role | Should -Not -Contain 'Enabled'
        & $labels (Get-MailPrincipal "sales$At") | Should -Contain 'UsedBytes'
        $account = & $labels (Get-MailPrincipal "jane.doe$At")
        'Quota', 'UsedBytes', 'Enabled', 'PasswordCount', 'OtpEnabled' | ForEach-Object { $account | Should -Contain $_ }
        & $labels (Get-MailPrincipal -Type Individual -Property Name -First 1) | Should -Be Id, Name, Type
    }

    It 'come back from <_> into Export-MailPrincipal' -ForEach 'Select-Object', 'JSON', 'CSV', 'Clixml' {
        $file = Join-Path $TestDrive 'jane.csv'
        $jane = Get-MailPrincipal "jane.doe$At"
        $jane | Export-MailPrincipal $file -Force
        $whole = Get-Content $file
        $back = switch ($_) {
            'Select-Object' { $jane | Select-Object * }
            'JSON' { $jane | ConvertTo-Json | ConvertFrom-Json }
            'CSV' { $jane | ConvertTo-Csv | ConvertFrom-Csv }
            'Clixml' { $jane | Export-Clixml (Join-Path $TestDrive 'jane.xml'); Import-Clixml (Join-Path $TestDrive 'jane.xml') }
        }
        $back | Export-MailPrincipal $file -Force
        Get-Content $file | Should -Be $whole
    }

    It 'are not changed by an import of what was not fetched, from <_>' -ForEach 'Select-Object', 'JSON', 'CSV' {
        Disable-MailPrincipal "john.roe$At"
        $some = Get-MailPrincipal -Type Individual -Property Name, MemberOf
        $rows = switch ($_) {
            'Select-Object' { $some | Select-Object * }
            'JSON' { $some | ConvertTo-Json | ConvertFrom-Json }
            'CSV' { $some | ConvertTo-Csv | ConvertFrom-Csv }
        }
        $rows | Import-MailPrincipal -Replace -WhatIf | ForEach-Object Action | Sort-Object -Unique | Should -Be Unchanged
    }
}

# No id stands for a name that the account may not read.
Describe 'Principals that may not be read whole' {
    BeforeAll {
        . "$PSScriptRoot/SandboxHost.ps1"
        $server = Start-SandboxHost '--server-version', '0.16'
        Connect-MailServer $server.Uri -Credential $server.Credential
        $password = ConvertTo-SecureString 'walks along a made-up road' -AsPlainText -Force
        New-MailPrincipal Reader -Type Role -EnabledPermission authenticate, sysAccountGet, sysAccountQuery, sysDomainGet, sysDomainQuery, sysMailingListGet, sysMailingListQuery | Out-Null
        New-MailPrincipal reader@example.org -Role user, Reader -Password $password | Out-Null
        Disconnect-MailServer
        Connect-MailServer $server.Uri -Credential ([pscredential]::new('reader@example.org', $password))
    }

    AfterAll {
        Disconnect-MailServer
        Stop-SandboxHost $server
    }

    It 'say what is unknown in a list, and nothing of it where all is known' {
        Get-MailPrincipal reader@example.org -WarningVariable told -WarningAction Ignore | Format-List | Out-String | Should -Match 'UnknownParts\s*: Role'
        $told | Should -HaveCount 1
        $told[0].Message | Should -BeLike '*may not read roles*sysRoleQuery and sysRoleGet*'
        Get-MailPrincipal admin@example.org -WarningAction Stop | Format-List | Out-String | Should -Not -Match 'UnknownParts'
    }
}
