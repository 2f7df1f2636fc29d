# The same in every culture, in real PowerShell. The runner runs all of tests/Pester in a culture: --culture th-TH.

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
    Connect-MailServer -Sandbox
    $asked = $env:MAILADMIN_TEST_CULTURE
}

AfterAll {
    Disconnect-MailServer
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'A run in a culture' -Skip:(-not $env:MAILADMIN_TEST_CULTURE) {
    It 'has that culture' {
        [cultureinfo]::CurrentCulture.Name | Should -Be $asked
    }

    It 'has it in other threads' {
        (1 | ForEach-Object -Parallel { [cultureinfo]::CurrentCulture.Name }) | Should -Be $asked
    }

    # On Windows a process takes its culture from the account.
    It 'has it in other processes' -Skip:$IsWindows {
        Invoke-FreshPowerShell -Script '[cultureinfo]::CurrentCulture.Name' | Should -Be $asked
    }
}

Describe 'In <_>' -ForEach @(if ($env:MAILADMIN_TEST_CULTURE) { $env:MAILADMIN_TEST_CULTURE } else { 'th-TH', 'fa-IR', 'ar-SA', 'tr-TR' }) {
    BeforeAll {
        $before = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = $_
        $at = [datetimeoffset]::new([datetime]::new(2199, 11, 30, 9, 0, 0))
    }

    AfterAll {
        [cultureinfo]::CurrentCulture = $before
    }

    It 'a time of a parameter is the one that was written' {
        [cultureinfo]::CurrentCulture.Name | Should -Be $_
        { Invoke-MailQueueReschedule -All -At '2021-11-30 09:00' -Force } | Should -Throw '*2021-11-30 09:00:00*'
        Get-MailQueueMessage -DueBefore '2199-11-30' | Should -HaveCount @(Get-MailQueueMessage).Count
        Get-MailQueueMessage -DueAfter '2199-11-30 09:00' | Should -BeNullOrEmpty
        Get-MailQueueMessage -DueAfter $at | Should -BeNullOrEmpty
    }

    It 'a row has times and numbers that an import reads' {
        $rows = @(
            [pscustomobject] @{ Name = 'expired'; Email = 'expired@example.org'; accountExpires = [datetime]::new(2020, 1, 2); Quota = 1.5GB }
            [pscustomobject] @{ Name = 'IRIS.ITI'; Email = 'IRIS.ITI@EXAMPLE.ORG'; accountExpires = $null; Quota = 2GB }
        )
        $plan = $rows | Import-MailPrincipal -WhatIf -NoPassword -ErrorAction SilentlyContinue -ErrorVariable problems
        "$problems" | Should -BeNullOrEmpty
        $plan.Action | Should -Be 'Create', 'Create'
        $plan[1].Identity | Should -BeExactly 'iris.iti'
    }

    It 'a pattern ignores case' {
        (Get-MailPrincipal 'JANE.DO?').Name | Should -Be 'jane.doe'
        (Get-MailPrincipal '*LIC*').Name | Should -Be (Get-MailPrincipal '*lic*').Name
    }

    It 'an export is the same text' {
        $file = Join-Path $TestDrive "$_.csv"
        $null = Export-MailPrincipal $file
        (Import-MailPrincipal $file -WhatIf).Action | Sort-Object -Unique | Should -Be 'Unchanged'
        $invariant = Join-Path $TestDrive 'invariant.csv'
        [cultureinfo]::CurrentCulture = ''
        try { $null = Export-MailPrincipal $invariant -Force } finally { [cultureinfo]::CurrentCulture = $_ }
        (Get-FileHash $file).Hash | Should -Be (Get-FileHash $invariant).Hash
    }
}
