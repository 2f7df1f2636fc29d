# Live streams in real PowerShell over a socket: however a pipeline ends, the server sees the caller leave within a second.

BeforeDiscovery {
    $Streams = @(
        @{ Version = '0.11'; Command = 'Watch-MailTrace' }
        @{ Version = '0.11'; Command = 'Watch-MailMetric -IntervalSeconds 1' }
        @{ Version = '0.11'; Command = 'Test-MailDelivery dean@campus.example' }
        @{ Version = '0.16'; Command = 'Test-MailDelivery dean@campus.example' }
    )
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    . "$PSScriptRoot/SandboxHost.ps1"
    Import-Module $ModuleFolder -Force
    $Servers = @{ '0.11' = Start-SandboxHost; '0.16' = Start-SandboxHost '--server-version', '0.16' }
    $Server = $Servers['0.11']

    # A runspace of its own in which a stream is open.
    function Start-Stream([string] $Script) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$ModuleFolder'").Invoke()
        $shell.Commands.Clear()
        $shell.Runspace.SessionStateProxy.SetVariable('server', $Server)
        $null = $shell.AddScript("Connect-MailServer `$server.Uri -Credential `$server.Credential; $Script").BeginInvoke()
        Wait-Sandbox { (Get-SandboxStream $Server).open -eq 1 }
        $shell
    }

    function Assert-Left {
        Wait-Sandbox { (Get-SandboxStream $Server).open -eq 0 } -Within '0:0:1'
    }
}

AfterAll {
    $Servers.Values | ForEach-Object { Stop-SandboxHost $_ }
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe '<Command> on <Version>' -ForEach $Streams {
    BeforeAll {
        $Server = $Servers[$Version]
        Connect-MailServer $Server.Uri -Credential $Server.Credential
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'ends with Select-Object -First' {
        @(Invoke-Expression "$Command | Select-Object -First 1").Count | Should -Be 1
        Assert-Left
    }

    It 'ends with break' {
        foreach ($once in 1) { Invoke-Expression "$Command | ForEach-Object { break }" }
        Assert-Left
    }

    It 'ends with Ctrl+C' {
        $shell = Start-Stream $Command
        $shell.Stop()
        Assert-Left
        $shell.Dispose()
    }

    It 'ends with its runspace' {
        $shell = Start-Stream $Command
        $shell.Runspace.Close()
        Assert-Left
        $shell.Dispose()
    }
}

Describe 'A live stream' {
    BeforeAll {
        Connect-MailServer $Server.Uri -Credential $Server.Credential
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'gives events while they arrive' {
        $events = Watch-MailTrace -MaxEvents 3
        $events.Count | Should -Be 3
        $events | ForEach-Object { $_.Created | Should -BeOfType datetimeoffset }
        Assert-Left
    }

    It 'goes on after the connection was cut, and says so with -Verbose' {
        $null = Invoke-RestMethod ([uri]::new($Server.Uri, '/sandbox/fault')) -Method Post -ContentType application/json -Body (
            @{ kind = 'Truncate'; path = '/api/telemetry/metrics/live'; count = 1; events = 1 } | ConvertTo-Json)
        $all = Watch-MailMetric queue.count -IntervalSeconds 1 -MaxEvents 2 -Verbose 4>&1
        @($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] -and $_ -like '*opened again*' }).Count | Should -Be 1
        @($all | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }).Id | Should -Be 'queue.count', 'queue.count'
    }

    It 'goes into a CSV file' {
        $file = Join-Path $TestDrive 'metrics.csv'
        Watch-MailMetric queue.count, user.count -MaxEvents 2 | Select-Object Id, Kind, Value | Export-Csv $file
        (Import-Csv $file).Kind | Should -Be 'Gauge', 'Gauge'
    }
}

Describe 'Test-MailDelivery' {
    BeforeAll {
        Connect-MailServer $Server.Uri -Credential $Server.Credential
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'ends with a verdict' {
        $last = Test-MailDelivery gone@leavers.example | Select-Object -Last 1
        $last.Step | Should -Be Completed
        $last.Reason | Should -BeLike '*mx.leavers.example*RCPT TO*'
    }

    It 'says of a whole queue what became of it' {
        $all = Get-MailQueueMessage -To oldfirm.example | Test-MailDelivery -Summary
        ($all | Where-Object Hostname -EQ mx.oldfirm.example).Step | Sort-Object -Unique | Should -Be Connection
    }

    It 'fits a window of 80 columns' {
        $shown = Test-MailDelivery info@customers.example | Out-String -Width 80
        ($shown -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}
