# Dot-sourced by Live.Tests.ps1: what was done with which operation, with which cmdlet, and how that was verified beside the module.

$Ledger = [Collections.Generic.List[object]]::new()

function Add-Ledger([string[]] $Operation, [string] $Cmdlet, [string] $Result, [string] $How) {
    foreach ($one in $Operation) {
        $Ledger.Add([pscustomobject] @{ Operation = $one; Cmdlet = $Cmdlet; Result = $Result; How = $How })
    }
}

# Runs a check of operations, and notes the result. Each operation must have been on the wire meanwhile, sent by the module: a check that
# never called it fails. With -Unsent that is not asked for, where the module knows from the edition that a call would be in vain.
function Confirm-Operation {
    param(
        [Parameter(Mandatory, Position = 0)] [string[]] $Operation,
        [Parameter(Mandatory)] [string] $Cmdlet,
        [Parameter(Mandatory)] [string] $How,
        [switch] $Unsent,
        [Parameter(Mandatory, Position = 1)] [scriptblock] $Check
    )
    $from = $Live.Wire.Count
    try {
        & $Check
        if (-not $Unsent) {
            foreach ($one in $Operation) {
                if (-not (Find-WireCall $one -From $from)) { throw "The module never sent $one. It sent: $($Live.Wire.GetCalls($from).ForEach{ (Get-WireMethod $_).Name ?? "$($_.Method) $($_.Target)" } -join ', ')" }
            }
        }
    } catch {
        if ($_.FullyQualifiedErrorId -like 'PesterTest*') {
            Add-Ledger $Operation $Cmdlet skipped ($_.Exception.Message -replace '^is skipped, because ', '')
        } else {
            Add-Ledger $Operation $Cmdlet failed "$($_.Exception.Message -replace '\s+', ' ')"
        }
        throw
    }
    Add-Ledger $Operation $Cmdlet passed $How
}

# Notes why operations are left out, and skips the test.
function Skip-Operation {
    param([Parameter(Mandatory, Position = 0)] [string[]] $Operation, [Parameter(Mandatory)] [string] $Cmdlet, [Parameter(Mandatory)] [string] $Because)
    Add-Ledger $Operation $Cmdlet skipped $Because
    Set-ItResult -Skipped -Because $Because
}

# The calls of an operation that the module made since a point, oldest first. A method of JMAP is named by itself: x:Account/set.
function Find-WireCall([string] $Operation, [int] $From = 0) {
    if ($Operation -notlike '* *') {
        return $Live.Wire.GetCalls($From) | Where-Object { (Get-WireMethod $_).Name -ccontains $Operation }
    }
    $method, $template = $Operation -split ' ', 2
    $path = if ($template -match '^/(auth|healthz|jmap|\.well-known)/') { $template } else { "/api$template" }
    $pattern = '^' + [regex]::Escape($Live.BasePath) + (([regex]::Escape($path)) -replace '\\\{[^}]+}', '[^/]+') + '/?$'
    $Live.Wire.GetCalls($From) | Where-Object { $_.Method -eq $method -and $_.Path -cmatch $pattern }
}

# The methods of JMAP that a call asks for, with their arguments.
function Get-WireMethod($Call) {
    if ($Call.Method -ne 'POST' -or $Call.Path -ne "$($Live.BasePath)/jmap") { return }
    foreach ($one in ([Text.Encoding]::UTF8.GetString($Call.Body) | ConvertFrom-Json -AsHashtable -DateKind String).methodCalls) {
        [pscustomobject] @{ Name = $one[0]; Arguments = $one[1] }
    }
}

# The arguments with which the module called a method since a point.
function Find-WireArgument([string] $Method, [int] $From = 0) {
    $Live.Wire.GetCalls($From) | ForEach-Object { Get-WireMethod $_ } | Where-Object Name -CEQ $Method | ForEach-Object Arguments
}

# What the module created by a method since a point, one object each.
function Find-WireCreation([string] $Method, [int] $From = 0) { Find-WireArgument $Method $From | ForEach-Object { if ($_['create']) { $_.create.Values } } }

# The table, one line an operation; what was checked several times is put together.
function Get-LedgerTable {
    $order = @($Described) + @($Live.Operations | Where-Object { $_ -notin $Described }) + @($Ledger.Operation) | Select-Object -Unique
    foreach ($operation in $order) {
        $lines = @($Ledger | Where-Object Operation -EQ $operation)
        $results = @($lines.Result | Select-Object -Unique)
        $result = if ('failed' -in $results) { 'failed' } elseif ('passed' -in $results) { 'passed' } elseif ($results) { 'skipped' } else { 'not reached' }
        $shown = @($lines | Where-Object Result -EQ $result)
        [pscustomobject] [ordered] @{
            Operation = $operation
            Cmdlet    = ($shown.Cmdlet | Select-Object -Unique) -join ', '
            Result    = $result
            How       = ($shown.How | Select-Object -Unique) -join '; '
        }
    }
}

function Write-LedgerTable {
    $table = @(Get-LedgerTable)
    $sum = foreach ($group in $table | Group-Object Result | Sort-Object Name) { "$($group.Count) $($group.Name)" }
    $title = "Stalwart $($Live.Server.Version), $($Live.Server.Edition), at $($Live.Url): $($sum -join ', ') of $($table.Count) operations"
    Write-Host "`n$title`n"
    foreach ($line in $table) {
        Write-Host ('{0,-52} {1,-11} {2} | {3}' -f $line.Operation, $line.Result, $line.Cmdlet, $line.How)
    }
    if ($env:MAILADMIN_LIVE_REPORT) {
        @(
            "# $title"
            ''
            '| Operation | Cmdlet | Result | How it was verified |'
            '|---|---|---|---|'
            $table | ForEach-Object { "| ``$($_.Operation)`` | $($_.Cmdlet) | $($_.Result) | $($_.How -replace '\|', '\|') |" }
        ) | Set-Content -LiteralPath $env:MAILADMIN_LIVE_REPORT -Encoding utf8NoBOM
    }
}
