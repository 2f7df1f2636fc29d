# Stands in for Posh-ACME: plugins use variables and functions of the module, which no caller outside of it has.
$script:UseBasic = @{ UseBasicParsing = $true }

function Get-ZoneFile { $env:RECIPE_ZONE_FILE }

Export-ModuleMember -Function @()
