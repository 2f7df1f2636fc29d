Context 'Reports' {
    BeforeAll {
        $needsMail = 'GET /reports/dmarc', 'GET /reports/tls', 'GET /reports/arf', 'GET /reports/{kind}/{id}', 'DELETE /reports/{kind}/{id}', 'DELETE /reports/{kind}'
        $whyNot = if (-not $Live.TakesMail) { 'MAILADMIN_LIVE_SMTP is not set' }
        elseif ((Get-Raw '/api/reload?dry-run=1').errors.Count) { 'the settings of this server have errors, so no address for reports can be added' }

        # Hands a report in and returns its id, as the raw API has it.
        function Send-Report([string] $Kind, [string] $Message, [string] $Mark) {
            $reply = Send-LiveMail -To $ReportAddress -Message $Message
            if ($reply -notmatch '^250') { throw "The server refused a report: $reply" }
            $found = @()
            Wait-Live { ($script:found = @((Get-Raw "/api/reports/$Kind`?limit=20").items | Where-Object { (Invoke-Raw GET "/api/reports/$Kind/$_").Text.Contains($Mark) })).Count } -For "the $Kind report is there" -Seconds 30
            $script:found[0]
        }

        function Test-RawReport([string] $Kind, [string] $Id) { (Invoke-Raw GET "/api/reports/$Kind/$Id").Status -eq 200 }

        if (-not $whyNot) {
            $null = Get-Raw "/api/principal/$($Live.Bob.Name)" -Method PATCH -Body @(, @{ action = 'addItem'; field = 'emails'; value = $ReportAddress })
            # That reports are read at this address at all shows that the setting was written and taken into use.
            Set-MailSetting "report.analysis.addresses.$Prefix" $ReportAddress
            $null = Invoke-MailSettingReload -Confirm:$false
        }
    }

    It 'about DMARC are listed, read and removed' {
        if ($whyNot) { Skip-Operation $needsMail -Cmdlet '-' -Because $whyNot; return }
        $mark = "dmarc-$($Live.Run)"
        $id = Send-Report dmarc (New-DmarcReportMail $mark) $mark
        Confirm-Operation 'GET /reports/dmarc', 'GET /reports/{kind}/{id}' -Cmdlet Get-MailDmarcReport -How 'a report handed in by SMTP: its id is in the raw list, its fields are those of the XML' {
            @(Get-MailDmarcReport -IdOnly).Id | Should -Contain $id
            $shown = Get-MailDmarcReport $id
            $shown.ReportId | Should -BeExactly $mark
            $shown.Organization | Should -Be "reporter.$Domain"
            $shown.Domain | Should -Be $Domain
            "$($shown.Policy)" | Should -Be Quarantine
            $shown.MessageCount | Should -Be 7
            $shown.Record[0].SourceIp | Should -Be '192.0.2.10'
        }
        Confirm-Operation 'DELETE /reports/{kind}/{id}' -Cmdlet Remove-MailReport -How '404 to a raw GET' {
            Remove-MailReport Dmarc $id -Force -WhatIf
            Test-RawReport dmarc $id | Should -BeTrue
            Remove-MailReport Dmarc $id -Force
            Test-RawReport dmarc $id | Should -BeFalse
        }
    }

    It 'about TLS are listed and read' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        $mark = "tls-$($Live.Run)"
        $id = Send-Report tls (New-TlsReportMail $mark) $mark
        Confirm-Operation 'GET /reports/tls', 'GET /reports/{kind}/{id}' -Cmdlet Get-MailTlsReport -How 'a report handed in by SMTP: its id is in the raw list, its fields are those of the JSON' {
            @(Get-MailTlsReport -IdOnly).Id | Should -Contain $id
            $shown = Get-MailTlsReport $id
            $shown.ReportId | Should -BeExactly $mark
            $shown.Organization | Should -Be "Reporter $Prefix"
            $shown.FailureCount | Should -Be 303
        }
        Remove-MailReport Tls $id -Force
        Test-RawReport tls $id | Should -BeFalse
    }

    It 'about abuse are listed and read, and removed by a filter that only they match' {
        if ($whyNot) { Set-ItResult -Skipped -Because $whyNot; return }
        $mark = "arf-$($Live.Run)"
        $id = Send-Report arf (New-ArfReportMail $mark) $mark
        Confirm-Operation 'GET /reports/arf', 'GET /reports/{kind}/{id}' -Cmdlet Get-MailArfReport -How 'a report handed in by SMTP: its id is in the raw list, its fields are those of the mail' {
            @(Get-MailArfReport -IdOnly).Id | Should -Contain $id
            $shown = Get-MailArfReport $id
            $shown.Subject | Should -Be "FW: Earn money $mark"
            "$($shown.SourceIp)" | Should -Be '192.0.2.1'
        }
        # The list knows the same filter: it says beforehand what would go.
        $filter = "text=$([uri]::EscapeDataString($mark))"
        $matching = @((Get-Raw "/api/reports/arf?$filter").items)
        if (($matching -join ' ') -ne $id) {
            Skip-Operation 'DELETE /reports/{kind}' -Cmdlet Invoke-MailApi -Because "the filter of this server matches $($matching.Count) reports, not the one of the suite"
            return
        }
        Confirm-Operation 'DELETE /reports/{kind}' -Cmdlet 'Invoke-MailApi -Method Delete' -How 'with a text of this run: 404 to a raw GET' {
            Invoke-MailApi "reports/arf?$filter" -Method Delete -Confirm:$false | Should -BeTrue
            Wait-Live { -not (Test-RawReport arf $id) } -For 'the report is gone'
        }
    }

    It 'that wait to be sent are listed' {
        Confirm-Operation 'GET /queue/reports' -Cmdlet 'Get-MailQueueReport -IdOnly' -How 'the ids of the raw lists before and after' {
            $before = @((Get-Raw /api/queue/reports).items)
            $shown = @(Get-MailQueueReport -IdOnly | ForEach-Object Id)
            $after = @((Get-Raw /api/queue/reports).items)
            @($before | Where-Object { $_ -in $after -and $_ -notin $shown }) | Should -BeNullOrEmpty
            @($shown | Where-Object { $_ -and $_ -notin $before -and $_ -notin $after }) | Should -BeNullOrEmpty
        }
    }

    It 'that wait to be sent are read and removed' {
        $operations = 'GET /queue/reports/{id}', 'DELETE /queue/reports/{id}', 'DELETE /queue/reports'
        if (-not $Live.TakesMail) { Skip-Operation $operations -Cmdlet '-' -Because 'MAILADMIN_LIVE_SMTP is not set'; return }
        # Reserved for tests, so nobody real is at this domain; in a test network its DMARC policy may ask for reports.
        $reporting = $env:MAILADMIN_LIVE_DMARC_DOMAIN ? $env:MAILADMIN_LIVE_DMARC_DOMAIN : 'sender.test'
        $list = { @((Get-Raw "/api/queue/reports?type=dmarc&domain=$reporting").items | Where-Object { ($_ -split '!')[1] -eq $reporting }) }
        if (& $list) { Skip-Operation $operations -Cmdlet '-' -Because "a report for $reporting waits already, which is not the suite's"; return }
        $ids = @()
        $make = {
            $null = Send-LiveMail -To $Live.Bob.Address -From "news@$reporting" -Message (New-LiveMessage 'Not from us' -To $Live.Bob.Address -From "news@$reporting")
            try { Wait-Live { ($script:ids = & $list).Count } -For 'a report waits' -Seconds 4 } catch { $script:ids = @() }
            if ($script:ids) { $Live.QueueReport = $script:ids[0] }
            $script:ids | Select-Object -First 1
        }
        $id = & $make
        if (-not $id) { Skip-Operation $operations -Cmdlet '-' -Because "$reporting asks for no reports here: MAILADMIN_LIVE_DMARC_DOMAIN may name a domain that does"; return }
        Confirm-Operation 'GET /queue/reports/{id}' -Cmdlet Get-MailQueueReport -How 'a report that failed mail by SMTP caused: field by field as raw' {
            $shown = Get-MailQueueReport $id
            $raw = Get-Raw "/api/queue/reports/$([uri]::EscapeDataString($id))"
            $shown.Domain | Should -Be $reporting
            "$($shown.Kind)" | Should -Be $raw.type
            $shown.End.ToUniversalTime().ToString('s') + 'Z' | Should -Be $raw.range_to
        }
        Confirm-Operation 'DELETE /queue/reports/{id}' -Cmdlet Remove-MailQueueReport -How '404 to a raw GET, and not in the raw list' {
            Remove-MailQueueReport $id -Force
            & $list | Should -BeNullOrEmpty
            (Invoke-Raw GET "/api/queue/reports/$([uri]::EscapeDataString($id))").Status | Should -Be 404
        }
        $id = & $make
        Confirm-Operation 'DELETE /queue/reports' -Cmdlet 'Invoke-MailApi -Method Delete' -How 'of this domain: not in the raw list' {
            $id | Should -Not -BeNullOrEmpty
            Invoke-MailApi "queue/reports?type=dmarc&domain=$reporting" -Method Delete -Confirm:$false | Should -BeTrue
            Wait-Live { -not (& $list) } -For 'the report is gone'
        }
    }
}
