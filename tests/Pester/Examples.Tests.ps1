# Every example of every page of docs/en-US, and every command of the about topics, does what it says, on sandboxes of both families; what its title says
# to be for one of them is refused by the other. Those of one page alone:
# Invoke-Pester -Container (New-PesterContainer -Path tests/Pester/Examples.Tests.ps1 -Data @{ PageName = 'Get-MailTrace' }) -Output Detailed
param([string] $PageName = '*')

BeforeDiscovery {
    . "$PSScriptRoot/Examples/Invoke-Example.ps1"
    . "$PSScriptRoot/Families.ps1"
    # How a server is spoken to does not depend on the culture.
    if ($env:MAILADMIN_TEST_CULTURE) { $Families = $Families[0] }
    $pages = @(
        Get-ChildItem $PageFolder -Filter "$PageName.md" | ForEach-Object { @{ Page = $_.BaseName; Examples = @(Get-PageExample $_.FullName) } }
        Get-ChildItem $TopicFolder -Filter "$PageName.help.txt" | ForEach-Object { @{ Page = $_.Name -replace '\.help\.txt$'; Examples = @(Get-TopicExample $_.FullName) } }
    ) | Where-Object { $_.Examples } | ForEach-Object {
        $runs = foreach ($example in $_.Examples) {
            foreach ($one in $Families) { $example + @{ Family = $one.Family; Version = $one.Version; IsRefused = $example.Only -and $example.Only -ne $one.Family } }
        }
        @{ Page = $_.Page; Runs = @($runs) }
    }
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
    $servers = @{}
    $printed = @{}
}

AfterAll {
    $servers.Values | ForEach-Object { Stop-ExampleServer $_ }
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Examples of <Page>' -ForEach $pages {
    It 'are all that is prepared for' {
        (Get-PageSetup $Page).Keys | Where-Object { $_ -notin $Runs.Number } | Should -BeNullOrEmpty
    }

    It '<Number>, <Family>: <Title>' -ForEach $Runs {
        $servers[$Family] ??= Start-ExampleServer $Version
        $said = Test-Example $Page $_ $servers[$Family] (Join-Path $TestDrive "$Page $Number $Family") -Refused:$IsRefused
        if ($Only) { return }
        # What silently finds nobody on one of them prints nothing there.
        $other = $printed["$Page $Number"]
        if ($null -ne $other) { [bool] $said | Should -Be ([bool] $other) -Because "on the other family it printed: $other" }
        $printed["$Page $Number"] = $said
    }
}
