#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Runs tests/Pester in the culture of this machine and in others: other calendars, other digits, the I of Turkey.
.DESCRIPTION
    Each run has a PowerShell process of its own, and two run at once. The last line is the sum: pester-sum PASSED FAILED SKIPPED.
    A PowerShell in globalization-invariant mode knows no culture: then the others are left out, and counted as skipped.
.EXAMPLE
    ./tests/Pester/Cultures.ps1 th-TH
    Runs them in one culture.
#>
[CmdletBinding()]
param(
    # 'current' is that of this machine.
    [Parameter(Position = 0)]
    [string[]] $Culture = @('current', 'th-TH', 'fa-IR', 'ar-SA', 'tr-TR')
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot PesterRuns.ps1)

# What a culture without its data does not know.
function Test-CultureData {
    try {
        [datetime]::new(2026, 1, 1).ToString('yyyy', [cultureinfo]::GetCultureInfo('th-TH')) -eq '2569'
    } catch [Globalization.CultureNotFoundException] {
        $false
    }
}

$leftOut = @()
if (-not (Test-CultureData)) {
    $leftOut = @($Culture -ne 'current')
    $Culture = @($Culture -eq 'current')
    Write-Output "== This PowerShell is in globalization-invariant mode (no ICU, or DOTNET_SYSTEM_GLOBALIZATION_INVARIANT is set): left out are $leftOut."
}

$sum = 'pester-sum 0 0 0'
if ($Culture) {
    Invoke-PesterRun -Item $Culture -Title Pester -SumName pester-sum -Start {
        param($name)
        @{ Name = "culture $name"; Process = Start-PesterProcess -Path $PSScriptRoot -Culture ($name -eq 'current' ? '' : $name) }
    } | ForEach-Object {
        if ($_ -like 'pester-sum *') { $sum = $_ } else { $_ }
    }
}
$null, $passed, $failed, $skipped = -split $sum
"pester-sum $passed $failed $([int] $skipped + $leftOut.Count)"
