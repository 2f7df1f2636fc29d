Context 'Reports' {
    BeforeAll {
        $needsMail = 'x:DmarcExternalReport/query', 'x:DmarcExternalReport/get', 'x:DmarcExternalReport/set', 'x:TlsExternalReport/query', 'x:TlsExternalReport/get', 'x:ArfExternalReport/query', 'x:ArfExternalReport/get'
        $whyNot = if (-not $Live.TakesMail) { 'MAILADMIN_LIVE_SMTP is not set' }
        elseif (Invoke-RawAction ReloadSettings) { 'the settings of this server have errors, so no address for reports can be added' }

        # Hands a report in and returns its id of the server.
        function Send-Report([string] $Type, [string] $Message, [string] $Mark) {
            $reply = Send-LiveMail -To $ReportAddress -Message $Message
            if ($reply -notmatch '^250') { throw "The server refused a report: $reply" }
            $script:found = @()
            Wait-Live { ($script:found = @(Find-RawObject $Type | Where-Object { ($_ | ConvertTo-Json -Depth 20 -Compress).Contains($Mark) })).Count } -For "the $Type is there" -Seconds 30
            $script:found[0].id
        }

        if (-not $whyNot) {
            Set-RawObject Account @{ aliases = @{ '0' = @{ name = 'reports'; domainId = $Live.DomainId } } } $Live.Bob.Id
        }
    }

    AfterAll {
        if (-not $whyNot) {
            Set-RawObject ReportSettings @{ "inboundReportAddresses/$ReportAddress" = $null }
            $null = Invoke-RawAction ReloadSettings
        }
    }

    It 'are read at an address of the suite' {
        if ($whyNot) { Skip-Operation 'x:ReportSettings/set' -Cmdlet Set-MailObject -Because $whyNot; return }
        Confirm-Operation 'x:ReportSettings/set', 'x:Action/set' -Cmdlet Set-MailObject -How 'raw get: one address more; that reports are read there shows that it was taken into use' {
            $before = Get-Key (Get-RawObject ReportSettings).inboundReportAddresses
            $addresses = @((Get-MailObject ReportSettings).Property.inboundReportAddresses | Where-Object { $_ }) + $ReportAddress
            Set-MailObject ReportSettings -Property @{ inboundReportAddresses = $addresses }
            Get-Key (Get-RawObject ReportSettings).inboundReportAddresses | Should -Be (@($before) + $ReportAddress | Sort-Object)
        }
    }

    It 'about DMARC are listed, read and removed' {
        if ($whyNot) { Skip-Operation $needsMail -Cmdlet 'Get-MailDmarcReport, Get-MailTlsReport, Get-MailArfReport, Remove-MailReport' -Because $whyNot; return }
        $mark = "dmarc-$($Live.Run)"
        $id = Send-Report DmarcExternalReport (New-DmarcReportMail $mark) $mark
        Confirm-Operation 'x:DmarcExternalReport/query', 'x:DmarcExternalReport/get' -Cmdlet Get-MailDmarcReport -How 'a report handed in by SMTP: as many as the raw list has, its fields are those of the XML and of a raw get' {
            @(Get-MailDmarcReport -IdOnly).Count | Should -Be @(Find-RawId DmarcExternalReport).Count
            $shown = @(Get-MailDmarcReport | Where-Object ReportId -CEQ $mark)
            $shown.Count | Should -Be 1
            $shown.Organization | Should -Be "reporter.$Domain"
            $shown.Domain | Should -Be $Domain
            "$($shown.Policy)" | Should -Be Quarantine
            $shown.MessageCount | Should -Be 7
            $shown.Record[0].SourceIp | Should -Be '192.0.2.10'
            $shown.Created.ToUniversalTime().ToString('s') + 'Z' | Should -Be (Get-RawObject DmarcExternalReport $id).receivedAt
            (Get-MailDmarcReport $shown.Id).ReportId | Should -BeExactly $mark
            $Live.DmarcReport = $shown.Id
        }
        Confirm-Operation 'x:DmarcExternalReport/set' -Cmdlet Remove-MailReport -How 'not found by a raw get; its id alone is on the wire' {
            $from = $Live.Wire.Count
            Remove-MailReport Dmarc $Live.DmarcReport -Force -WhatIf
            Get-RawObject DmarcExternalReport $id | Should -Not -BeNullOrEmpty
            Remove-MailReport Dmarc $Live.DmarcReport -Force
            Get-RawObject DmarcExternalReport $id | Should -BeNullOrEmpty
            @(Find-WireArgument x:DmarcExternalReport/set $from).destroy | Should -Be $id
        }
    }

    It 'about TLS are listed, read and removed' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        $mark = "tls-$($Live.Run)"
        $id = Send-Report TlsExternalReport (New-TlsReportMail $mark) $mark
        Confirm-Operation 'x:TlsExternalReport/query', 'x:TlsExternalReport/get', 'x:TlsExternalReport/set' -Cmdlet 'Get-MailTlsReport, Remove-MailReport' -How 'a report handed in by SMTP: its fields are those of the JSON; not found by a raw get afterwards' {
            $shown = @(Get-MailTlsReport | Where-Object ReportId -CEQ $mark)
            $shown.Count | Should -Be 1
            $shown.Organization | Should -Be "Reporter $Prefix"
            $shown.FailureCount | Should -Be 303
            $shown | Remove-MailReport -Force
            Get-RawObject TlsExternalReport $id | Should -BeNullOrEmpty
        }
    }

    It 'about abuse are listed, read and removed' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        $mark = "arf-$($Live.Run)"
        $id = Send-Report ArfExternalReport (New-ArfReportMail $mark) $mark
        Confirm-Operation 'x:ArfExternalReport/query', 'x:ArfExternalReport/get', 'x:ArfExternalReport/set' -Cmdlet 'Get-MailArfReport, Remove-MailReport' -How 'a report handed in by SMTP: its fields are those of the mail; not found by a raw get afterwards' {
            $shown = @(Get-MailArfReport | Where-Object Subject -CEQ "FW: Earn money $mark")
            $shown.Count | Should -Be 1
            "$($shown.SourceIp)" | Should -Be '192.0.2.1'
            $shown | Remove-MailReport -Force
            Get-RawObject ArfExternalReport $id | Should -BeNullOrEmpty
        }
    }

    It 'that wait to be sent are listed' {
        Confirm-Operation 'x:DmarcInternalReport/query', 'x:TlsInternalReport/query' -Cmdlet 'Get-MailQueueReport -IdOnly' -How 'as many as the raw lists before it, or after it' {
            $count = { @(Find-RawId DmarcInternalReport).Count + @(Find-RawId TlsInternalReport).Count }
            $before = & $count
            @(Get-MailQueueReport -IdOnly).Count | Should -BeIn $before, (& $count)
        }
        # Where nothing waits there is nothing to read.
        $waiting = @('DmarcInternalReport', 'TlsInternalReport' | Where-Object { Find-RawId $_ })
        if (-not $waiting) { Add-Ledger 'x:TlsInternalReport/get' Get-MailQueueReport skipped 'no report waits on this server'; return }
        Confirm-Operation $waiting.ForEach{ "x:$_/get" } -Cmdlet Get-MailQueueReport -How 'the domains of the raw lists' {
            @(Get-MailQueueReport).Domain | Sort-Object | Should -Be ($waiting | ForEach-Object { Find-RawObject $_ } | ForEach-Object domain | Sort-Object)
        }
    }

    It 'that wait to be sent are read and removed' {
        $operations = 'x:DmarcInternalReport/get', 'x:DmarcInternalReport/set'
        if (-not $Live.TakesMail) { Skip-Operation $operations -Cmdlet 'Get-MailQueueReport, Remove-MailQueueReport' -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        # Reserved for tests, so nobody real is at this domain; in a test network its DMARC policy may ask for reports.
        $reporting = $env:MAILADMIN_LIVE_DMARC_DOMAIN ? $env:MAILADMIN_LIVE_DMARC_DOMAIN : 'sender.test'
        $list = { @(Find-RawObject DmarcInternalReport @{ domain = $reporting } | Where-Object domain -EQ $reporting) }
        if (& $list) { Skip-Operation $operations -Cmdlet 'Get-MailQueueReport, Remove-MailQueueReport' -Because "a report for $reporting waits already, which is not the suite's"; return }
        $null = Send-LiveMail -To $Live.Bob.Address -From "news@$reporting" -Message (New-LiveMessage 'Not from us' -To $Live.Bob.Address -From "news@$reporting")
        $none = $null
        try { Wait-Live { @(& $list).Count } -For 'a report waits' -Seconds 4 } catch { $none = $_ }
        if ($none) { Skip-Operation $operations -Cmdlet 'Get-MailQueueReport, Remove-MailQueueReport' -Because "$reporting asks for no reports here: MAILADMIN_LIVE_DMARC_DOMAIN may name a domain that does"; return }
        $raw = @(& $list)[0]
        $Live.QueueReport = $raw.id
        Confirm-Operation 'x:DmarcInternalReport/get' -Cmdlet Get-MailQueueReport -How 'a report that failed mail by SMTP caused: field by field as raw' {
            $shown = @(Get-MailQueueReport -Domain $reporting)
            $shown.Count | Should -Be 1
            $shown.Domain | Should -Be $reporting
            "$($shown.Kind)" | Should -Be dmarc
            $shown.End.ToUniversalTime().ToString('s') + 'Z' | Should -Be $raw.deliverAt
        }
        Confirm-Operation 'x:DmarcInternalReport/set' -Cmdlet Remove-MailQueueReport -How 'not found by a raw get; its id alone is on the wire' {
            $from = $Live.Wire.Count
            Get-MailQueueReport -Domain $reporting | Remove-MailQueueReport -Force
            Get-RawObject DmarcInternalReport $raw.id | Should -BeNullOrEmpty
            @(Find-WireArgument x:DmarcInternalReport/set $from).destroy | Should -Be $raw.id
        }
    }
}
