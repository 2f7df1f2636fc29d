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
    BeforeAll {
        $help = Get-Help $Name -Full
    }

    It 'says what it does' {
        $help.Synopsis | Should -Match '\.$'
        ($help.description.Text -join ' ') | Should -Not -BeNullOrEmpty
    }

    It 'explains every parameter' {
        # What is hidden at the prompt has no help.
        $own = (Get-Command $Name).Parameters.Values | Where-Object { $_.Name -notin [Management.Automation.Cmdlet]::CommonParameters -and $_.Attributes.DontShow -notcontains $true } | ForEach-Object Name
        $explained = @($help.parameters.parameter | Where-Object { $_.description.Text })
        $explained.name | Sort-Object | Should -Be ($own | Sort-Object)
    }

    It 'opens its page with -Online' {
        $help.relatedLinks.navigationLink[0].uri | Should -BeLike "https://*/docs/en-US/$Name.md"
    }
}

Describe 'Get-Help -Examples' {
    It 'shows the command as it is typed' {
        Get-Help Connect-MailServer -Examples | Out-String -Width 120 | Should -Match '(?s)Example 1: .*\n +Connect-MailServer -Sandbox'
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
