# How principals look in real PowerShell.

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
    Connect-MailServer -Sandbox
}

AfterAll {
    Disconnect-MailServer
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Principals' {
    It 'show whole sizes in a window of 80 columns' {
        $small = Get-MailPrincipal -Type Individual | Where-Object { $_.UsedBytes -gt 99 -and $_.UsedBytes -lt 1000 } | Select-Object -First 1
        $small | Should -Not -BeNullOrEmpty
        $shown = $small | Out-String -Width 80
        $shown | Should -Match " $($small.UsedBytes) bytes"
        ($shown -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
