# Every example of every page of docs/en-US, and every command of the about topics, does what it says, on the sandbox. Those of one page alone:
# Invoke-Pester -Container (New-PesterContainer -Path tests/Pester/Examples.Tests.ps1 -Data @{ PageName = 'Get-MailTrace' }) -Output Detailed
param([string] $PageName = '*')

BeforeDiscovery {
    . "$PSScriptRoot/Examples/Invoke-Example.ps1"
    $pages = @(
        Get-ChildItem $PageFolder -Filter "$PageName.md" | ForEach-Object { @{ Page = $_.BaseName; Examples = @(Get-PageExample $_.FullName) } }
        Get-ChildItem $TopicFolder -Filter "$PageName.help.txt" | ForEach-Object { @{ Page = $_.Name -replace '\.help\.txt$'; Examples = @(Get-TopicExample $_.FullName) } }
    ) | Where-Object { $_.Examples }
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    . "$PSScriptRoot/SandboxHost.ps1"
    . "$PSScriptRoot/Examples/Invoke-Example.ps1"
    $ModuleManifest = Get-ChildItem $ModuleFolder -Filter MailAdmin.psd1 -Recurse | Select-Object -First 1 -ExpandProperty FullName
    Import-Module $ModuleManifest -Force
    # Other files of this process may have compiled them.
    foreach ($type in 'ExampleHost', 'TlsRelay') {
        if (-not ("MailAdmin.Examples.$type" -as [type])) {
            Add-Type -Path (Join-Path $PSScriptRoot 'Examples' "$type.cs") -IgnoreWarnings -WarningAction Ignore
        }
    }
    $server = Start-ExampleServer
}

AfterAll {
    Stop-ExampleServer $server
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Examples of <Page>' -ForEach $pages {
    It 'are all that is prepared for' {
        (Get-PageSetup $Page).Keys | Where-Object { $_ -notin $Examples.Number } | Should -BeNullOrEmpty
    }

    It '<Number>: <Title>' -ForEach $Examples {
        Test-Example $Page $_ $server (Join-Path $TestDrive "$Page $Number")
    }
}
