Context 'The whole' {
    It 'was done: no operation of the module is left out' {
        $done = @($Ledger.Operation)
        @($Live.Operations | Where-Object { $_ -notin $done }) | Should -BeNullOrEmpty
        @($Described | Where-Object { $_ -notin $done }) | Should -BeNullOrEmpty
    }

    It 'left everything else as it was' {
        Remove-LiveLeftover
        $after = Get-ForeignState
        Compare-Object $Live.Before.Principals $after.Principals | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
        Compare-Object $Live.Before.Settings $after.Settings | ForEach-Object { "$($_.SideIndicator) $($_.InputObject -replace ' = .*')" } | Should -BeNullOrEmpty
        Get-Raw /api/queue/status | Should -Be $Live.QueueRan
    }
}
