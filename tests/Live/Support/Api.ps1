# Dot-sourced by Live.Tests.ps1: the server's HTTP without the module, by HttpClient and JSON.

$Prefix = 'mailadminlive'
$Domain = "$Prefix.test"
$ReportAddress = "reports@$Domain"

function New-LiveHttpClient {
    $handler = [System.Net.Http.HttpClientHandler]::new()
    $handler.AllowAutoRedirect = $false
    $handler.AutomaticDecompression = [System.Net.DecompressionMethods]::All
    if ($env:MAILADMIN_LIVE_SKIP_CERTIFICATE_CHECK) {
        $handler.ServerCertificateCustomValidationCallback = [System.Net.Http.HttpClientHandler]::DangerousAcceptAnyServerCertificateValidator
    }
    $client = [System.Net.Http.HttpClient]::new($handler)
    $client.Timeout = [timespan]::FromMinutes(2)
    $client
}

# The address as a URI, with its scheme.
function Get-LiveUrl { [uri] ($env:MAILADMIN_LIVE_URL -match '^\w+://' ? $env:MAILADMIN_LIVE_URL : "https://$env:MAILADMIN_LIVE_URL") }

# What the server is administered with. From 0.16 on it tells anybody how to sign in; before, what is below /api wants a sign-in.
function Get-LiveFamily {
    $Live = @{ Url = (Get-LiveUrl).AbsoluteUri.TrimEnd('/'); Client = New-LiveHttpClient }
    try {
        (Invoke-Raw GET /api/discover/x -Authorization '').Status -eq 200 ? 'Jmap' : 'Rest'
    } finally {
        $Live.Client.Dispose()
    }
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
        else { [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $Body -Depth 20 -Compress)) }
        $request.Content = [System.Net.Http.ByteArrayContent]::new($bytes)
        $request.Content.Headers.ContentType = [System.Net.Http.Headers.MediaTypeHeaderValue]::Parse($ContentType)
    }
    $response = $Live.Client.SendAsync($request).GetAwaiter().GetResult()
    try {
        $content = $response.Content.ReadAsByteArrayAsync().GetAwaiter().GetResult()
        $text = [Text.Encoding]::UTF8.GetString($content)
        [pscustomobject] @{
            Status   = [int] $response.StatusCode
            Location = "$($response.Headers.Location)"
            Bytes    = $content
            Text     = $text
            # Keys may differ in case only, and times stay text.
            Json     = if ($response.Content.Headers.ContentType.MediaType -like '*json') { $text | ConvertFrom-Json -AsHashtable -DateKind String -NoEnumerate }
        }
    } finally {
        $response.Dispose()
    }
}

# One value or many, or none: lists come in all three forms.
function Get-List($Value) { @($Value | Where-Object { $null -ne $_ }) }

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

# The HTTP status of a stream, of which nothing is read.
function Get-RawStreamStatus([string] $Path) {
    $response = $Live.Client.GetAsync($Live.Url + $Path, 'ResponseHeadersRead').GetAwaiter().GetResult()
    try { [int] $response.StatusCode } finally { $response.Dispose() }
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
