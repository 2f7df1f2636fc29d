# Stands in for ActiveDirectory: users of a JSON file, with the ten properties that Get-ADUser always gives and those that were asked for.
function Get-ADUser {
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Filter, [string] $SearchBase, [string] $SearchScope, [string[]] $Properties = @())
    foreach ($user in Get-Content -LiteralPath $env:RECIPE_DIRECTORY_FILE -Raw | ConvertFrom-Json) {
        $all = @{
            DistinguishedName = "CN=$($user.Name),$SearchBase"; Enabled = $user.Enabled; GivenName = $user.Name.Split(' ')[0]; Name = $user.Name; ObjectClass = 'user'
            ObjectGUID = [guid]::NewGuid(); SamAccountName = $user.Login; SID = 'S-1-5-21-1-2-3-4'; Surname = $user.Name.Split(' ')[-1]; UserPrincipalName = "$($user.Login)@corp.example.org"
            mail = $user.Mail; displayName = $user.Name
            proxyAddresses = @("SMTP:$($user.Mail)") + @($user.Alias | ForEach-Object { "smtp:$_" }) + 'X500:/o=Corp/cn=1'
        }
        $given = 'DistinguishedName', 'Enabled', 'GivenName', 'Name', 'ObjectClass', 'ObjectGUID', 'SamAccountName', 'SID', 'Surname', 'UserPrincipalName' + @($Properties)
        $object = [pscustomobject] @{ PSTypeName = 'Microsoft.ActiveDirectory.Management.ADUser' }
        $given | Select-Object -Unique | ForEach-Object { $object | Add-Member $_ $all[$_] }
        $object
    }
}
