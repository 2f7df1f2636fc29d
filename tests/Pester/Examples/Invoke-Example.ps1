# Dot-sourced by Examples.Tests.ps1: finds the examples of the pages, and runs one as an administrator would who has typed it.

$PageFolder = Join-Path $PSScriptRoot '..' '..' '..' 'docs' 'en-US' | Resolve-Path | ForEach-Object Path

$TopicFolder = Join-Path $PSScriptRoot '..' '..' '..' 'en-US' | Resolve-Path | ForEach-Object Path

# The family of servers that a title says to be the only one, such as "(0.11 to 0.15)"; nothing where an example is for both.
function Get-OnlyFamily([string] $Title) {
    switch -Regex ($Title) {
        '\(0\.11 to 0\.15\)$' { 'REST' }
        '\(0\.16\)$' { 'JMAP' }
    }
}

# The examples of a page, each with its number, its title, its code and the family that it is for.
function Get-PageExample([string] $Path) {
    $text = (Get-Content -LiteralPath $Path -Raw).ReplaceLineEndings("`n")
    foreach ($match in [regex]::Matches($text, '(?ms)^### Example (?<number>\d+): (?<title>[^\n]+)\n(?<body>.*?)(?=^##)')) {
        $code = [regex]::Match($match.Groups['body'].Value, '(?ms)^```powershell\n(?<code>.*?)^```')
        $title = $match.Groups['title'].Value
        @{ Number = [int] $match.Groups['number'].Value; Title = $title; Code = $code.Groups['code'].Value; Only = Get-OnlyFamily $title }
    }
}

# The commands that an about topic shows, each block in a fresh session. The family stands at the end of a comment in the first line.
function Get-TopicExample([string] $Path) {
    $number = 0
    foreach ($match in [regex]::Matches((Get-Content -LiteralPath $Path -Raw).ReplaceLineEndings("`n"), '(?m)^ {8}\S.*\n(?: {8}.*\n)*')) {
        $number++
        $code = $match.Value -replace '(?m)^ {8}'
        $title = $code.Split("`n")[0]
        @{ Number = $number; Title = $title; Code = $code; Only = Get-OnlyFamily $title }
    }
}

# What the examples of a page need beyond a connection, a folder with files and somebody who answers, by their numbers:
# Before     prepares the sandbox, the session or the folder
# Changes    is false before the example and true after it; an example that prints something needs none
# Answer     is typed at Read-Host and other prompts
# IsEndless  ends with Ctrl+C alone
function Get-PageSetup([string] $Page) {
    $file = Join-Path $PSScriptRoot "$Page.ps1"
    $setup = if (Test-Path -LiteralPath $file) { & $file } else { @{} }
    $unknown = $setup.Values.Keys | Where-Object { $_ -notin 'Before', 'Changes', 'Answer', 'IsEndless' }
    if ($unknown) { throw "$file names '$unknown'. There is Before, Changes, Answer and IsEndless." }
    $setup
}

# The Before of an example about the signed-in account: signs in as somebody of the sample organisation, whose login and password Get-Credential gives.
function Get-SignIn([string] $Login, [string] $Then) {
    "function global:Get-Credential { [pscredential]::new('$Login', (ConvertTo-SecureString 'sandbox-$Login' -AsPlainText -Force)) }
    Connect-MailServer `$SandboxServer.Uri -Credential (Get-Credential)
    $Then"
}

# The server of a family that https://mail.example.org stands for: a sandbox, with and without TLS, and an API key of it.
function Start-ExampleServer([string] $Version) {
    $server = Start-SandboxHost '--enterprise', '--server-version', $Version
    if ($Version -eq '0.16') {
        # The recovery administrator, who signs in as "admin", is no account and has no keys.
        $server.Credential = [pscredential]::new('admin@example.org', (ConvertTo-SecureString 'sandbox-admin' -AsPlainText -Force))
    }
    $connection = Connect-MailServer $server.Uri -Credential $server.Credential -Name "example server $Version" -NoDefault -PassThru
    # From 0.16 on a key belongs to an account, and has its permissions.
    $key = $Version -eq '0.16' ? @{ Name = 'admin@example.org/examples' } : @{ Name = 'examples'; Role = 'admin' }
    $key = New-MailPrincipal @key -Type ApiKey -Connection $connection
    $server | Add-Member -PassThru @{
        Version = $Version; Session = $null; Relay = [MailAdmin.Examples.TlsRelay]::new($server.Uri); Connection = $connection; ApiKey = ConvertFrom-SecureString $key.ApiKey -AsPlainText
    }
}

function Stop-ExampleServer($Server) {
    if ($Server.Session) { $Server.Session.Runspace.Dispose() }
    Disconnect-MailServer -Connection $Server.Connection
    $Server.Relay.Dispose()
    Stop-SandboxHost $Server
}

# The code with the addresses that answer in this test.
function Resolve-ExampleCode([string] $Code, $Server) {
    $uri = if ($Code -match '-SkipCertificateCheck|-CertificateThumbprint') { $Server.Relay.Uri } else { $Server.Uri }
    $Code -replace 'https://mail\d?\.example\.org', "$uri".TrimEnd('/') -replace '\b(?:[0-9A-F]{2}:){31}[0-9A-F]{2}\b|\b[0-9A-F]{64}\b', $Server.Relay.Fingerprint
}

# The session in which the examples of a family run, one after the other: to make one takes longer than most examples.
function Open-ExampleSession($Server) {
    $terminal = [MailAdmin.Examples.ExampleHost]::new($Server.Credential)
    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule($ModuleManifest)
    $state.Variables.Add([Management.Automation.Runspaces.SessionStateVariableEntry]::new('SandboxServer', $Server, ''))
    $runspace = [runspacefactory]::CreateRunspace($terminal, $state)
    $runspace.Open()
    @{ Runspace = $runspace; Terminal = $terminal; Functions = (Invoke-InRunspace $runspace '(Get-ChildItem function:).Name') }
}

# As it was before the example. Where that cannot be told, the next one gets a new session.
function Reset-ExampleSession($Server, [bool] $IsClean) {
    $session = $Server.Session
    if (-not $IsClean) {
        $session.Runspace.Dispose()
        $Server.Session = $null
        return
    }
    $session.Runspace.SessionStateProxy.SetVariable('functions', $session.Functions)
    $null = Invoke-InRunspace $session.Runspace 'Get-MailConnection | Disconnect-MailServer; Get-ChildItem function: | Where-Object Name -NotIn $functions | Remove-Item'
    $session.Runspace.ResetRunspaceState()
}

# Runs an example in a folder of its own, connected to a sandbox of its own, and fails unless it does what it says: without an error it prints
# something, or makes true what was not true before. Where it is for the other family alone, it must be refused. Returns what it printed.
function Test-Example([string] $Page, [hashtable] $Example, $Server, [string] $Folder, [switch] $Refused) {
    $setup = $Refused ? @{} : ((Get-PageSetup $Page)[$Example.Number] ?? @{})
    $null = New-Item -ItemType Directory -Path $Folder
    Copy-Item -Path (Join-Path $PSScriptRoot 'Files' '*') -Destination $Folder -Recurse
    $code = Resolve-ExampleCode $Example.Code $Server
    $Server.Session ??= Open-ExampleSession $Server
    $runspace = $Server.Session.Runspace
    $terminal = $Server.Session.Terminal
    $terminal.Answer = if ($setup.Answer) { $setup.Answer } elseif ($code -match '-ApiKey') { $Server.ApiKey } else { 'Raven-7923-Anchor-Zephyr' }
    $environment = [Environment]::GetEnvironmentVariables()
    $isClean = $false
    try {
        $null = Invoke-InRunspace $runspace "Set-Location -LiteralPath '$Folder'; Connect-MailServer -Sandbox -ServerVersion $($Server.Version)"
        if ($setup.Before) { $null = Invoke-InRunspace $runspace $setup.Before }
        if ($setup.Changes) { Invoke-InRunspace $runspace $setup.Changes | Should -Be @($false) -Because 'what the example changes must not be so before' }
        $length = $terminal.Text.Length
        $problems = @(Invoke-Code $runspace $code $terminal $length $setup.IsEndless $Server)
        $printed = $terminal.Text.Substring($length).Trim()
        if ($Refused) {
            $problems | Should -Not -BeNullOrEmpty -Because "the title says that it is for other servers, and it printed: $printed"
        } else {
            $problems | Should -BeNullOrEmpty -Because 'an example works'
            if ($setup.Changes) {
                Invoke-InRunspace $runspace $setup.Changes | Should -Be @($true) -Because 'the example changes this'
            } else {
                $printed | Should -Not -BeNullOrEmpty -Because 'an example prints something, or its page says what it changes'
            }
        }
        $isClean = -not $setup.IsEndless
        $printed
    } finally {
        Reset-ExampleSession $Server $isClean
        foreach ($name in @([Environment]::GetEnvironmentVariables().Keys) + $environment.Keys | Sort-Object -Unique) {
            [Environment]::SetEnvironmentVariable($name, $environment[$name])
        }
    }
}

# Does what the page of a server from 0.16 on does in a browser: posts login and password, and goes to where the cmdlet waits.
function Complete-BrowserSignIn([uri] $Page, [pscredential] $Credential) {
    $asked = [Web.HttpUtility]::ParseQueryString($Page.Query)
    $body = @{
        type          = 'authCode'
        accountName   = $Credential.UserName
        accountSecret = $Credential.GetNetworkCredential().Password
        clientId      = $asked['client_id']
        redirectUri   = $asked['redirect_uri']
        codeChallenge = $asked['code_challenge']
        codeChallengeMethod = $asked['code_challenge_method']
    }
    $answer = Invoke-RestMethod ([uri]::new($Page, '/api/auth')) -Method Post -ContentType application/json -Body (ConvertTo-Json $body)
    $null = Invoke-WebRequest "$($asked['redirect_uri'])?code=$($answer.client_code)&state=$($asked['state'])"
}

# What the examples themselves are not: preparation, and looking whether something has changed.
function Invoke-InRunspace($Runspace, [string] $Code) {
    $shell = [powershell]::Create($Runspace)
    try {
        $result = $shell.AddScript($Code).Invoke()
        if ($shell.HadErrors) { throw "Beside the example: $($shell.Streams.Error[0])" }
        , @($result)
    } finally {
        $shell.Dispose()
    }
}

# The example, as typed at a prompt; its errors come back. What never ends is stopped, as with Ctrl+C, when it has printed something.
function Invoke-Code($Runspace, [string] $Code, $Terminal, [int] $Length, $IsEndless, $Server) {
    $shell = [powershell]::Create($Runspace)
    try {
        $run = $shell.AddScript($Code).AddCommand('Out-Default').BeginInvoke()
        $watch = [Diagnostics.Stopwatch]::StartNew()
        while (-not $run.AsyncWaitHandle.WaitOne(20)) {
            $printed = $Terminal.Text.Substring($Length)
            if ($IsEndless -and $printed.Trim()) {
                $shell.Stop()
                return
            }
            if (-not $approved -and $printed -match 'enter the code (?<code>[^\s.]+)') {
                $approved = $true
                # From 0.16 on it takes the password once more.
                $login = $Server.Version -eq '0.16' ? @{ Credential = $Server.Credential } : @{}
                Approve-MailDeviceCode $Matches.code -Connection $Server.Connection -Confirm:$false @login
            }
            if (-not $approved -and $printed -match 'http://\S+/login\?\S+') {
                $approved = $true
                Complete-BrowserSignIn $Matches[0] $Server.Credential
            }
            if ($watch.Elapsed.TotalSeconds -gt 30) { throw "The example has not ended after 30 seconds, and printed: $printed" }
        }
        if ($IsEndless) { throw 'The example ended, though its page says that it does not.' }
        try {
            $null = $shell.EndInvoke($run)
        } catch {
            "$_"
        }
        $shell.Streams.Error | ForEach-Object { "$_" }
    } finally {
        $shell.Dispose()
    }
}
