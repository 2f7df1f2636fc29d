<#
    Mail that does not arrive, on the embedded sandbox: what waits and where it would get stuck, what became of a message, whether a host may
    send for a domain, what the spam filter thinks, and what the server does and logs at the same time.

    Runs in PowerShell 7.6, installed (./samples/Quickstart/troubleshooting.ps1, after a build) or not (dotnet run --project samples/Quickstart -- troubleshooting.ps1).

    It checks what it shows, and fails unless all of it happened.
#>
[CmdletBinding()]
param(
    # The version of the server, such as 0.16, which is administered in another way: the cmdlets are the same.
    [string] $ServerVersion = '0.11'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Write-Heading([string] $Text) {
    '', $Text, ('-' * $Text.Length) | Out-Host
}

function Assert-That([bool] $Condition, [string] $Claim) {
    if (-not $Condition) {
        throw "The sample failed: $Claim - but it is not so."
    }
    "  ok  $Claim" | Out-Host
}

$spam = @'
From: Lucky Winner <winner@spoofer.test>
To: jane.doe@example.org
Subject: Claim your prize now
Message-ID: <prize@spoofer.test>

You have won a prize! Click here to claim your free money, no risk, limited offer, buy cheap pills now.
'@

$ham = @'
From: Service <service@example.com>
To: jane.doe@example.org
Subject: Minutes of the meeting
Message-ID: <minutes@example.com>

Dear Jane, here are the minutes of the project meeting. The budget for the next quarter is agreed, and the report follows on Monday.
'@

if (-not (Get-Module -Name MailAdmin)) {
    Import-Module -Name ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'MailAdmin'))
}

try {
    Connect-MailServer -Sandbox -ServerVersion $ServerVersion -Name troubleshooter

    Write-Heading 'A delivery that gets stuck, step by step'
    $stages = @(Test-MailDelivery archive@oldfirm.example)
    $stages | Out-Host
    Assert-That ("$($stages[-1].Outcome)" -eq 'Failed' -and $stages[-1].Reason -like '*mx.oldfirm.example*') 'the verdict names the host that does not answer'

    Write-Heading 'Delivery to a customer works'
    $summary = Test-MailDelivery info@customers.example -Summary
    $summary | Out-Host
    Assert-That ($summary.Success -and $summary.MtaSts) "a host takes the mail, under the policy '$($summary.MtaSts)'"

    Write-Heading 'What became of a message'
    $trace = @(Get-MailTrace -First 1)[0]
    $events = @($trace | Get-MailTraceEvent)
    $events | Out-Host
    Assert-That ($events.Count -gt 1) "$($events.Count) events in trace $($trace.SpanId)"

    Write-Heading 'May this host send for that domain?'
    $dmarc = Test-MailDmarc -From news@example.org -EhloDomain mx.example.org -RemoteIp 203.0.113.10
    $dmarc | Out-Host
    Assert-That $dmarc.Pass 'the own host passes'
    Assert-That (-not (Test-MailDmarc -From news@example.org -EhloDomain mx.example.org -RemoteIp 203.0.113.99 -Quiet)) 'a stranger does not'

    Write-Heading 'What the spam filter thinks'
    Invoke-MailSpamTraining -Message $spam -Class Spam -WhatIf
    if ((Get-MailConnection -Default).Family -eq 'Jmap') {
        # The scores of such a server come from the internet, which the sandbox has no way to.
        New-MailObject SpamTag -Property @{ '@type' = 'Score'; tag = 'FROM_INVALID'; score = 2 } -Confirm:$false
    }
    $scores = foreach ($message in $spam, $ham) { Test-MailSpam -Message $message -RemoteIp 198.51.100.11 -EhloDomain mx.example.com }
    $scores | Out-Host
    Assert-That ($scores[0].Score -gt $scores[1].Score) 'the prize scores higher than the minutes'

    Write-Heading 'What the server does at this moment'
    $seen = @(Watch-MailTrace -MaxEvents 4 -TimeoutSeconds 60)
    $seen | Out-Host
    Assert-That ($seen.Count -eq 4) 'events came while they happened'
    $metrics = @(Watch-MailMetric queue.count, user.count -MaxEvents 2)
    $metrics | Out-Host
    Assert-That ($metrics.Count -eq 2) 'so did measurements'

    Write-Heading 'What it wrote into its log'
    $log = @(Get-MailServerLog -First 5)
    $log | Out-Host
    Assert-That ($log.Count -eq 5 -and $log[0].Timestamp -ge $log[4].Timestamp) 'the newest comes first'

    Write-Heading 'Deleted mail comes back'
    $deleted = @(Get-MailDeletedItem jane.doe)
    # From 0.16 on the server restores in the background.
    $wait = if ((Get-MailConnection -Default).Family -eq 'Jmap') { @{ Wait = $true } } else { @{} }
    $restored = @($deleted | Restore-MailDeletedItem @wait -Confirm:$false)
    $restored | Out-Host
    Assert-That ($restored.Count -eq $deleted.Count -and @(Get-MailDeletedItem jane.doe).Count -eq 0) "all $($deleted.Count) messages are in the Inbox again"

    '', 'All of it happened.' | Out-Host
}
finally {
    if (Get-MailConnection | & { process { if ($_.Name -eq 'troubleshooter') { $_ } } }) {
        Disconnect-MailServer -Connection troubleshooter
    }
}
