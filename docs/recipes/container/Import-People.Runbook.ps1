#Requires -Version 7.6

<#
.SYNOPSIS
    Imports people from a CSV file, as a runbook of Azure Automation on a hybrid worker.
.DESCRIPTION
    The address of the server is the Automation variable MailServer, and the API key the encrypted one MailApiKey. A run that did not do all of it is Failed.
.PARAMETER Path
    The CSV file, as the worker sees it.
#>
param(
    [Parameter(Mandatory)] [string] $Path
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

Import-Module MailAdmin
Connect-MailServer (Get-AutomationVariable -Name MailServer) -ApiKey (ConvertTo-SecureString (Get-AutomationVariable -Name MailApiKey) -AsPlainText -Force)
try {
    $results = @(Import-MailPrincipal $Path -NoPassword -ErrorAction Continue -ErrorVariable problems)
} finally {
    Disconnect-MailServer
}
$results | Group-Object Action -NoElement | Sort-Object Name | ForEach-Object { "$($_.Name): $($_.Count)" }
$bad = @($results | Where-Object Action -In Failed, Unknown, NotSent)
if ($results.Count -eq 0 -or $bad -or $problems) { throw "$($bad.Count) of $($results.Count) rows are not done." }
