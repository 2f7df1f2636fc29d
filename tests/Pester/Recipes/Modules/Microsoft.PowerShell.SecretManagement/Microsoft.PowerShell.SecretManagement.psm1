# Stands in for SecretManagement and a vault: the documented parameters, and secrets that last as long as the session.
Set-StrictMode -Version 3
$vaults = @{}
$default = $null

function Register-SecretVault {
    param([Parameter(Mandatory)] [string] $ModuleName, [string] $Name = $ModuleName, [hashtable] $VaultParameters, [switch] $DefaultVault, [switch] $AllowClobber)
    $vaults[$Name] = @{}
    if ($DefaultVault) { $script:default = $Name }
}

function Find-Vault([string] $Name) {
    $found = $Name ? $Name : $default
    if (-not $found -or -not $vaults.ContainsKey($found)) { throw "Vault $found does not exist in registry." }
    $vaults[$found]
}

function Set-Secret {
    [CmdletBinding(SupportsShouldProcess, DefaultParameterSetName = 'SecureString')]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name,
        [Parameter(Position = 1)] [string] $Vault,
        [Parameter(Position = 2)] [hashtable] $Metadata,
        [Parameter(Mandatory, ParameterSetName = 'SecureString')] [securestring] $SecureStringSecret,
        [Parameter(Mandatory, ParameterSetName = 'Object')] [object] $Secret,
        [switch] $NoClobber
    )
    (Find-Vault $Vault)[$Name] = $SecureStringSecret ? $SecureStringSecret : $Secret
}

function Get-Secret {
    param([Parameter(Mandatory, Position = 0)] [string] $Name, [Parameter(Position = 1)] [string] $Vault, [switch] $AsPlainText)
    $secret = (Find-Vault $Vault)[$Name]
    if ($null -eq $secret) { throw "The secret $Name was not found." }
    $AsPlainText -and $secret -is [securestring] ? (ConvertFrom-SecureString $secret -AsPlainText) : $secret
}

function Get-SecretInfo {
    param([string] $Name = '*', [string] $Vault)
    (Find-Vault $Vault).Keys | Where-Object { $_ -like $Name } | ForEach-Object { [pscustomobject] @{ Name = $_; VaultName = $Vault } }
}

Export-ModuleMember -Function Register-SecretVault, Set-Secret, Get-Secret, Get-SecretInfo
