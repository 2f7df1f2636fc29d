# Dot-sourced by tests that need a server behind a socket: the sandbox as a process of its own.

# Starts a sample organisation and returns where it listens, its process, and a credential of its administrator.
function Start-SandboxHost {
    param([string[]] $ArgumentList = @('--enterprise'))
    $library = Get-ChildItem (Join-Path $PSScriptRoot '..' '..' 'src' 'MailAdmin.Sandbox.Host' 'bin') -Recurse -Filter MailAdmin.Sandbox.Host.dll |
        Sort-Object LastWriteTime | Select-Object -Last 1 -ExpandProperty FullName
    if (-not $library) { throw 'The sandbox host has not been built: run dotnet build first.' }
    $password = [guid]::NewGuid().ToString()
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet', [string[]] (@($library, '--urls', 'http://127.0.0.1:0', '--admin-password', $password) + $ArgumentList))
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if ($line -notmatch '(?<uri>http://\S+)') { throw "The sandbox host did not start: $line" }
    [pscustomobject] @{
        Uri        = [uri] $Matches.uri
        Process    = $process
        Credential = [pscredential]::new('admin', (ConvertTo-SecureString $password -AsPlainText -Force))
    }
}

function Stop-SandboxHost {
    param([Parameter(Mandatory)] $Server)
    $Server.Process.Kill()
    $Server.Process.WaitForExit()
    $Server.Process.Dispose()
}

# How many live streams the server has open, and how many it ever had.
function Get-SandboxStream {
    param([Parameter(Mandatory)] $Server)
    Invoke-RestMethod ([uri]::new($Server.Uri, '/sandbox/streams'))
}

# Runs $Until again and again until it is true; fails when that takes longer than $Within.
function Wait-Sandbox {
    param([Parameter(Mandatory)] [scriptblock] $Until, [timespan] $Within = '0:0:20')
    $watch = [Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Until)) {
        if ($watch.Elapsed -gt $Within) { throw "It took longer than $Within." }
    }
}
