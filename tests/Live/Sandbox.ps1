#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Runs tests/Live against the sandbox: each version in each edition, with mail in.
.DESCRIPTION
    Each run has a server and a PowerShell process of its own, and two run at once. The last line is the sum: live-sum PASSED FAILED SKIPPED.
    With -Report the tables by operation are written to that folder.
#>
[CmdletBinding()]
param(
    [string[]] $Version = @('0.11', '0.13', '0.15'),
    [string[]] $Edition = @('oss', 'community', 'enterprise'),
    [string] $Report
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot '..' Pester SandboxHost.ps1)
. (Join-Path $PSScriptRoot '..' Pester PesterRuns.ps1)

if ($Report) { $null = New-Item -ItemType Directory -Path $Report -Force }

function Start-Run([string] $OfVersion, [string] $OfEdition) {
    $server = Start-SandboxHost @('--edition', $OfEdition, '--server-version', $OfVersion, '--smtp', '--wedge-after', '4')
    $mail = $server.Process.StandardOutput.ReadLine() -replace '^.* '
    # The report of the sample organisation about the one domain that asks for reports: the suite touches only what it made itself.
    $null = Invoke-RestMethod ([uri]::new($server.Uri, '/api/queue/reports?domain=sender.test')) -Method Delete -Authentication Basic -AllowUnencryptedAuthentication -Credential $server.Credential
    $variables = @{
        MAILADMIN_LIVE_URL             = "$($server.Uri)"
        MAILADMIN_LIVE_USER            = $server.Credential.UserName
        MAILADMIN_LIVE_PASSWORD        = $server.Credential.GetNetworkCredential().Password
        MAILADMIN_LIVE_SMTP            = $mail
        MAILADMIN_LIVE_WHOLE_SERVER    = '1'
        MAILADMIN_LIVE_DELETED_ACCOUNT = 'jane.doe'
        MAILADMIN_LIVE_REPORT          = $Report ? (Join-Path (Resolve-Path $Report) "$OfVersion-$OfEdition.md") : ''
    }
    @{ Name = "$OfVersion $OfEdition"; Server = $server; Process = Start-PesterProcess -Path $PSScriptRoot -Variable $variables }
}

$each = foreach ($one in $Version) { foreach ($kind in $Edition) { @{ OfVersion = $one; OfEdition = $kind } } }
Invoke-PesterRun -Item $each -Title Live -SumName live-sum -Start {
    param($run)
    Start-Run @run
} -Stop {
    param($run)
    Stop-SandboxHost $run.Server
}
