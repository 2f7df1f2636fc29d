#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Runs tests/Live against the sandbox: each version in each edition, with mail in.
.DESCRIPTION
    From 0.16 on only the enterprise edition, unless -Edition says otherwise: it has all that the others have, and what they lack is refused in tests/MailAdmin.Tests too.
    Each run has a server and a PowerShell process of its own, and two run at once. The last line is the sum: live-sum PASSED FAILED SKIPPED.
    With -Report the tables by operation are written to that folder.
#>
[CmdletBinding()]
param(
    [string[]] $Version = @('0.11', '0.13', '0.15', '0.16'),
    [string[]] $Edition = @('oss', 'community', 'enterprise'),
    [string] $Report
)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot '..' Pester SandboxHost.ps1)
. (Join-Path $PSScriptRoot '..' Pester ModuleUnderTest.ps1)

$pester = Join-Path $PSScriptRoot '..' '..' output Pester
if (-not (Test-Path $pester)) { throw 'Pester is not in output/Pester: run dotnet build first.' }
if ($Report) { $null = New-Item -ItemType Directory -Path $Report -Force }

# What waits for the one domain of the sample organisation that asks for reports.
function Remove-SampleReport($Server, [string] $OfVersion) {
    $call = @{ Authentication = 'Basic'; AllowUnencryptedAuthentication = $true; Credential = $Server.Credential }
    if ([version] $OfVersion -lt [version] '0.16') {
        $null = Invoke-RestMethod ([uri]::new($Server.Uri, '/api/queue/reports?domain=sender.test')) -Method Delete @call
        return
    }
    $methods = foreach ($type in 'DmarcInternalReport', 'TlsInternalReport') {
        , @("x:$type/query", @{ filter = @{ domain = 'sender.test' } }, "find$type")
        , @("x:$type/set", @{ '#destroy' = @{ resultOf = "find$type"; name = "x:$type/query"; path = '/ids' } }, "remove$type")
    }
    $body = @{ using = @('urn:ietf:params:jmap:core', 'urn:stalwart:jmap'); methodCalls = $methods } | ConvertTo-Json -Depth 9
    $answer = Invoke-RestMethod ([uri]::new($Server.Uri, '/jmap')) -Method Post -Body $body -ContentType application/json @call
    if ($answer.methodResponses.ForEach{ $_[0] } -eq 'error') { throw "The reports of the sample organisation could not be removed: $($answer | ConvertTo-Json -Depth 9)" }
}

# Starts the suite on a server of its own.
function Start-Run([string] $OfVersion, [string] $OfEdition) {
    $server = Start-SandboxHost @('--edition', $OfEdition, '--server-version', $OfVersion, '--smtp', '--wedge-after', '4')
    $mail = $server.Process.StandardOutput.ReadLine() -replace '^.* '
    # The report of the sample organisation about the one domain that asks for reports: the suite touches only what it made itself.
    Remove-SampleReport $server $OfVersion
    $start = Get-ThisPowerShell -NoProfile -NonInteractive -Command @'
Import-Module $env:MAILADMIN_TEST_PESTER
$run = Invoke-Pester -Path $env:MAILADMIN_TEST_PATH -Output Normal -PassThru
"run-sum $($run.PassedCount) $($run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount) $($run.SkippedCount + $run.NotRunCount)"
'@
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $variables = @{
        NO_COLOR                       = '1'
        MAILADMIN_TEST_PESTER          = $pester
        MAILADMIN_TEST_PATH            = $PSScriptRoot
        MAILADMIN_LIVE_URL             = "$($server.Uri)"
        MAILADMIN_LIVE_USER            = $server.Credential.UserName
        MAILADMIN_LIVE_PASSWORD        = $server.Credential.GetNetworkCredential().Password
        MAILADMIN_LIVE_SMTP            = $mail
        MAILADMIN_LIVE_WHOLE_SERVER    = '1'
        MAILADMIN_LIVE_DELETED_ACCOUNT = [version] $OfVersion -lt [version] '0.16' ? 'jane.doe' : 'jane.doe@example.org'
        MAILADMIN_LIVE_REPORT          = $Report ? (Join-Path (Resolve-Path $Report) "$OfVersion-$OfEdition.md") : ''
    }
    foreach ($name in $variables.Keys) { $start.Environment[$name] = $variables[$name] }
    $process = [Diagnostics.Process]::Start($start)
    [pscustomobject] @{
        Name    = "$OfVersion $OfEdition"
        Server  = $server
        Process = $process
        Output  = $process.StandardOutput.ReadToEndAsync()
        Problem = $process.StandardError.ReadToEndAsync()
        Watch   = [Diagnostics.Stopwatch]::StartNew()
    }
}

$waiting = [Collections.Generic.Queue[object]]::new()
foreach ($one in $Version) {
    $kinds = $one -eq '0.16' -and -not $PSBoundParameters.ContainsKey('Edition') ? 'enterprise' : $Edition
    foreach ($kind in $kinds) { $waiting.Enqueue(@{ OfVersion = $one; OfEdition = $kind }) }
}
$running = [Collections.Generic.List[object]]::new()
$passed = $failed = $skipped = 0
try {
    while ($waiting.Count -or $running.Count) {
        while ($waiting.Count -and $running.Count -lt 2) {
            $next = $waiting.Dequeue()
            $running.Add((Start-Run @next))
        }
        $run = $running[[Threading.Tasks.Task]::WaitAny([Threading.Tasks.Task[]] @($running.Output))]
        $run.Process.WaitForExit()
        $output = $run.Output.Result
        Write-Output "== Live, $($run.Name), $([int] $run.Watch.Elapsed.TotalSeconds) s" ($output.TrimEnd()) $run.Problem.Result
        if ($output -match 'run-sum (\d+) (\d+) (\d+)') {
            $passed += [int] $Matches[1]; $failed += [int] $Matches[2]; $skipped += [int] $Matches[3]
        } else {
            Write-Output "Live, $($run.Name), ended without a sum."
            $failed++
        }
        $null = $running.Remove($run)
        Stop-SandboxHost $run.Server
    }
} finally {
    foreach ($run in $running) {
        if (-not $run.Process.HasExited) { $run.Process.Kill($true) }
        Stop-SandboxHost $run.Server
    }
}
"live-sum $passed $failed $skipped"
