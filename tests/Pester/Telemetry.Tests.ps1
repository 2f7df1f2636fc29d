# Metrics, traces and the log in real PowerShell: what goes through Select-Object, Group-Object and lists, and a log that is followed.

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
    Connect-MailServer -Sandbox
}

AfterAll {
    Disconnect-MailServer
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Traces' {
    BeforeAll {
        $all = @(Get-MailTrace)
    }

    It 'stop coming when nobody wants more' {
        (Get-MailTrace | Select-Object -First 2).SpanId | Should -Be $all[0..1].SpanId
    }

    It 'lead from a queued message to what happened to it' {
        $message = Get-MailQueueMessage | Where-Object { Get-MailTrace -QueueId $_.Id } | Select-Object -First 1
        $events = @($message | Get-MailTrace | Get-MailTraceEvent)
        $events.Count | Should -BeGreaterThan 1
        # A report of its failure is another message, in the same trace.
        $events.QueueId | Should -Contain $message.Id
        ($events | Group-Object Type).Name | Should -Contain 'delivery.attempt-start'
    }

    It 'come back from JSON with every digit of their ids' {
        ($all | Select-Object SpanId, QueueId -First 3 | ConvertTo-Json | ConvertFrom-Json | Get-MailTraceEvent).SpanId |
            Sort-Object -Unique | Should -Be ($all[0..2].SpanId | Sort-Object)
    }

    It 'fit a window of 100 columns' {
        $shown = ($all | Out-String -Width 100), ($all[0] | Get-MailTraceEvent | Out-String -Width 100) -join "`n"
        $shown | Should -Match 'SpanId +Type'
        ($shown -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 100
    }

    It 'list what the server noted' {
        $list = $all[0] | Format-List | Out-String -Width 100
        $list | Should -Match 'queueId = \d{18}'
        $list | Should -Not -Match 'System\.|MailAdmin\.'
        $all[0] | Get-MailTraceEvent | Format-List | Out-String | Should -Not -Match 'System\.|MailAdmin\.'
    }
}

Describe 'The log' {
    It 'stops coming when nobody wants more' {
        @(Get-MailServerLog -EventId http.* | Select-Object -First 3).Count | Should -Be 3
        @(Get-MailServerLog -Wait | Select-Object -First 2).Count | Should -Be 2
    }

    It 'groups by what happened' {
        (Get-MailServerLog | Group-Object EventId).Name | Should -Contain 'http.request-url'
    }

    It 'is followed without the lines that following it writes' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$ModuleFolder'").Invoke()
        $shell.Commands.Clear()
        $shell.Runspace.SessionStateProxy.SetVariable('connection', (Get-MailConnection -Default))
        $script = 'Get-MailServerLog -Wait -PollSeconds 1 -Tail 0 -Text http.request-url -MaxEvents 2 -TimeoutSeconds 60 -Connection $connection'
        try {
            $following = $shell.AddScript($script).BeginInvoke()
            do { $null = Get-MailQueueStatus } until ($following.AsyncWaitHandle.WaitOne(200))
            $entries = $shell.EndInvoke($following)
            $entries.Count | Should -Be 2
            $entries.ForEach{ $_.Data['url'] } | Sort-Object -Unique | Should -Be '/api/queue/status'
        }
        finally {
            $shell.Dispose()
        }
    }

    It 'fits a window of 100 columns, and its list hides nothing' {
        $entries = @(Get-MailServerLog -First 30)
        (($entries | Out-String -Width 100) -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 100
        $entries[0] | Format-List | Out-String -Width 200 | Should -Match 'Event +: .+'
        $entries | Where-Object Level -GE Warn | ForEach-Object { $_.Level | Should -BeIn 'Warn', 'Error' }
    }
}

Describe 'Metrics' {
    It 'are refused on a server without a licence with one error that says so' {
        . "$PSScriptRoot/SandboxHost.ps1"
        $server = Start-SandboxHost -ArgumentList '--empty'
        try {
            $community = Connect-MailServer $server.Uri -Credential $server.Credential -NoDefault -PassThru
            $failed = { Get-MailMetric -Connection $community -ErrorAction Stop } | Should -Throw -PassThru
            $failed.FullyQualifiedErrorId | Should -BeLike 'Unsupported*'
            $failed.Exception.Message | Should -BeLike '*Enterprise licence*'
            $community | Disconnect-MailServer
        }
        finally {
            Stop-SandboxHost $server
        }
    }

    It 'are no part of a build without the Enterprise code, and neither is deleted mail' {
        . "$PSScriptRoot/SandboxHost.ps1"
        $server = Start-SandboxHost -ArgumentList '--edition', 'oss'
        try {
            $built = Connect-MailServer $server.Uri -Credential $server.Credential -NoDefault -PassThru
            foreach ($command in { Get-MailMetric -Connection $built -ErrorAction Stop }, { Get-MailDeletedItem jane.doe -Connection $built -ErrorAction Stop }) {
                $failed = $command | Should -Throw -PassThru
                $failed.FullyQualifiedErrorId | Should -BeLike 'Unsupported*'
                $failed.CategoryInfo.Category | Should -Be 'NotImplemented'
                $failed.Exception.Message | Should -BeLike '*part of Stalwart Enterprise; this build has none of it.'
            }
            $built | Disconnect-MailServer
        }
        finally {
            Stop-SandboxHost $server
        }
    }

    It 'have a history that sums up' {
        $metrics = @(Get-MailMetric)
        @($metrics | Where-Object { -not $_.Timestamp }).Count | Should -Be 0
        ($metrics | Where-Object Kind -EQ Histogram | Measure-Object Count -Sum).Sum | Should -BeGreaterThan 0
    }
}
