#Requires -Version 7.6

<#
.SYNOPSIS
    A check for Nagios, Icinga and Zabbix: is the server reachable, does its queue move, and how long is its certificate valid?
.DESCRIPTION
    Prints one line with performance data. Exit codes: 0 OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN (it cannot be known, such as with a wrong API key).

    The server and the API key come from the environment: STALWART_URL, and STALWART_TOKEN_FILE or STALWART_TOKEN.
.PARAMETER QueueWarning
    WARNING with more messages than that in the queue.
.PARAMETER QueueCritical
    CRITICAL with more messages than that in the queue.
.PARAMETER AgeWarningHours
    WARNING if the oldest message has waited longer.
.PARAMETER AgeCriticalHours
    CRITICAL if the oldest message has waited longer.
.PARAMETER CertificateWarningDays
    WARNING if the certificate is valid for fewer days.
.PARAMETER CertificateCriticalDays
    CRITICAL if the certificate is valid for fewer days.
.PARAMETER CertificateThumbprint
    The SHA-256 fingerprint of a self-signed certificate, as for Connect-MailServer.
.PARAMETER TimeoutSeconds
    How long to wait for one answer. Keep it below the time that the monitoring waits for the check.
.PARAMETER AsJson
    Prints the values as JSON, for dependent items of Zabbix. The exit code is the same.
#>
[CmdletBinding()]
param(
    [ValidateRange(0, [int]::MaxValue)] [int] $QueueWarning = 100,
    [ValidateRange(0, [int]::MaxValue)] [int] $QueueCritical = 1000,
    [ValidateRange(0, 10000)] [double] $AgeWarningHours = 4,
    [ValidateRange(0, 10000)] [double] $AgeCriticalHours = 24,
    [ValidateRange(0, 3650)] [int] $CertificateWarningDays = 21,
    [ValidateRange(0, 3650)] [int] $CertificateCriticalDays = 7,
    [string] $CertificateThumbprint,
    [ValidateRange(1, 600)] [int] $TimeoutSeconds = 10,
    [switch] $AsJson
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$WarningPreference = $ProgressPreference = 'SilentlyContinue'
# A decimal point in every language: performance data are read by programs.
[cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture

$stateNames = 'OK', 'WARNING', 'CRITICAL', 'UNKNOWN'
$values = [ordered] @{ queue = $null; oldest_seconds = $null; running = $null; certificate_days = $null }
$findings = [Collections.Generic.List[object]]::new()

function Add-Finding([int] $State, [string] $Text) {
    $findings.Add([pscustomobject] @{ State = $State; Text = $Text })
}

# CRITICAL and WARNING are worse than UNKNOWN: what is known to be broken is said first.
function Get-WorstState {
    foreach ($state in 2, 1, 3) {
        if ($findings.State -contains $state) { return $state }
    }
    0
}

# When the certificate that the server shows ends, whoever has signed it.
function Get-CertificateEnd([uri] $Uri) {
    $client = [Net.Sockets.TcpClient]::new()
    try {
        if (-not $client.ConnectAsync($Uri.IdnHost, $Uri.Port).Wait([timespan]::FromSeconds($TimeoutSeconds))) { throw 'no answer' }
        $client.ReceiveTimeout = $client.SendTimeout = $TimeoutSeconds * 1000
        $tls = [Net.Security.SslStream]::new($client.GetStream(), $false, { $true })
        $tls.AuthenticateAsClient($Uri.IdnHost)
        [datetimeoffset] ([Security.Cryptography.X509Certificates.X509Certificate2] $tls.RemoteCertificate).NotAfter
    } finally {
        $client.Dispose()
    }
}

function Test-Certificate([uri] $Uri) {
    if ($Uri.Scheme -ne 'https') {
        Add-Finding 0 'no certificate (http)'
        return
    }
    try {
        $end = Get-CertificateEnd $Uri
    } catch {
        Add-Finding 3 "certificate not readable: $($_.Exception.GetBaseException().Message)"
        return
    }
    $days = [Math]::Floor(($end - [datetimeoffset]::UtcNow).TotalDays)
    $values.certificate_days = [int] $days
    $state = $days -lt $CertificateCriticalDays ? 2 : $days -lt $CertificateWarningDays ? 1 : 0
    Add-Finding $state ($days -lt 0 ? 'certificate expired' : "certificate valid for $days days")
}

function Test-Queue {
    $count = 0
    $oldest = $null
    Get-MailQueueMessage | ForEach-Object {
        $count++
        if ($null -eq $oldest -or $_.Created -lt $oldest) { $oldest = $_.Created }
    }
    $seconds = $null -eq $oldest ? 0 : [Math]::Max(0, [long] ([datetimeoffset]::UtcNow - $oldest).TotalSeconds)
    $values.queue = $count
    $values.oldest_seconds = $seconds
    Add-Finding ($count -gt $QueueCritical ? 2 : $count -gt $QueueWarning ? 1 : 0) "$count messages in the queue"
    if ($count -gt 0) {
        $hours = $seconds / 3600
        Add-Finding ($hours -gt $AgeCriticalHours ? 2 : $hours -gt $AgeWarningHours ? 1 : 0) ('oldest {0:0.0} hours' -f $hours)
    }
    # From 0.16 on the server does not tell it.
    if ((Get-MailConnection -Default).Family -eq 'Rest') {
        $values.running = [int] (Get-MailQueueStatus).Running
        if (-not $values.running) { Add-Finding 1 'the queue is stopped' }
    }
}

# What is wrong with the server itself. All else, such as a refused key, says nothing about the mail.
$outages = 'Unreachable', 'TimedOut', 'ServerError', 'CertificateInvalid'

try {
    Import-Module MailAdmin
    if (-not $env:STALWART_URL) { throw 'STALWART_URL is not set.' }
    Test-Certificate ([uri] ($env:STALWART_URL -match '://' ? $env:STALWART_URL : "https://$env:STALWART_URL"))
    # Connect-MailServer would ask for a login, on the line that the monitoring reads.
    if (-not ($env:STALWART_TOKEN -or $env:STALWART_TOKEN_FILE -or $env:STALWART_USER)) { throw 'Neither STALWART_TOKEN_FILE nor STALWART_TOKEN is set.' }
    $connect = @{ ConnectionTimeoutSeconds = $TimeoutSeconds; OperationTimeoutSeconds = $TimeoutSeconds; MaximumRetryCount = 0 }
    if ($CertificateThumbprint) { $connect.CertificateThumbprint = $CertificateThumbprint }
    Connect-MailServer @connect
    Test-Queue
} catch {
    $id = $_.FullyQualifiedErrorId.Split(',')[0]
    Add-Finding ($id -in $outages ? 2 : 3) "$_"
} finally {
    if (Get-Module MailAdmin) { Get-MailConnection | Disconnect-MailServer }
}

$state = Get-WorstState
if ($AsJson) {
    $values.state = $state
    $values.text = @($findings.Text)
    $values | ConvertTo-Json -Compress
} else {
    # The worst first. A bar would begin the performance data, a new line the long text.
    $sorted = $findings | Sort-Object { [array]::IndexOf((2, 1, 3, 0), $_.State) } -Stable
    $text = ($sorted | ForEach-Object { $_.Text.TrimEnd('.') }) -join ', ' -replace '\s+', ' ' -replace '\|', '/'
    $data = @(
        if ($null -ne $values.queue) { "queue=$($values.queue);$QueueWarning;$QueueCritical;0" }
        if ($null -ne $values.oldest_seconds) { "oldest=$($values.oldest_seconds)s;$($AgeWarningHours * 3600);$($AgeCriticalHours * 3600);0" }
        if ($null -ne $values.certificate_days) { "certificate=$($values.certificate_days);${CertificateWarningDays}:;${CertificateCriticalDays}:" }
    )
    "MAIL $($stateNames[$state]) - $text" + ($data ? " | $data" : '')
}
exit $state
