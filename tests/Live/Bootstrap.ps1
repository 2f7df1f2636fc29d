#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Sets up a server of 0.16 that has been started for the first time, for tests/Live.
.DESCRIPTION
    Such a server begins in a mode in which it takes its names and its store, and nothing else: start it again afterwards. It needs
    STALWART_RECOVERY_ADMIN in its environment, the administrator of all modes. A server that is set up already is left as it is.
#>
[CmdletBinding()]
param(
    [uri] $Uri = 'http://127.0.0.1:18166',
    [string] $User = 'admin',
    [string] $Password = 'only-for-tests',
    [string] $HostName = 'mx.example.org',
    [string] $Domain = 'example.org'
)

$ErrorActionPreference = 'Stop'
$call = @{
    Authentication                 = 'Basic'
    AllowUnencryptedAuthentication = $true
    Credential                     = [pscredential]::new($User, (ConvertTo-SecureString $Password -AsPlainText -Force))
}
if ('sysBootstrapUpdate' -notin (Invoke-RestMethod ([uri]::new($Uri, '/api/account')) @call).permissions) {
    Write-Output "$Uri is set up already."
    return
}
# By default it would ask for a certificate and make keys. The folder is the one in which the image may write.
$setup = @{
    serverHostname        = $HostName
    defaultDomain         = $Domain
    requestTlsCertificate = $false
    generateDkimKeys      = $false
    dataStore             = @{ '@type' = 'RocksDb'; path = '/var/lib/stalwart/' }
    tracer                = @{ '@type' = 'Log'; path = '/var/lib/stalwart'; prefix = 'stalwart.log'; ansi = $false; enable = $true; level = 'info' }
}
$body = @{ using = @('urn:ietf:params:jmap:core', 'urn:stalwart:jmap'); methodCalls = @(, @('x:Bootstrap/set', @{ update = @{ singleton = $setup } }, '0')) }
$answer = Invoke-RestMethod ([uri]::new($Uri, '/jmap')) -Method Post -ContentType application/json -Body ($body | ConvertTo-Json -Depth 9) @call
$result = $answer.methodResponses[0][1]
# It goes on as before until it is started again, and then refuses a store that is not empty.
if ('dataStore' -in $result.notUpdated.singleton.properties) {
    Write-Output "$Uri refuses the store, which is not empty or cannot be written: if it was set up just now, start the server again."
    return
}
if (-not $result.updated.singleton) { throw "$Uri was not set up: $($answer | ConvertTo-Json -Depth 9 -Compress)" }
Write-Output "$Uri is set up: start the server again."
