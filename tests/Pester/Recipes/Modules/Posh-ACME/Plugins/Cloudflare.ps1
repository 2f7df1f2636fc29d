# As plugins are: the name is that of the record without a dot at the end, a value is added beside others, what the plugin does not know is ignored.
function Get-CurrentPluginType { 'dns-01' }

function Add-DnsTxt {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $RecordName,
        [Parameter(Mandatory, Position = 1)] [string] $TxtValue,
        [Parameter(Mandatory)] [securestring] $CFToken,
        [Parameter(ValueFromRemainingArguments)] $ExtraParams
    )
    if (-not $script:UseBasic.UseBasicParsing) { throw 'The plugin does not run inside its module.' }
    Add-Content (Get-ZoneFile) "add`t$RecordName`t$TxtValue"
}

function Remove-DnsTxt {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $RecordName,
        [Parameter(Mandatory, Position = 1)] [string] $TxtValue,
        [Parameter(Mandatory)] [securestring] $CFToken,
        [Parameter(ValueFromRemainingArguments)] $ExtraParams
    )
    Add-Content (Get-ZoneFile) "remove`t$RecordName`t$TxtValue"
}

function Save-DnsTxt {
    [CmdletBinding()]
    param([Parameter(ValueFromRemainingArguments)] $ExtraParams)
    # Undeclared, as in many plugins: the strict mode of a caller must not reach them.
    if ($neverSet) { return }
    Add-Content (Get-ZoneFile) 'save'
}
