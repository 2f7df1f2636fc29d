<#
    An operator's morning on the embedded sandbox: a queue that does not move, a DKIM key, a setting, last night's DMARC reports.

    Runs in PowerShell 7.6, installed (./samples/Quickstart/operator.ps1, after a build) or not (dotnet run --project samples/Quickstart -- operator.ps1).

    It checks what it shows, and fails unless all of it happened.
#>
[CmdletBinding()]
param(
    # The version of the server, such as 0.16, which is administered in another way: the cmdlets are the same, but that settings are objects there.
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

# How many recipients wait for each domain, and why.
function Get-WaitingDomain([object[]] $Message) {
    $domains = [ordered]@{}
    foreach ($recipient in $Message.Recipient) {
        if ("$($recipient.Status)" -ne 'TemporaryFailure') { continue }
        if (-not $domains.Contains($recipient.Domain)) {
            $domains[$recipient.Domain] = [pscustomobject]@{ Domain = $recipient.Domain; Waiting = 0; Reply = $recipient.Reply }
        }
        $domains[$recipient.Domain].Waiting++
    }
    $domains.Values
}

if (-not (Get-Module -Name MailAdmin)) {
    Import-Module -Name ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'MailAdmin'))
}

try {
    Connect-MailServer -Sandbox -ServerVersion $ServerVersion -Name operator

    Write-Heading 'The queue: what is stuck, and why'
    $queue = @(Get-MailQueueMessage)
    $queue | Out-Host
    $waiting = @(Get-WaitingDomain $queue)
    $waiting | Out-Host
    Assert-That ($waiting.Count -ge 2) "mail for $($waiting.Count) domains waits for another attempt"

    Write-Heading "Try everything for $($waiting[0].Domain) in ten minutes"
    $at = [DateTimeOffset]::UtcNow.AddMinutes(10)
    $stuck = @(Get-MailQueueMessage -To $waiting[0].Domain)
    $moved = @($stuck | Invoke-MailQueueReschedule -At $at -Domain $waiting[0].Domain -PassThru -Confirm:$false)
    $moved | Out-Host
    $late = foreach ($message in $moved) {
        foreach ($recipient in $message.Recipient) {
            if ($recipient.Domain -eq $waiting[0].Domain -and [Math]::Abs(($recipient.NextRetry - $at).TotalSeconds) -gt 2) { $recipient }
        }
    }
    Assert-That ($moved.Count -eq $stuck.Count -and -not $late) "the next attempt of all $($moved.Count) messages is at $($at.ToString('HH:mm')) UTC"

    Write-Heading 'One message is not wanted any more'
    $unwanted = $queue[0]
    Remove-MailQueueMessage $unwanted -WhatIf
    Assert-That (@(Get-MailQueueMessage).Count -eq $queue.Count) '-WhatIf cancels nothing'
    Remove-MailQueueMessage $unwanted -Force
    Assert-That (@(Get-MailQueueMessage).Count -eq $queue.Count - 1) "message $($unwanted.Id) to $($unwanted.Recipient) is gone"

    Write-Heading 'A DKIM key for example.net, and what to publish'
    $signature = New-MailDkimSignature example.net -Algorithm Ed25519 -Selector autumn -Confirm:$false
    $signature | Out-Host
    "$($signature.DnsRecord.Name) $($signature.DnsRecord.Type) $($signature.DnsRecord.Content)" | Out-Host
    Get-MailDnsRecord example.net -AsZone | Out-Host
    Assert-That ((Get-MailDnsRecord example.net -AsZone) -match 'autumn\._domainkey') 'the zone of example.net has the new key'

    Write-Heading 'A setting: changed, validated by a dry run, applied'
    if ((Get-MailConnection -Default).Family -eq 'Jmap') {
        Set-MailObject MtaStageRcpt -Property @{ maxRecipients = '50' } -WhatIf
        # It is validated when it is written, and the reload follows.
        $setting = Set-MailObject MtaStageRcpt -Property @{ maxRecipients = '50' } -PassThru -Confirm:$false
        $setting | Out-Host
        $value = $setting.maxRecipients.else
    } else {
        Set-MailSetting session.rcpt.max-recipients 50 -Confirm:$false
        Assert-That (Test-MailSetting -Quiet) 'the dry run finds no error'
        Invoke-MailSettingReload -Confirm:$false | Out-Host
        Get-MailSetting session.rcpt.max-recipients | Out-Host
        $value = (Get-MailSetting session.rcpt.max-recipients).Value
    }
    Assert-That ($value -eq '50') 'the new value is in force'

    Write-Heading 'DMARC reports: who sends in our name'
    $sources = [ordered]@{}
    foreach ($report in Get-MailDmarcReport) {
        foreach ($record in $report.Record) {
            if (-not $sources.Contains($record.SourceIp)) {
                $sources[$record.SourceIp] = [pscustomobject]@{ SourceIp = $record.SourceIp; Messages = 0; Failed = 0 }
            }
            $sources[$record.SourceIp].Messages += $record.MessageCount
            if (-not $record.Passed) { $sources[$record.SourceIp].Failed += $record.MessageCount }
        }
    }
    $sources.Values | Out-Host
    $failing = @($sources.Values.Where{ $_.Failed -gt 0 })
    Assert-That ($failing.Count -gt 0) "$($failing.Count) of $($sources.Count) sources sent mail that fails DMARC"

    '', 'All of it happened.' | Out-Host
}
finally {
    if (Get-MailConnection | & { process { if ($_.Name -eq 'operator') { $_ } } }) {
        Disconnect-MailServer -Connection operator
    }
}
