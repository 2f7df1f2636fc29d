#Requires -Version 7.6
#Requires -Modules MailAdmin

<#
.SYNOPSIS
    Keeps mail accounts as a directory has its users: joiners are created, changes are made, leavers are disabled. Nothing is deleted.
.DESCRIPTION
    Connect first. Pipe all users that should have mail, each with the properties that Import-MailPrincipal reads: SamAccountName (or -NameFrom), DisplayName,
    Mail, ProxyAddresses, Enabled or AccountEnabled.

    Accounts that come from the directory are members of a group on the server, -Group. Only these can be disabled: other accounts are never touched
    as leavers. A user who is disabled in the directory is a leaver too, and one who comes back is enabled again.

    Nothing is done when there are no users, and nobody is disabled when a user has no login, or when more accounts than -MaximumDisabled would be
    disabled: most often the query of the directory is wrong then.
.PARAMETER User
    The users, from Get-ADUser, Get-MgUser or a file.
.PARAMETER NameFrom
    Where the login comes from when no property holds it: the whole address, or what is before the @.
.PARAMETER Group
    The group that marks accounts of the directory. It is made when it is missing.
.PARAMETER MaximumDisabled
    Nobody is disabled when more accounts than that would be disabled at once.
.PARAMETER CredentialPath
    A new file for generated passwords of new accounts. Without it they have no password, for servers where people sign in another way.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, ValueFromPipeline)] [psobject] $User,
    [ValidateSet('Email', 'LocalPart')] [string] $NameFrom,
    [string] $Group = 'directory-accounts',
    [ValidateRange(0, [int]::MaxValue)] [int] $MaximumDisabled = 10,
    [string] $CredentialPath
)

begin {
    Set-StrictMode -Version 3
    $ErrorActionPreference = 'Stop'
    $users = [Collections.Generic.List[psobject]]::new()

    function Test-Enabled([psobject] $User) {
        foreach ($name in 'Enabled', 'AccountEnabled') {
            $property = $User.PSObject.Properties[$name]
            if ($property -and $null -ne $property.Value) { return [bool] $property.Value }
        }
        throw "The user '$User' has neither Enabled nor AccountEnabled. Ask the directory for it."
    }
}

process {
    $users.Add($User)
}

end {
    $active = @($users | Where-Object { Test-Enabled $_ })
    if ($active.Count -eq 0) { throw 'The directory returned no enabled user. Nothing was done.' }

    $import = @{ WarningAction = 'SilentlyContinue' }
    if ($NameFrom) { $import.NameFrom = $NameFrom }
    if ($CredentialPath) {
        $import.GeneratePassword = $true
        $import.CredentialPath = $CredentialPath
    } else {
        $import.NoPassword = $true
    }

    # One failure stops no other: a row that failed is an error and a result.
    $results = @($active | Import-MailPrincipal @import -ErrorAction Continue)
    $results | Where-Object Action -NE Unchanged | Select-Object @{ Name = 'Name'; Expression = 'Identity' }, Action, Details

    # A user without a login could be anybody: then nobody is taken for a leaver.
    $present = @($results | Where-Object Identity | ForEach-Object { $_.Identity })
    if ($present.Count -lt $active.Count) { throw "$($active.Count - $present.Count) of $($active.Count) users have no usable login. No account was disabled." }

    $marker = Get-MailPrincipal -Type Group | Where-Object Name -EQ $Group
    $members = @(if ($marker) { (Get-MailPrincipal $Group).Member })
    $leavers = @($members | Where-Object { $_ -notin $present } | Get-MailPrincipal | Where-Object { $_.Type -eq 'Individual' -and $_.Enabled })
    if ($leavers.Count -gt $MaximumDisabled) {
        throw "$($leavers.Count) accounts would be disabled, and -MaximumDisabled is $MaximumDisabled. No account was disabled. If this is right, run it with -MaximumDisabled $($leavers.Count)."
    }
    $undone = @($results | Where-Object Action -In Failed, Unknown, NotSent).Count
    foreach ($leaver in $leavers) {
        Disable-MailPrincipal $leaver -ErrorAction Continue -ErrorVariable problem
        if ($problem) { $undone++ }
        $action = $problem ? 'Failed' : $WhatIfPreference ? 'Disable' : 'Disabled'
        [pscustomobject] @{ Name = $leaver.Name; Action = $action; Details = $problem ? "$($problem[0])" : 'not in the directory, or disabled there' }
    }

    $new = @($results | Where-Object { $_.Action -in 'Created', 'Updated', 'Unchanged' -and $_.Identity -notin $members } | ForEach-Object { $_.Identity })
    if ($new -and -not $WhatIfPreference) {
        if (-not $marker) { $null = New-MailPrincipal $Group -Type Group -Description 'Accounts that come from the directory' }
        Set-MailPrincipal $Group -AddMember $new
    }
    if ($undone) { throw "$undone of $($active.Count + $leavers.Count) accounts are not as the directory has them; the others are." }
}
