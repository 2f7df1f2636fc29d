# Dot-sourced by Live.Tests.ps1: the server's API without the module, by HttpClient and JSON.

$Prefix = 'mailadminlive'
$Domain = "$Prefix.test"

function New-LiveHttpClient {
    $handler = [System.Net.Http.HttpClientHandler]::new()
    $handler.AllowAutoRedirect = $false
    if ($env:MAILADMIN_LIVE_SKIP_CERTIFICATE_CHECK) {
        $handler.ServerCertificateCustomValidationCallback = [System.Net.Http.HttpClientHandler]::DangerousAcceptAnyServerCertificateValidator
    }
    $client = [System.Net.Http.HttpClient]::new($handler)
    $client.Timeout = [timespan]::FromMinutes(2)
    $client
}

function ConvertTo-BasicHeader([string] $User, [string] $Password) {
    'Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("${User}:$Password"))
}

# One call. As the administrator, unless -Authorization says otherwise; '' sends none. A body that is no text and no bytes is sent as JSON.
function Invoke-Raw {
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Method,
        [Parameter(Mandatory, Position = 1)] [string] $Path,
        $Body,
        [string] $ContentType = 'application/json',
        [string] $Authorization = $Live.Admin
    )
    $request = [System.Net.Http.HttpRequestMessage]::new($Method, $Live.Url + $Path)
    $null = $request.Headers.TryAddWithoutValidation('Accept', 'application/json, */*')
    if ($Authorization) { $null = $request.Headers.TryAddWithoutValidation('Authorization', $Authorization) }
    if ($PSBoundParameters.ContainsKey('Body')) {
        $bytes = if ($Body -is [byte[]]) { $Body }
        elseif ($Body -is [string]) { [Text.Encoding]::UTF8.GetBytes($Body) }
        else { [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $Body -Depth 9 -Compress)) }
        $request.Content = [System.Net.Http.ByteArrayContent]::new($bytes)
        $request.Content.Headers.ContentType = [System.Net.Http.Headers.MediaTypeHeaderValue]::Parse($ContentType)
    }
    $response = $Live.Client.SendAsync($request).GetAwaiter().GetResult()
    try {
        $content = $response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult()
        $text = [Text.Encoding]::UTF8.GetString($content)
        [pscustomobject] @{
            Status = [int] $response.StatusCode
            Bytes  = $content
            Text   = $text
            # Keys may differ in case only, and times stay text.
            Json   = if ($response.Content.Headers.ContentType.MediaType -like '*json') { $text | ConvertFrom-Json -AsHashtable -DateKind String -NoEnumerate }
        }
    } finally {
        $response.Dispose()
    }
}

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

# One value or many, or none: lists come in all three forms.
function Get-List($Value) { @($Value | Where-Object { $null -ne $_ }) }

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

# The stages or frames of an event stream until one contains $Until: what stands behind "data: ", parsed.
function Read-RawStream([string] $Path, [string] $Until, [string] $Authorization = $Live.Admin, [int] $Seconds = 60) {
    $request = [System.Net.Http.HttpRequestMessage]::new('GET', $Live.Url + $Path)
    if ($Authorization) { $null = $request.Headers.TryAddWithoutValidation('Authorization', $Authorization) }
    $stop = [System.Threading.CancellationTokenSource]::new([timespan]::FromSeconds($Seconds))
    $response = $Live.Client.SendAsync($request, 'ResponseHeadersRead', $stop.Token).GetAwaiter().GetResult()
    try {
        if ("$($response.Content.Headers.ContentType.MediaType)" -ne 'text/event-stream') {
            throw "$Path beside the module: $([int] $response.StatusCode), no stream."
        }
        $reader = [IO.StreamReader]::new($response.Content.ReadAsStreamAsync($stop.Token).GetAwaiter().GetResult())
        while ($null -ne ($line = $reader.ReadLineAsync($stop.Token).AsTask().GetAwaiter().GetResult())) {
            if ($line.StartsWith('data:')) {
                $line.Substring(5) | ConvertFrom-Json -AsHashtable -DateKind String
                if ($line.Contains($Until)) { return }
            }
        }
    } finally {
        $response.Dispose()
        $stop.Dispose()
    }
}

# Asks until the answer is true, or fails. A real server works in the background.
function Wait-Live {
    param([Parameter(Mandatory, Position = 0)] [scriptblock] $Until, [Parameter(Mandatory)] [string] $For, [int] $Seconds = 20)
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $pause = 20
    while (-not (& $Until)) {
        if ($watch.Elapsed.TotalSeconds -gt $Seconds) { throw "It took longer than $Seconds s until $For." }
        [Threading.Thread]::Sleep($pause)
        $pause = [Math]::Min(500, $pause * 2)
    }
}

# Not the digits alone: an import takes 32 of them for an MD5 hash.
function New-LivePassword { "pw-$([guid]::NewGuid().ToString('n'))" }

function ConvertTo-Secure([string] $Text) { ConvertTo-SecureString $Text -AsPlainText -Force }

# The code of an authenticator app, from the address of its secret (RFC 6238).
function Get-TotpCode([string] $Url) {
    $secret = [regex]::Match($Url, '[?&]secret=([A-Za-z2-7]+)').Groups[1].Value.ToUpperInvariant()
    $bits = -join ($secret.ToCharArray() | ForEach-Object { [Convert]::ToString('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.IndexOf($_), 2).PadLeft(5, '0') })
    $key = [byte[]] @(for ($i = 0; $i + 8 -le $bits.Length; $i += 8) { [Convert]::ToByte($bits.Substring($i, 8), 2) })
    $algorithm = [regex]::Match($Url, '[?&]algorithm=(\w+)').Groups[1].Value
    $hmac = switch ($algorithm) { 'SHA256' { [Security.Cryptography.HMACSHA256]::new($key) } 'SHA512' { [Security.Cryptography.HMACSHA512]::new($key) } default { [Security.Cryptography.HMACSHA1]::new($key) } }
    $step = [BitConverter]::GetBytes([long] [Math]::Floor([DateTimeOffset]::UtcNow.ToUnixTimeSeconds() / 30))
    if ([BitConverter]::IsLittleEndian) { [array]::Reverse($step) }
    # As numbers: a byte that is shifted stays a byte.
    $hash = [int[]] $hmac.ComputeHash($step)
    $at = $hash[-1] -band 15
    $number = (($hash[$at] -band 127) -shl 24) -bor ($hash[$at + 1] -shl 16) -bor ($hash[$at + 2] -shl 8) -bor $hash[$at + 3]
    ($number % 1000000).ToString('D6')
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
