# The store in real PowerShell: messages into files, deleted mail back, and nothing on everything by accident.

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

Describe 'Blobs over <Family>' -ForEach $Families {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion $Version
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'go into a file each' {
        $files = Get-MailQueueMessage | Select-Object -First 3 | Get-MailBlob -OutFile { Join-Path $TestDrive "$($_.Id).eml" }
        $files.Count | Should -Be 3
        $files | ForEach-Object { Get-Content $_ -Raw | Should -Match '(?m)^Subject: ' }
    }

    It 'leave no file behind when they are not there' {
        $file = Join-Path $TestDrive 'missing.eml'
        Get-MailBlob AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA -OutFile $file -ErrorAction SilentlyContinue -ErrorVariable problems
        $problems.Count | Should -Be 1
        Get-ChildItem $TestDrive -Filter 'missing*' | Should -BeNullOrEmpty
    }

    It 'are read as text' {
        Get-MailQueueMessage | Select-Object -First 1 | Get-MailBlob -AsText | Should -Match '(?m)^From: '
    }
}

Describe 'Deleted mail' {
    BeforeAll {
        Connect-MailServer -Sandbox
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'is restored item by item' {
        $items = @(Get-MailDeletedItem jane.doe)
        $items.Count | Should -BeGreaterThan 1
        ($items[0] | Restore-MailDeletedItem).Status | Should -Be Restored
        @(Get-MailDeletedItem jane.doe).Count | Should -Be ($items.Count - 1)
    }

    It 'is restored as a whole only with -All' {
        { Restore-MailDeletedItem -Account jane.doe -All:$false -ErrorAction Stop } | Should -Throw
        $null = Restore-MailDeletedItem -Account jane.doe -All -Force
        @(Get-MailDeletedItem jane.doe).Count | Should -Be 0
    }
}

Describe 'Purges and counters over <Family>' -ForEach $Families {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion $Version
    }

    AfterAll {
        Disconnect-MailServer
    }

    It 'want to know of what' {
        { Invoke-MailPurge -Account $null -Force } | Should -Throw
        { Invoke-MailPurge -Scope $null -Force } | Should -Throw
    }

    It 'send nothing with -WhatIf' {
        { Invoke-MailPurge -Scope AllAccounts -WhatIf; Reset-MailImapUid "jane.doe$At" -WhatIf } | Should -Not -Throw
    }

    It 'tell what an account uses' {
        $usage = Get-MailPrincipal j* -Type Individual | Get-MailQuotaUsage
        $usage.Account | Should -Contain "jane.doe$At"
        $usage | ForEach-Object { $_.UsedBytes | Should -BeOfType long }
    }
}
