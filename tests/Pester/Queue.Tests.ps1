# The queue and the reports in real PowerShell: what goes through Group-Object, Csv and Json, and a session that nobody watches.

BeforeDiscovery {
    . "$PSScriptRoot/Families.ps1"
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
}

AfterAll {
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Queued messages over <Family>' -ForEach $Families {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion $Version
        $all = @(Get-MailQueueMessage)
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'come back from a CSV file with every digit of their ids' {
        $file = Join-Path $TestDrive 'queue.csv'
        $all | Select-Object Id, From, Recipient, Status | Export-Csv $file
        (Import-Csv $file | Get-MailQueueMessage).Id -join ' ' | Should -BeExactly ($all.Id -join ' ')
        (Import-Csv $file)[3].Recipient | Should -BeExactly ($all[3].Recipient.Address -join ';')
    }

    It 'come back from JSON with every digit of their ids' {
        ($all | Select-Object Id | ConvertTo-Json | ConvertFrom-Json | Get-MailQueueMessage).Id -join ' ' | Should -BeExactly ($all.Id -join ' ')
    }

    It 'group by the domains that wait' {
        $domains = $all.Recipient | Where-Object Status -EQ TemporaryFailure | Group-Object Domain
        $domains.Name | Should -Contain 'oldfirm.example'
        ($domains | Measure-Object Count -Sum).Sum | Should -Be @($all.Recipient | Where-Object Status -EQ TemporaryFailure).Count
    }

    It 'are selected by age with the pipeline that the refusal of a past -DueBefore prints' {
        # From 0.16 on no such time is refused: the server counts every message that is due before it.
        if ($Family -eq 'JMAP') {
            Get-MailQueueMessage -DueBefore (Get-Date).AddDays(-1) | Should -BeNullOrEmpty
            return
        }
        $refusal = { Get-MailQueueMessage -DueBefore (Get-Date).AddDays(-1) -ErrorAction Stop } | Should -Throw -PassThru
        $line = $refusal.ErrorDetails.RecommendedAction
        $old = @(Invoke-Expression $line)
        $old.Count | Should -BeGreaterThan 0
        $old.Count | Should -BeLessThan $all.Count
    }

    It 'stop coming when nobody wants more' {
        (Get-MailQueueMessage | Select-Object -First 2).Count | Should -Be 2
    }

    It 'fit a window of 80 columns' {
        $shown = $all | Out-String -Width 80
        $shown | Should -Match 'NextRetry +From +To'
        ($shown -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    # A view that shows 2569-11-29 in a Thai session would be read as that year by -DueBefore: every message is due before it.
    It 'show times as a parameter reads them, in <_>' -ForEach 'th-TH', 'ar-SA', 'fa-IR', 'fi-FI' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = $_
            $table = $all[0] | Format-Table | Out-String
            $list = $all[0] | Format-List | Out-String
        } finally {
            [cultureinfo]::CurrentCulture = $culture
        }
        $table | Should -Match ([regex]::Escape($all[0].NextRetry.LocalDateTime.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture)))
        $list | Should -Match "Created +: $([regex]::Escape($all[0].Created.LocalDateTime.ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture)))"
    }
}

Describe 'Everything' {
    BeforeAll {
        Connect-MailServer -Sandbox
        $before = @(Get-MailQueueMessage).Count
        $script = "Import-Module '$ModuleFolder'; Connect-MailServer -Sandbox; " +
            "try { Remove-MailQueueMessage -All } catch { `$_.FullyQualifiedErrorId }; @(Get-MailQueueMessage).Count"
        Disconnect-MailServer
    }

    It 'is not cancelled where nobody can be asked' {
        $id, $left = Invoke-ThisPowerShell -NoProfile -NonInteractive -Command $script
        $id | Should -BeLike 'PromptUnavailable,*'
        $left | Should -Be $before
    }

    It 'is not cancelled where the input is at its end' {
        $said = @() | Invoke-ThisPowerShell -NoProfile -Command $script
        $said[-2] | Should -BeLike '*PromptUnavailable,*'
        $said[-1] | Should -Be $before
    }

    It 'is not cancelled by Enter' {
        $said = '' | Invoke-ThisPowerShell -NoProfile -Command $script
        "$said" | Should -BeLike '*default is "N"*'
        "$said" | Should -Not -BeLike '*PromptUnavailable*'
        $said[-1] | Should -BeLike "*$before"
    }
}

Describe 'Reports over <Family>' -ForEach $Families {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion $Version
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'sum up by source' {
        $records = @(Get-MailDmarcReport | Select-Object -ExpandProperty Record)
        $sources = $records | Group-Object SourceIp
        @($sources).Count | Should -Be @($records.SourceIp | Sort-Object -Unique).Count
        ($sources | ForEach-Object { ($_.Group | Measure-Object MessageCount -Sum).Sum } | Measure-Object -Sum).Sum |
            Should -Be (Get-MailDmarcReport | Measure-Object MessageCount -Sum).Sum
    }

    It 'have times that compare' {
        Get-MailDmarcReport | Where-Object Begin -GT (Get-Date).AddYears(-1) | Should -Not -BeNullOrEmpty
        Get-MailDmarcReport | Where-Object Begin -GT (Get-Date).AddYears(1) | Should -BeNullOrEmpty
    }
}
