#Requires -Version 7.6

<#
.SYNOPSIS
    Imports people from a CSV file without anybody present: a log, an exit code for the monitoring, and old logs removed.
.DESCRIPTION
    The server and the API key come from the environment: STALWART_URL, and STALWART_TOKEN_FILE or STALWART_TOKEN.

    Exit code 0: every row is on the server as the file says.
    Exit code 1: some rows failed. They are in failed-<time>.csv, in the folder of the log.
    Exit code 2: the import did not run to its end, or had no rows. The log says why.
.PARAMETER Path
    The CSV file.
.PARAMETER LogFolder
    Gets a log for each day, the failed rows, and the generated passwords. Only the account of this job should be able to read it.
.PARAMETER KeepDays
    Logs and failed rows that are older are removed. Files with passwords stay: they may be the only copy.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $LogFolder,
    [ValidateRange(1, 3650)] [int] $KeepDays = 30
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$exitCode = 2
# The log is read in files: no colours, no progress.
$PSStyle.OutputRendering = 'PlainText'
$ProgressPreference = 'SilentlyContinue'

try {
    $null = New-Item -ItemType Directory -Path $LogFolder -Force -WhatIf:$false
    $now = [datetime]::Now
    $day = $now.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
    $time = $now.ToString('yyyy-MM-dd-HHmmss', [cultureinfo]::InvariantCulture)
    $null = Start-Transcript -LiteralPath (Join-Path $LogFolder "import-$day.log") -Append -WhatIf:$false
} catch {
    # Without a log nothing is done.
    [Console]::Error.WriteLine("The log cannot be written: $_")
    exit 2
}

try {
    Import-Module MailAdmin
    Connect-MailServer
    $import = @{
        Path             = $Path
        GeneratePassword = $true
        CredentialPath     = Join-Path $LogFolder "passwords-$time.csv"
        FailedPath       = Join-Path $LogFolder "failed-$time.csv"
        # One wrong row stops no other. Each is in the results, which are shown.
        ErrorAction      = 'SilentlyContinue'
        ErrorVariable    = 'problems'
    }
    $results = @(Import-MailPrincipal @import)
    $failed = @($results | Where-Object Action -EQ Failed)
    # An error without a row is about a whole file.
    if (-not $failed) { $problems | ForEach-Object { "$_" } }
    $results | Where-Object Action -NE Unchanged | Format-Table Row, Action, Type, Identity, Details -Wrap | Out-String -Width 160
    $results | Group-Object Action -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name): $($_.Count)" }

    if ($results.Count -eq 0 -or ($problems -and -not $failed) -or @($results | Where-Object Action -In Unknown, NotSent)) {
        'The import did not run to its end. Run it again: what is done stays as it is.'
    } elseif ($failed) {
        $exitCode = 1
    } else {
        $exitCode = 0
    }
    Get-ChildItem -LiteralPath $LogFolder -File |
        Where-Object { $_.Name -match '^(import|failed)-\d{4}-\d\d-\d\d' -and $_.LastWriteTime -lt $now.AddDays(-$KeepDays) } |
        Remove-Item -WhatIf:$false
} catch {
    $exitCode = 2
    Write-Error -ErrorRecord $_ -ErrorAction Continue
} finally {
    if (Get-Module MailAdmin) { Get-MailConnection | Disconnect-MailServer }
    "Exit code $exitCode"
    $null = Stop-Transcript -WhatIf:$false
}
exit $exitCode
