# Installs the module from a folder with its package into a path. Started by InstalledPackage.cs.
param(
    [Parameter(Mandatory)] [string] $Repository,
    [Parameter(Mandatory)] [string] $Path
)

$ErrorActionPreference = 'Stop'
$name = "MailAdmin-$([guid]::NewGuid())"
Register-PSResourceRepository -Name $name -Uri $Repository -Trusted
try {
    Save-PSResource -Name MailAdmin -Prerelease -Repository $name -Path $Path
}
finally {
    Unregister-PSResourceRepository -Name $name
}
