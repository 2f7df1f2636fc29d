# Tab completion as a person at the prompt gets it.

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
    Connect-MailServer -Sandbox
    $null = New-MailPrincipal 'odd name' -NoPassword -NoAddress -AllowUnusualName

    function Get-Completion([string] $Line) {
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText
    }
}

AfterAll {
    Disconnect-MailServer
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Completion' {
    It 'completes -Type' {
        Get-Completion 'Get-MailPrincipal -Type ' | Should -Be 'Individual', 'Group', 'List', 'Domain', 'Role', 'Tenant', 'ApiKey', 'OauthClient', 'Resource', 'Location'
        Get-Completion 'Get-MailPrincipal -Type In' | Should -Be 'Individual'
    }

    It 'completes -Identity by position and by name' {
        Get-Completion 'Get-MailPrincipal ja' | Should -Be 'jane.doe'
        Get-Completion 'Set-MailPrincipal -Identity ja' | Should -Be 'jane.doe'
    }

    It 'completes names of the type that is on the line' {
        Get-Completion 'Get-MailPrincipal -Type Group -Identity s' | Should -Be 'sales', 'staff'
    }

    It 'completes groups and roles where they belong' {
        Get-Completion 'New-MailPrincipal x -MemberOf eng' | Should -Be 'engineering'
        Get-Completion 'New-MailPrincipal x -Role te' | Should -Be 'tenant-admin'
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
