# Every example of every page of docs/en-US does what it says, on the sandbox. Those of one page alone:
# Invoke-Pester -Container (New-PesterContainer -Path tests/Pester/Examples.Tests.ps1 -Data @{ PageName = 'Get-MailTrace' }) -Output Detailed
param([string] $PageName = '*-*')

BeforeDiscovery {
    . "$PSScriptRoot/Examples/Invoke-Example.ps1"
    $pages = Get-ChildItem $PageFolder -Filter "$PageName.md" | ForEach-Object { @{ Page = $_.BaseName; Examples = @(Get-PageExample $_.FullName) } } | Where-Object { $_.Examples }
    $setups = Get-ChildItem "$PSScriptRoot/Examples" -Filter "$PageName.ps1" -Exclude Invoke-Example.ps1 | ForEach-Object { @{ Page = $_.BaseName; Setup = & $_.FullName } }
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    . "$PSScriptRoot/SandboxHost.ps1"
    . "$PSScriptRoot/Examples/Invoke-Example.ps1"
    $ModuleManifest = Get-ChildItem $ModuleFolder -Filter MailAdmin.psd1 -Recurse | Select-Object -First 1 -ExpandProperty FullName
    Import-Module $ModuleManifest -Force
    Add-Type -Path (Join-Path $PSScriptRoot 'Examples' 'ExampleHost.cs'), (Join-Path $PSScriptRoot 'Examples' 'TlsRelay.cs') -IgnoreWarnings -WarningAction Ignore
    $server = Start-ExampleServer
}

AfterAll {
    Stop-ExampleServer $server
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Examples of <Page>' -ForEach $pages {
    It '<Number>: <Title>' -ForEach $Examples {
        Test-Example $Page $_ $server (Join-Path $TestDrive "$Page $Number")
    }
}

Describe 'What <Page> needs' -ForEach $setups {
    It 'is for examples that it has' {
        $numbers = @(Get-PageExample (Join-Path $PageFolder "$Page.md")) | ForEach-Object { $_.Number }
        $Setup.Keys | Should -BeIn $numbers
    }
}
