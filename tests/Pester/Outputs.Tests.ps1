# What outputs become in JSON, CSV, HTML and Clixml, and that they come back from there; the views that only real PowerShell shows.

BeforeDiscovery {
    . "$PSScriptRoot/Families.ps1"
    $trips = @(
        @{ Trip = 'JSON'; Through = { $input | ConvertTo-Json -Depth 8 -WarningAction Ignore | ConvertFrom-Json } }
        @{ Trip = 'CSV'; Through = { $input | ConvertTo-Csv | ConvertFrom-Csv } }
        foreach ($culture in 'en-US', 'de-DE', 'ja-JP', 'th-TH') {
            @{ Trip = "CSV in $culture"; Culture = $culture; Through = { $input | ConvertTo-Csv -UseCulture | ConvertFrom-Csv -UseCulture } }
        }
        @{ Trip = 'Clixml'; Through = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize(@($input)[0], 3)) } }
        @{ Trip = 'Select-Object'; Through = { $input | Select-Object * } }
    )
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
    # What each cmdlet needs besides its input.
    $needs = @{
        'Get-MailBlob' = @{ AsText = $true }
        'Invoke-MailQueueReschedule' = @{ At = (Get-Date).AddHours(1) }
        'Invoke-MailSpamTraining' = @{ Class = 'Ham' }
        'Set-MailPrincipal' = @{ Quota = 5GB }
    }
    $takers = Get-Command -Module MailAdmin | Where-Object Name -NotMatch '^(Watch|Connect|Disconnect)-|MailAccount|MailApi|Mail(Object|Task)$|^(Import|Export)-' | Where-Object {
        $_.Parameters.Values | Where-Object { $_.Name -ne 'Connection' -and ($_.Attributes | Where-Object { $_ -is [Parameter] -and ($_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName) }) }
    }
    function Send-Sample($Command, $Object) {
        $more = if ($needs.ContainsKey($Command.Name)) { $needs[$Command.Name].Clone() } else { @{} }
        if ($Command.Parameters.ContainsKey('WhatIf')) { $more.WhatIf = $true }
        $failure = $null
        $output = @()
        try {
            $output = @($Object | & $Command @more -ErrorVariable failure -ErrorAction SilentlyContinue -WarningAction Ignore)
        } catch {
            # A cmdlet that the server of a family has nothing for.
            $failure = $_
        }
        [pscustomobject]@{ Count = $output.Count; Failure = $failure | Select-Object -First 1 }
    }
}

AfterAll {
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Outputs over <Family>' -ForEach $Families {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion $Version
        $message = Get-MailQueueMessage -First 1
        $report = Get-MailDmarcReport -First 1
        $samples = @(
            Get-MailPrincipal "jane.doe$At"
            Get-MailPrincipal -Type Domain -First 1
            Get-MailPrincipal -Type Group -First 1
            $message, $message.Recipient[0]
            $report, $report.Record[0]
            Get-MailTlsReport -First 1
            Get-MailArfReport -First 1
            Get-MailQueueReport -First 1
            Get-MailDkimSignature | Select-Object -First 1
            Get-MailDnsRecord example.org | Select-Object -First 1
            Get-MailQuotaUsage "jane.doe$At"
            Get-MailServerLog -First 1
            Test-MailDelivery buyer@partner.example -Summary
            if ($Family -eq 'REST') {
                $trace = Get-MailTrace -First 1
                $trace, ($trace | Get-MailTraceEvent | Select-Object -First 1)
                Get-MailDeletedItem jane.doe | Select-Object -First 1
                Get-MailSetting -First 1
                Get-MailMetric | Where-Object Kind -EQ Histogram | Select-Object -First 1
                Get-MailQueueStatus
            }
        )
    }

    AfterAll {
        Disconnect-MailServer
    }

    # One trip into each form is enough for a second family.
    It 'come back from <Trip> into every cmdlet that takes them' -ForEach @($trips | Where-Object { $Family -eq 'REST' -or $_.Trip -in 'JSON', 'CSV' }) {
        $before = [cultureinfo]::CurrentCulture
        if ($Culture) { [cultureinfo]::CurrentCulture = $Culture }
        $pairs = 0
        $lost = foreach ($command in $takers) {
            foreach ($sample in $samples) {
                $direct = Send-Sample $command $sample
                if (-not $direct.Failure) {
                    $pairs++
                    $back = Send-Sample $command ($sample | & $Through)
                    if ($back.Failure -or $back.Count -ne $direct.Count) { "$($command.Name) <- $($sample.GetType().Name): $($direct.Count), $($back.Count) $($back.Failure)" }
                }
            }
        }
        [cultureinfo]::CurrentCulture = $before
        $lost | Should -BeNullOrEmpty
        $pairs | Should -BeGreaterThan ($Family -eq 'REST' ? 80 : 50)
    }

    It 'are words in JSON' {
        $json = $report | ConvertTo-Json -Depth 8
        $json | Should -Match '"Kind": "Dmarc"'
        $json | Should -Match '"Dkim": "Pass"'
        Get-MailServerLog -First 1 | ConvertTo-Json | Should -Match '"Level": "\w+"'
        Get-MailPrincipal "jane.doe$At" | ConvertTo-Json | Should -Match '"Type": "Individual"'
        $message | ConvertTo-Json -Depth 4 | Should -Match '"Status": "\w+"'
    }

    It 'are readable in JSON, CSV and HTML, every one' {
        foreach ($sample in $samples) {
            $sample | ConvertTo-Json -Depth 8 | Should -Not -Match '"(ValueKind|PermissionPrefix|CanBeNamedByOthers|IsKnown|IsPending)"'
            ($sample | ConvertTo-Csv | Select-Object -Skip 1) -join '' | Should -Not -Match 'System\.|MailAdmin\.'
            $sample | ConvertTo-Html -Fragment | Out-String | Should -Not -Match '<td>(System|MailAdmin)\.'
        }
    }

    It 'show no detail of the implementation in Get-Member' {
        $names = ($samples | Get-Member).Name
        $names | Where-Object { $_ -match '^(<Clone>\$|Deconstruct|EqualityContract|Hidden|WithoutSecrets)$' } | Should -BeNullOrEmpty
    }

    It 'are still found by the names that other tools use' {
        $message.ReturnPath | Should -BeExactly $message.From
        ($message | Select-Object ReturnPath).ReturnPath | Should -BeExactly $message.From
    }

    It 'fill a wide view with their names' {
        $names = (Get-MailPrincipal -First 6).Name
        Get-MailPrincipal -First 6 | Format-Wide -Column 3 | Out-String -Width 80 | Should -Match "$([regex]::Escape($names[0])) +$([regex]::Escape($names[1]))"
    }

    It 'have a view of their own where one type is asked for: <Type> shows <Columns>' -ForEach @(
        @{ Type = 'Domain'; Columns = 'Name +MemberCount +Description' }
        # From 0.16 on the name is the primary address.
        @{ Type = 'Group'; Columns = $Family -eq 'REST' ? 'Name +MemberCount +PrimaryEmail +Description' : 'Name +MemberCount +Description' }
        @{ Type = 'List'; Columns = $Family -eq 'REST' ? 'Name +MemberCount +PrimaryEmail +ExternalMember' : 'Name +MemberCount +ExternalMember' }
        @{ Type = 'Role'; Columns = 'Name +MemberCount +Description +EnabledPermission' }
    ) {
        Get-MailPrincipal -Type $Type | Out-String -Width 80 | Should -Match "(?m)^$Columns"
    }
}
