# Stands in for Microsoft.Graph: users of a JSON file. Properties that were not asked for are there, and null.
function Connect-MgGraph {
    param([string[]] $Scopes, [switch] $NoWelcome)
}

function Get-MgUser {
    [CmdletBinding()]
    param([switch] $All, [string] $Filter, [string[]] $Property)
    foreach ($user in Get-Content -LiteralPath $env:RECIPE_DIRECTORY_FILE -Raw | ConvertFrom-Json) {
        $values = @{
            UserPrincipalName = "$($user.Login)@corp.example.org"; DisplayName = $user.Name; Mail = $user.Mail; AccountEnabled = $user.Enabled
            ProxyAddresses = @("SMTP:$($user.Mail)") + @($user.Alias | ForEach-Object { "smtp:$_" }); MailNickname = $user.Login; GivenName = $user.Name.Split(' ')[0]
        }
        $object = [pscustomobject] @{ PSTypeName = 'Microsoft.Graph.PowerShell.Models.MicrosoftGraphUser'; Id = [guid]::NewGuid().ToString() }
        $values.Keys | ForEach-Object { $object | Add-Member $_ ($_ -in $Property ? $values[$_] : $null) }
        $object
    }
}
