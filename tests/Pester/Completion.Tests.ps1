# Tab completion as a person at the prompt gets it.

BeforeDiscovery {
    . "$PSScriptRoot/Families.ps1"
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force

    function Get-Completion([string] $Line) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
    }
}

AfterAll {
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Completion over <Family>' -ForEach $Families {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion $Version
        $null = New-MailPrincipal 'odd name' -Type Role -AllowUnusualName
        # As it must be typed: an address has an @, which is an operator.
        function Get-Typed([string[]] $Name) { foreach ($one in $Name) { $At ? "'$one$At'" : $one } }
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'completes -Type' {
        $types = 'Individual', 'Group', 'List', 'Domain', 'Role', 'Tenant', 'ApiKey', 'OauthClient'
        if ($Family -eq 'REST') { $types += 'Resource', 'Location' }
        Get-Completion 'Get-MailPrincipal -Type ' | Should -Be $types
        Get-Completion 'Get-MailPrincipal -Type In' | Should -Be 'Individual'
    }

    It 'completes -Identity by position and by name' {
        Get-Completion 'Get-MailPrincipal ja' | Should -Be (Get-Typed jane.doe)
        Get-Completion 'Set-MailPrincipal -Identity ja' | Should -Be (Get-Typed jane.doe)
    }

    It 'completes names of the type that is on the line' {
        Get-Completion 'Get-MailPrincipal -Type Group -Identity s' | Should -Be (Get-Typed sales, staff)
    }

    It 'completes groups and roles where they belong' {
        Get-Completion 'New-MailPrincipal x -MemberOf eng' | Should -Be (Get-Typed engineering)
        Get-Completion 'New-MailPrincipal x -Role te' | Should -Be ("'Tenant Administrator'", 'tenant-admin' | Select-Object -Last ($Family -eq 'JMAP' ? 2 : 1))
    }

    It 'quotes a name that needs it' {
        Get-Completion 'Get-MailPrincipal od' | Should -Be "'odd name'"
    }

    It 'is silent without a connection' {
        $connection = Get-MailConnection
        $shell = [powershell]::Create()
        try {
            $found = $shell.AddScript("
                Import-Module '$ModuleFolder'
                `$line = 'Get-MailPrincipal -Identity ja'
                (TabExpansion2 `$line `$line.Length).CompletionMatches.CompletionText | Where-Object { `$_ -like 'jane*' }").Invoke()
            $found.Count | Should -Be 0
            $shell.Streams.Error.Count | Should -Be 0
        }
        finally {
            $shell.Dispose()
        }
        (Get-MailConnection).Id | Should -Be $connection.Id
    }
}
