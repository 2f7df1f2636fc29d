# Dot-sourced by Live.Tests.ps1: hands mail to the server as another mail server does, without signing in.

# Returns the last reply: '250 …' when the message was taken. A reply of 4xx is tried again, since servers limit how fast one host may send.
function Send-LiveMail {
    param(
        [Parameter(Mandatory)] [string[]] $To,
        [Parameter(Mandatory)] [string] $Message,
        [string] $From = $Live.Sender
    )
    $watch = [Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        $reply = Send-LiveMailOnce $From $To $Message
        if ($reply -notmatch '^4' -or $watch.Elapsed.TotalSeconds -gt 30) { return $reply }
        [Threading.Thread]::Sleep(500)
    }
}

function Send-LiveMailOnce([string] $From, [string[]] $To, [string] $Message) {
    $hostName, $port = $env:MAILADMIN_LIVE_SMTP -split ':(?=\d+$)'
    $client = [Net.Sockets.TcpClient]::new()
    try {
        $client.Connect($hostName.Trim('[', ']'), [int] ($port ?? 25))
        $client.ReceiveTimeout = $client.SendTimeout = 120000
        $stream = $client.GetStream()
        $reader = [IO.StreamReader]::new($stream, [Text.Encoding]::Latin1)
        $say = {
            param($line)
            if ($null -ne $line) {
                $bytes = [Text.Encoding]::Latin1.GetBytes("$line`r`n")
                $stream.Write($bytes, 0, $bytes.Length)
            }
            do { $answer = $reader.ReadLine() } while ($answer -match '^\d{3}-')
            "$answer"
        }
        $dialogue = @($null, "EHLO client.$Domain", "MAIL FROM:<$From>") + @($To | ForEach-Object { "RCPT TO:<$_>" }) + 'DATA'
        foreach ($line in $dialogue) {
            $reply = & $say $line
            if ($reply -notmatch '^[23]') { return $reply }
        }
        $content = ($Message -replace '\r?\n', "`r`n") -replace '(?m)^\.', '..'
        $reply = & $say "$($content.TrimEnd())`r`n."
        $null = & $say 'QUIT'
        $reply
    } finally {
        $client.Dispose()
    }
}

# A message with a text of this run.
function New-LiveMessage([string] $Subject, [string] $To = $Live.Ann.Address, [string] $From = $Live.Sender, [string] $Text = 'Only a test.') {
    @"
From: <$From>
To: <$To>
Subject: $Subject
Date: $([DateTimeOffset]::UtcNow.ToString('ddd, dd MMM yyyy HH:mm:ss +0000', [cultureinfo]::InvariantCulture))
Message-ID: <$([guid]::NewGuid().ToString('n'))@client.$Domain>
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"

$Text $($Live.Run)
"@
}
