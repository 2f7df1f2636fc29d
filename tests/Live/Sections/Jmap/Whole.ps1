Context 'The whole' {
    It 'was done: no cmdlet and no operation of the module is left out' {
        $done = @($Ledger.Operation)
        @($Live.Operations | Where-Object { $_ -notin $done }) | Should -BeNullOrEmpty
        # Whatever method the module sent, if only to find a name: the effect of each was looked at somewhere.
        @($Live.Wire.GetCalls(0) | ForEach-Object { (Get-WireMethod $_).Name } | Sort-Object -Unique | Where-Object { $_ -notin $done }) | Should -BeNullOrEmpty
        $named = @($Ledger.Cmdlet | ForEach-Object { [regex]::Matches($_, '\b[A-Z]\w+-Mail\w+').Value } | Sort-Object -Unique)
        @((Get-Command -Module MailAdmin).Name | Where-Object { $_ -notin $named }) | Should -BeNullOrEmpty
    }

    It 'left everything else as it was' {
        Remove-LiveLeftover
        $after = Get-ForeignState
        Compare-Object $Live.Before.Objects $after.Objects | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
        Compare-Object $Live.Before.Settings $after.Settings | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }
}
