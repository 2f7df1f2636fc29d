# Get-Help and Get-Command answer for every cmdlet.

BeforeDiscovery {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    $cmdlets = (Import-PowerShellDataFile (Get-ChildItem $ModuleFolder -Filter MailAdmin.psd1 -Recurse | Select-Object -First 1)).CmdletsToExport |
        ForEach-Object { @{ Name = $_ } }
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
}

AfterAll {
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Help of <Name>' -ForEach $cmdlets {
    It 'shows the syntax' {
        (Get-Help $Name | Out-String) | Should -BeLike "*$Name*"
        (Get-Command $Name -Syntax) | Should -BeLike "*$Name*"
    }
}

Describe 'The manifest' {
    It 'is valid and exports cmdlets alone' {
        $module = Test-ModuleManifest (Get-ChildItem $ModuleFolder -Filter MailAdmin.psd1 -Recurse | Select-Object -First 1) -ErrorAction Stop
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
        $module.PowerShellVersion | Should -Be '7.6'
    }

    It 'imports without a warning' {
        Import-Module $ModuleFolder -Force -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeNullOrEmpty
    }
}
