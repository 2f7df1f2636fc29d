# Dot-sourced by Live.Tests.ps1 for servers of 0.11 to 0.15: calls of the management API without the module.

# The data of an answer that must be a success.
function Get-Raw {
    param([Parameter(Mandatory, Position = 0)] [string] $Path, [string] $Method = 'GET', $Body, [string] $Authorization = $Live.Admin)
    $call = @{ Method = $Method; Path = $Path; Authorization = $Authorization }
    if ($PSBoundParameters.ContainsKey('Body')) { $call.Body = $Body }
    $answer = Invoke-Raw @call
    if ($answer.Status -ne 200 -or $null -eq $answer.Json -or $answer.Json.Contains('error')) {
        throw "$Method $Path beside the module: $($answer.Status) $($answer.Text)"
    }
    $answer.Json.data
}

function Get-RawPrincipal([string] $Name) { Get-Raw "/api/principal/$([uri]::EscapeDataString($Name))" }

function Test-RawPrincipal([string] $Name) {
    $answer = Invoke-Raw GET "/api/principal/$([uri]::EscapeDataString($Name))"
    -not ($answer.Json.Contains('error') -and $answer.Json.error -eq 'notFound')
}

# The settings below a prefix, with their whole keys.
function Get-RawSetting([string] $Prefix) {
    Get-Raw "/api/settings/keys?prefixes=$([uri]::EscapeDataString($Prefix))"
}

# 'code' when the account may sign in, or the HTTP status that refuses it.
function Get-SignIn([string] $User, [string] $Password) {
    $answer = Invoke-Raw POST /api/oauth -Body @{ type = 'code'; client_id = 'live-suite'; redirect_uri = 'stalwart://auth' } -Authorization (ConvertTo-BasicHeader $User $Password)
    if ($answer.Status -eq 200 -and $answer.Json.data.code) { 'code' } else { $answer.Status }
}

# Version and edition, from the server itself.
function Get-RawServer {
    $answer = Invoke-Raw POST /api/oauth -Body @{ type = 'code'; client_id = 'live-suite'; redirect_uri = 'stalwart://auth' }
    if ($answer.Status -ne 200 -or -not $answer.Json.data.version) {
        throw "$($Live.Url) does not answer POST /api/oauth as Stalwart 0.11 to 0.15 does: $($answer.Status) $($answer.Text)"
    }
    $edition = if ($answer.Json.data.isEnterprise) { 'enterprise' }
    elseif ((Invoke-Raw GET /api/telemetry/metrics).Status -eq 404) { 'oss' }
    else { 'community' }
    [pscustomobject] @{ Version = [version] $answer.Json.data.version; Edition = $edition }
}

# Deletes the mail of an account by JMAP, which the servers themselves speak. True when something was deleted.
function Remove-LiveMail($Account) {
    $header = ConvertTo-BasicHeader $Account.Name $Account.Password
    foreach ($path in '/jmap/session', '/.well-known/jmap') {
        $session = Invoke-Raw GET $path -Authorization $header
        if ($session.Status -eq 200 -and $session.Json) { break }
    }
    if ($session.Status -ne 200 -or -not $session.Json) { return $false }
    $id = $session.Json.primaryAccounts['urn:ietf:params:jmap:mail']
    $call = {
        param($method, $arguments)
        (Invoke-Raw POST /jmap -Authorization $header -Body @{ using = @('urn:ietf:params:jmap:core', 'urn:ietf:params:jmap:mail'); methodCalls = @(, @($method, $arguments, '0')) }).Json.methodResponses[0][1]
    }
    $ids = @((& $call Email/query @{ accountId = $id }).ids)
    if (-not $ids) { return $false }
    [bool] @((& $call Email/set @{ accountId = $id; destroy = $ids }).destroyed).Count
}
