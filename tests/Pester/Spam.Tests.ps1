# Messages of this machine in real PowerShell: what Get-ChildItem and Get-Content hand over.

BeforeDiscovery {
    . "$PSScriptRoot/Families.ps1"
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    Import-Module $ModuleFolder -Force
    $mail = "Return-Path: <news@sender.test>`r`nReceived: from mail.sender.test (mx.sender.test [192.0.2.25]) by mx.example.org`r`nFrom: ann@sender.test`r`nSubject: x`r`n`r`nHello`r`n"
    foreach ($name in 'a.eml', 'b.eml', '[c].eml') {
        [IO.File]::WriteAllText((Join-Path $TestDrive $name), $mail)
    }
}

AfterAll {
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'Test-MailDmarc over <Family>' -ForEach $Families {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion $Version
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'takes files from Get-ChildItem, brackets and all' {
        $results = Get-ChildItem $TestDrive -Filter *.eml | Test-MailDmarc
        $results.Count | Should -Be 3
        $results.Pass | Should -Not -Contain $false
        # In Thai a bracket is no reason to come first.
        ($results.Path | Split-Path -Leaf | Sort-Object -Culture en-US) -join ' ' | Should -BeExactly '[c].eml a.eml b.eml'
    }

    It 'takes paths of objects that only remember them' {
        (Get-ChildItem $TestDrive -Filter *.eml | Select-Object PSPath | Test-MailDmarc).Count | Should -Be 3
        (Get-ChildItem $TestDrive -Filter *.eml | Select-Object @{ n = 'LiteralPath'; e = { $_.FullName } } | Test-MailDmarc).Count | Should -Be 3
    }

    It 'takes a message as text, as lines and as bytes' {
        $file = Join-Path $TestDrive 'a.eml'
        Test-MailDmarc -Message (Get-Content $file -Raw) -Quiet | Should -BeTrue
        Test-MailDmarc -Message (Get-Content $file) -Quiet | Should -BeTrue
        Test-MailDmarc -Message (Get-Content $file -AsByteStream) -Quiet | Should -BeTrue
        Test-MailDmarc -Message (Get-Content $file -AsByteStream -Raw) -Quiet | Should -BeTrue
    }

    It 'takes rows of a CSV file' {
        $file = Join-Path $TestDrive 'checks.csv'
        Set-Content $file 'RemoteIp,EhloDomain,MailFrom', '192.0.2.25,mail.sender.test,news@sender.test', '192.0.2.99,,news@sender.test'
        (Import-Csv $file | Test-MailDmarc).Pass -join ' ' | Should -BeExactly 'True False'
    }

    It 'names a row whose address is none' {
        $problem = { [pscustomobject]@{ RemoteIp = 'mail'; MailFrom = 'a@sender.test' } | Test-MailDmarc -ErrorAction Stop } | Should -Throw -PassThru
        "$problem" | Should -Match "'mail' is not an IP address"
    }

    It 'fits a window of 80 columns' {
        $shown = Test-MailDmarc (Join-Path $TestDrive 'a.eml') | Format-Table | Out-String -Width 80
        $shown | Should -Match '(?m)^True +news@sender.test'
        ($shown -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}

Describe 'Test-MailSpam over <Family>' -ForEach $Families {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion $Version
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'scores files from the pipeline and fits a window of 80 columns' {
        $results = Get-ChildItem $TestDrive -Filter *.eml | Test-MailSpam
        $results.Count | Should -Be 3
        $results[0].Tag.Name | Should -Contain 'RCPT_COUNT_ZERO'
        $shown = $results | Out-String -Width 80
        ($shown -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}

Describe 'Invoke-MailSpamTraining over <Family>' -ForEach $Families {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion $Version
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'sends nothing with -WhatIf' {
        Get-ChildItem $TestDrive -Filter *.eml | Invoke-MailSpamTraining -Class Spam -WhatIf | Should -BeNullOrEmpty
    }

    It 'learns from what Get-ChildItem finds, and the results group' {
        $results = Get-ChildItem $TestDrive -Filter *.eml | Invoke-MailSpamTraining -Class Spam -WarningAction Ignore
        ($results | Group-Object Status -NoElement).Name | Should -BeExactly ($Family -eq 'REST' ? 'Learned' : 'Stored')
        # In Thai a bracket is no reason to come first.
        ($results.Path | Split-Path -Leaf | Sort-Object -Culture en-US) -join ' ' | Should -BeExactly '[c].eml a.eml b.eml'
        $shown = $results | Out-String -Width 80
        ($shown -split '\r?\n' | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }

    It 'names a file that is not there and goes on with the rest' {
        $problems = $null
        Get-Item (Join-Path $TestDrive 'a.eml') | ForEach-Object { Join-Path $TestDrive 'missing.eml' } |
            Invoke-MailSpamTraining -Class Spam -WhatIf -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.Count | Should -Be 1
        "$problems" | Should -Match 'missing.eml'
    }
}
