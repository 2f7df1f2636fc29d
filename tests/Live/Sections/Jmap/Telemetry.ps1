Context 'Telemetry' {
    It 'is said to be missing without a licence: <Cmdlet>' -ForEach @(
        @{ Method = 'x:Metric/query'; Cmdlet = 'Get-MailMetric'; Do = { Get-MailMetric -ErrorAction Stop } }
        @{ Method = 'x:Metric/get'; Cmdlet = 'Get-MailMetric'; Do = { Get-MailMetric -ErrorAction Stop } }
        @{ Method = 'GET /api/live/metrics'; Cmdlet = 'Watch-MailMetric'; Do = { Watch-MailMetric -MaxEvents 1 -TimeoutSeconds 10 -ErrorAction Stop } }
        @{ Method = 'x:Trace/query'; Cmdlet = 'Get-MailTrace'; Do = { Get-MailTrace -ErrorAction Stop } }
        @{ Method = 'x:Trace/get'; Cmdlet = 'Get-MailTraceEvent'; Do = { Get-MailTraceEvent 1 -ErrorAction Stop } }
        @{ Method = 'GET /api/live/tracing'; Cmdlet = 'Watch-MailTrace'; Do = { Watch-MailTrace -MaxEvents 1 -TimeoutSeconds 10 -ErrorAction Stop } }
        @{ Method = 'GET /api/token/metrics'; Cmdlet = 'Request-MailStreamToken Metrics'; Do = { Request-MailStreamToken Metrics -ErrorAction Stop } }
        @{ Method = 'GET /api/token/tracing'; Cmdlet = 'Request-MailStreamToken Tracing'; Do = { Request-MailStreamToken Tracing -ErrorAction Stop } }
    ) {
        if ($Live.Server.Edition -eq 'enterprise') { Skip-Operation ($Method -replace '/api') -Cmdlet $Cmdlet -Because 'with a licence this suite does not check it over JMAP'; return }
        Confirm-Operation ($Method -replace '/api') -Cmdlet $Cmdlet -Unsent -How 'refused beside the module, and Unsupported from the cmdlet' {
            if ($Method -like 'GET *') {
                (Invoke-Raw GET ($Method -replace '^GET ')).Status | Should -Be 404
            } else {
                (Invoke-RawMethod $Method ($Method -like '*/get' ? @{ ids = @('b') } : @{})).Error | Should -BeIn forbidden, unknownMethod
            }
            $refused = $Do | Should -Throw -PassThru
            $refused.FullyQualifiedErrorId | Should -BeLike 'Unsupported*' -Because "$refused"
            $refused.CategoryInfo.Category | Should -Be NotImplemented
        }
    }
}
