# DKIM, DNS and settings in real PowerShell: what goes through Csv, Json, files and Format-*.

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
    Connect-MailServer -Sandbox
}

AfterAll {
    Disconnect-MailServer
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'A DKIM key, from making it to publishing it' {
    BeforeAll {
        $signature = New-MailDkimSignature example.org -Selector pester -Id pester
        $zone = Join-Path $TestDrive 'zone'
        $signature | Get-MailDnsRecord -AsZone | Set-Content $zone
    }

    It 'is in the zone fragment, split where one string ends' {
        $line = Get-Content $zone | Where-Object { $_ -like 'pester._domainkey.*' }
        ([regex]::Matches($line, '"([^"]*)"').ForEach({ $_.Groups[1].Value }) -join '') | Should -BeExactly $signature.DnsRecord.Content
    }

    It 'is a fragment that BIND reads' {
        if (-not (Get-Command named-checkzone -ErrorAction Ignore)) {
            Set-ItResult -Skipped -Because 'named-checkzone is not installed (Debian: bind9-utils)'
        }
        $whole = Join-Path $TestDrive 'whole'
        @('$TTL 3600', '@ IN SOA ns hostmaster 1 7200 3600 1209600 3600', '@ IN NS ns', 'ns IN A 192.0.2.1', 'mx IN A 192.0.2.2') + (Get-Content $zone) | Set-Content $whole
        $said = named-checkzone example.org $whole
        $LASTEXITCODE | Should -Be 0 -Because "$said"
    }

    It 'keeps its private key from every way out' {
        $ways = @(
            Get-MailDkimSignature | ConvertTo-Json -Depth 5
            Get-MailDkimSignature | Format-List * -Force | Out-String
            Get-MailSetting | ConvertTo-Csv
            Get-MailSetting -Group signature -Suffix domain | ConvertTo-Json -Depth 5
            New-MailDkimSignature example.org -Id pester -Verbose -Debug -WarningAction Continue *>&1 | Format-List * -Force | Out-String
            $Error[0] | ConvertTo-Json -Depth 4 -WarningAction Ignore
        ) -join "`n"
        $ways | Should -Not -BeLike '*PRIVATE KEY*'
        $ways | Should -BeLike '*pester*'
    }
}

Describe 'Settings in and out of a file' {
    It 'writes what it reads' {
        Set-MailSetting lookup.pester.b "two`n""lines"""
        Set-MailSetting lookup.pester.a '1,5'
        $file = Join-Path $TestDrive 'settings.csv'
        Get-MailSetting -Prefix lookup.pester | Export-Csv $file
        Remove-MailSetting -Prefix lookup.pester -Force
        Import-Csv $file | Set-MailSetting
        (Get-MailSetting -Prefix lookup.pester).Value | Should -Be '1,5', "two`n""lines"""
    }

    It 'makes a group of each listener' {
        Get-MailSetting -Group server.listener -Suffix protocol | Where-Object { $_['protocol'] -eq 'imap' } | ForEach-Object Id | Should -Be 'imaptls'
    }
}

Describe 'A change, checked before it is taken up' {
    It 'shows what is wrong and takes up what is right' {
        Set-MailSetting tracer.pester.type nonsense
        Test-MailSetting -Quiet | Should -BeFalse
        (Test-MailSetting).Key | Should -Be 'tracer.pester.type'
        Set-MailSetting tracer.pester.type stdout -Reload
        Test-MailSetting -Quiet | Should -BeTrue
    }
}
