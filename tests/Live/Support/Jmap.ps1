# Dot-sourced by Live.Tests.ps1 for servers from 0.16 on: calls of JMAP methods without the module.

# The arguments of the answer to one call of a method, which must not be refused.
function Get-Raw {
    param([Parameter(Mandatory, Position = 0)] [string] $Method, [Parameter(Position = 1)] [hashtable] $Arguments = @{}, [string] $Authorization = $Live.Admin)
    $answer = Invoke-RawMethod $Method $Arguments -Authorization $Authorization
    if ($answer.Error) { throw "$Method beside the module: $($answer.Error)" }
    $answer.Result
}

# The same, where it may be refused: Error is then the word of the server.
function Invoke-RawMethod([string] $Method, [hashtable] $Arguments = @{}, [string] $Authorization = $Live.Admin) {
    $body = @{ using = @('urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:mail', 'urn:stalwart:jmap'); methodCalls = @(, @($Method, $Arguments, '0')) }
    $answer = Invoke-Raw POST /jmap -Body $body -Authorization $Authorization
    if ($answer.Status -ne 200) { return @{ Error = "$($answer.Status) $($answer.Text)" } }
    $name, $result, $null = $answer.Json.methodResponses[0]
    @{ Error = $name -ceq 'error' ? $result.type : $null; Result = $result }
}

# The ids that a filter finds. A list of them is empty for an empty answer.
function Find-RawId([string] $Type, [hashtable] $Filter = @{}, [string] $Authorization = $Live.Admin) { @((Get-Raw "x:$Type/query" @{ filter = $Filter } -Authorization $Authorization).ids) }

# The objects of ids, or of the one that a type has; those that there are.
function Get-RawObject {
    param([Parameter(Mandatory, Position = 0)] [string] $Type, [Parameter(Position = 1)] [string[]] $Id = 'singleton', [Parameter(Position = 2)] [string[]] $Property, [hashtable] $Of = @{}, [string] $Authorization = $Live.Admin)
    $arguments = @{ ids = $Id } + $Of
    if ($Property) { $arguments.properties = $Property }
    (Get-Raw "x:$Type/get" $arguments -Authorization $Authorization).list
}

# All objects of a type that a filter finds. The server answers with at most 500 of them.
function Find-RawObject([string] $Type, [hashtable] $Filter = @{}, [string[]] $Property) {
    $ids = @(Find-RawId $Type $Filter)
    for ($at = 0; $at -lt $ids.Count; $at += 500) { Get-RawObject $Type $ids[$at..([Math]::Min($at + 499, $ids.Count - 1))] -Property $Property }
}

# Creates an object. What the answer holds of it: its id, and what the server made.
function New-RawObject([string] $Type, [hashtable] $Value, [hashtable] $Of = @{}, [string] $Authorization = $Live.Admin) {
    $answer = Get-Raw "x:$Type/set" (@{ create = @{ n = $Value } } + $Of) -Authorization $Authorization
    if (-not $answer.created.n) { throw "A $Type could not be created beside the module: $($answer.notCreated | ConvertTo-Json -Depth 9 -Compress)" }
    $answer.created.n
}

function Set-RawObject([string] $Type, [hashtable] $Patch, [string] $Id = 'singleton') {
    $answer = Get-Raw "x:$Type/set" @{ update = @{ $Id = $Patch } }
    if (-not $answer.updated -or -not $answer.updated.Contains($Id)) { throw "$Type $Id could not be changed beside the module: $($answer.notUpdated | ConvertTo-Json -Depth 9 -Compress)" }
}

# Removes objects. What could not be removed stays, and is seen by who looks.
function Remove-RawObject([string] $Type, [string[]] $Id, [hashtable] $Of = @{}) {
    if ($Id) { $null = Get-Raw "x:$Type/set" (@{ destroy = $Id } + $Of) }
}

# Does an action; nothing when it was done, or what the server has against it.
function Invoke-RawAction([string] $Action) {
    $answer = Get-Raw x:Action/set @{ create = @{ n = @{ '@type' = $Action } } }
    if (-not $answer.created.n) { $answer.notCreated.n }
}

# An account, a group or a list by its address.
function Find-RawAddress([string] $Address, [string] $Type = 'Account') { Find-RawObject $Type @{ text = ($Address -split '@')[0] } | Where-Object emailAddress -EQ $Address }

# The keys of a set: {"x":true}.
function Get-Key($Set) { @(if ($Set) { $Set.Keys | Sort-Object }) }

# 200 when the account may sign in, or the HTTP status that refuses it.
function Get-SignIn([string] $User, [string] $Password) { (Invoke-Raw GET /api/account -Authorization (ConvertTo-BasicHeader $User $Password)).Status }

# Hash of its schema and edition, from the server itself, which tells no version.
function Get-RawServer {
    $account = Invoke-Raw GET /api/account
    $session = Invoke-Raw GET /jmap/session
    $id = $session.Json.primaryAccounts.'urn:stalwart:jmap'
    if ($account.Status -ne 200 -or -not $id) { throw "$($Live.Url) does not answer GET /api/account and /jmap/session as Stalwart from 0.16 on does: $($account.Status) $($session.Status) $($account.Text)" }
    [pscustomobject] @{ Version = '0.16'; Edition = $account.Json.edition; AccountId = $id; Permissions = $account.Json.permissions }
}

# The description of the objects, which any account may read.
function Get-RawSchema {
    $hash = ((Invoke-Raw GET /api/schema).Location -split '/')[-1]
    [pscustomobject] @{ Hash = $hash; Json = (Invoke-Raw GET "/api/schema/$hash").Json }
}
