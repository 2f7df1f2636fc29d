#Requires -Version 7.6
#Requires -Modules MailAdmin, Posh-ACME

<#
.SYNOPSIS
    Publishes the TXT records of a mail domain (SPF, DKIM, DMARC, MTA-STS, TLS reports) with a DNS plugin of Posh-ACME.
.DESCRIPTION
    Connect first. The script asks the server which records the domain needs, and publishes the TXT records that it has not published yet. A value
    that it published itself and that has another value now is removed, since two SPF or DMARC records are an error to other servers. Names
    that the server no longer wants stay in DNS and are shown as Unneeded: the key of an old DKIM signature is still needed while signed
    mail is on its way.
.PARAMETER Domain
    The mail domain.
.PARAMETER Plugin
    The name of the plugin: Get-PAPlugin lists them.
.PARAMETER PluginArgs
    What the plugin needs, as for New-PACertificate: Get-PAPlugin <plugin> -Params.
.PARAMETER StatePath
    A JSON file that remembers what was published. It holds no secret.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory)] [string] $Domain,
    [Parameter(Mandatory)] [string] $Plugin,
    [hashtable] $PluginArgs = @{},
    [Parameter(Mandatory)] [string] $StatePath
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

# Plugins call functions of their module, so they run inside it. Publish-Challenge does the same, but only with values for ACME.
function Invoke-DnsPlugin([scriptblock] $Script, [object[]] $ArgumentList) {
    & $module $Script $pluginFile $PluginArgs $ArgumentList
}

function Set-TxtRecord([string] $Action, $Record) {
    if (-not $PSCmdlet.ShouldProcess("$($Record.Name) TXT $($Record.Content)", "$Action with $Plugin")) { return $false }
    Invoke-DnsPlugin -ArgumentList $Action, $Record.Name, $Record.Content -Script {
        param($file, $pluginArgs, $arguments)
        . $file
        $null = & "$($arguments[0])-DnsTxt" -RecordName $arguments[1] -TxtValue $arguments[2] @pluginArgs
    }
    $true
}

$module = Get-Module Posh-ACME | Select-Object -First 1
$pluginFile = Join-Path $module.ModuleBase Plugins "$Plugin.ps1"
if (-not (Test-Path -LiteralPath $pluginFile)) { throw "Posh-ACME has no plugin '$Plugin'. Get-PAPlugin lists them." }
$known = @(if (Test-Path -LiteralPath $StatePath) { Get-Content -LiteralPath $StatePath -Raw | ConvertFrom-Json })
$wanted = @(Get-MailDnsRecord $Domain | Where-Object Type -EQ TXT)
if (-not $wanted) { throw "The server names no TXT record for '$Domain'." }
$outside = @($wanted | Where-Object { $null -eq $_.RelativeName })
if ($outside) { throw "The record '$($outside[0].Name)' is not in the zone '$($outside[0].Zone)'." }
$wanted = @($wanted | ForEach-Object { [pscustomobject] @{ Zone = $_.Zone; RelativeName = $_.RelativeName; Name = $_.Name.TrimEnd('.'); Content = $_.Content } })
$kept = [Collections.Generic.List[object]]::new([object[]] @($known | Where-Object { $_.Zone -notin $wanted.Zone }))
$changed = $false

foreach ($old in $known | Where-Object { $_.Zone -in $wanted.Zone }) {
    $same = @($wanted | Where-Object Name -EQ $old.Name)
    $action = if (@($same | Where-Object Content -CEQ $old.Content)) { 'Unchanged' } elseif ($same) { 'Removed' } else { 'Unneeded' }
    if ($action -ne 'Removed') {
        $kept.Add($old)
    } elseif (Set-TxtRecord Remove $old) {
        $changed = $true
    } else {
        continue
    }
    [pscustomobject] @{ Action = $action; Zone = $old.Zone; RelativeName = $old.RelativeName; Content = $old.Content }
}
foreach ($record in $wanted) {
    if (@($kept | Where-Object { $_.Name -eq $record.Name -and $_.Content -ceq $record.Content })) { continue }
    if (Set-TxtRecord Add $record) {
        $kept.Add($record)
        $changed = $true
        [pscustomobject] @{ Action = 'Added'; Zone = $record.Zone; RelativeName = $record.RelativeName; Content = $record.Content }
    }
}
if ($changed) {
    # Some providers publish what was added only now.
    Invoke-DnsPlugin -Script {
        param($file, $pluginArgs)
        . $file
        $null = Save-DnsTxt @pluginArgs
    }
    ConvertTo-Json @($kept) | Set-Content -LiteralPath $StatePath
}
