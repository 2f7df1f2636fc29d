# The module against a server that is named in the environment: every operation with its cmdlet, each effect verified beside the module.
# CONTRIBUTING.md says how to run it. What it makes is named mailadminlive…, and is gone when it ends.

$here = $PSScriptRoot
if (-not $env:MAILADMIN_LIVE_URL) {
    Write-Host 'MAILADMIN_LIVE_URL is not set: tests/Live is skipped.'
}
# What the server is administered with decides what is tested: Rest before 0.16, Jmap from then on.
$family = if ($env:MAILADMIN_LIVE_URL) {
    . (Join-Path $here Support Api.ps1)
    Get-LiveFamily
} else { 'Rest' }

Describe 'A live server' -Tag Live -Skip:(-not $env:MAILADMIN_LIVE_URL) -ForEach @{ Family = $family } {
    BeforeAll {
        # Answers of servers lack what is not set, whatever mode the caller is in.
        Set-StrictMode -Off
        # What the module reports and a test does not expect, fails the test.
        $ErrorActionPreference = 'Stop'
        foreach ($file in 'Api', 'Smtp', 'ReportMail', 'Ledger', 'Fixture', $Family, "$($Family)Operations", "$($Family)Fixture") { . (Join-Path $PSScriptRoot Support "$file.ps1") }
        Import-LiveModule
        $Live = New-Live
        Remove-LiveLeftover
        Add-LiveFixture
    }

    AfterAll {
        # Nothing was begun where the beginning itself failed.
        if (Get-Variable Live -ErrorAction Ignore) {
            try {
                Remove-LiveLeftover
            } finally {
                Write-LedgerTable
                Get-MailConnection | Where-Object Name -Like "$Prefix*" | Disconnect-MailServer
                $Live.Wire.Dispose()
                $Live.Client.Dispose()
            }
        }
    }

    $settings = $family -eq 'Rest' ? 'Settings' : 'Objects'
    foreach ($section in 'Connection', 'Principals', 'Account', 'Domain', $settings, 'Mail', 'Queue', 'Reports', 'Telemetry', 'Log', 'Spam', 'Troubleshooting', 'Store', 'Whole') {
        . (Join-Path $here Sections $family "$section.ps1")
    }
}
