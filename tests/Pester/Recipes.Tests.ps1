# docs/recipes: the scripts and the commands of the pages do what the pages say, with the API key that the page says, on the sandbox.
# Not run in other cultures.

BeforeDiscovery {
    . "$PSScriptRoot/Recipes/Invoke-Recipe.ps1"
    $pages = @(Get-ChildItem $RecipeFolder -Filter *.md | Where-Object Name -NE README.md | ForEach-Object { @{ Page = $_.Name } })
    $scripts = @(Get-ChildItem $RecipeFolder -Filter *.ps1 -Recurse | ForEach-Object { @{ Script = $_.Name; Path = $_.FullName } })
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    . "$PSScriptRoot/SandboxHost.ps1"
    . "$PSScriptRoot/Recipes/Invoke-Recipe.ps1"
    Import-Module $ModuleFolder -Force
    $server = Start-SandboxHost
    $admin = Connect-MailServer $server.Uri -Credential $server.Credential -Name 'recipes admin' -PassThru

    function Get-ScriptCommand([string] $Code) {
        $problems = $null
        $ast = [Management.Automation.Language.Parser]::ParseInput($Code, [ref] $null, [ref] $problems)
        $problems | Should -BeNullOrEmpty
        $ast.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)
    }

    # An alias is a word that readers of another language cannot look up; a parameter that is not there fails on the day of the error.
    function Test-RecipeCommand([string] $Code) {
        foreach ($command in Get-ScriptCommand $Code) {
            $name = $command.GetCommandName()
            if (-not $name) { continue }
            Get-Alias -Name $name -ErrorAction Ignore | Should -BeNullOrEmpty -Because "'$name' is an alias"
            $known = Get-Command $name -Module MailAdmin -ErrorAction Ignore
            if ($name -match '-Mail' -and $name -notmatch 'MailAccount|MailTxtRecord') { $known | Should -Not -BeNullOrEmpty -Because "there is no '$name'" }
            if ($known) {
                $command.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] } | ForEach-Object {
                    $_.ParameterName | Should -BeIn $known.Parameters.Keys -Because "'$name' has no such parameter"
                }
            }
        }
    }
}

AfterAll {
    Disconnect-MailServer -Connection $admin
    Stop-SandboxHost $server
    Remove-Module MailAdmin -ErrorAction Ignore
}

Describe 'The page <Page>' -ForEach $pages {
    BeforeAll {
        $text = Get-Content -LiteralPath (Join-Path $RecipeFolder $Page) -Raw
    }

    It 'is in the index and says what it needs and how to check it' {
        Get-Content (Join-Path $RecipeFolder README.md) -Raw | Should -BeLike "*($Page)*"
        $text | Should -Match '(?m)^##+ What it needs'
        $text | Should -Match '(?m)^(##+ )?Check it'
    }

    It 'links to files that are there' {
        foreach ($match in [regex]::Matches($text, '\]\((?<target>[^)#:]+)\)')) {
            Join-Path $RecipeFolder $match.Groups['target'].Value | Should -Exist
        }
    }

    It 'shows commands that are there, without aliases' {
        foreach ($block in Get-RecipeBlock $Page) { Test-RecipeCommand $block }
    }

    It 'names permissions that the server knows' {
        $code = @(Get-RecipeBlock $Page | Where-Object { $_ -match '-Type ApiKey' }) -join "`n"
        foreach ($match in [regex]::Matches($code, '\b(authenticate(-oauth)?|[a-z]+(-[a-z]+)*-(list|get|create|update|delete))\b')) {
            $match.Value | Should -BeIn $admin.Permission
        }
    }
}

Describe 'The script <Script>' -ForEach $scripts {
    It 'is strict, stops at errors, uses no aliases, and has help' {
        $code = Get-Content -LiteralPath $Path -Raw
        $code | Should -Match '(?m)^#Requires -Version 7\.6'
        $code | Should -Match '(?m)^\s*Set-StrictMode -Version 3'
        $code | Should -Match "(?m)^\s*\`$ErrorActionPreference = 'Stop'"
        Test-RecipeCommand $code
        $help = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $null)
        $help.GetHelpContent().Synopsis | Should -Not -BeNullOrEmpty
        foreach ($parameter in $help.ParamBlock.Parameters.Name.VariablePath.UserPath) {
            $help.GetHelpContent().Parameters[$parameter.ToUpperInvariant()] | Should -Not -BeNullOrEmpty -Because "-$parameter is explained"
        }
    }
}

Describe 'Secrets from a vault' {
    It 'go from the server into the vault and back, and are printed nowhere' {
        $code = "function Install-PSResource { }`nfunction Get-Credential { `$adminCredential }`n" + (Get-RecipeBlock secrets.md) -join "`n"
        $code = $code.Replace('https://mail.example.org', "$($server.Uri)") + @'

        $made = Get-Secret -Name 'mail ann.lee' -Vault Mail
        "names: $((Get-SecretInfo -Vault Mail).Name | Sort-Object)"
        "type: $((Get-Secret mail-queue-reader -Vault Mail).GetType().FullName)"
        "ann: $($made.UserName), connections: $(@(Get-MailConnection).UserName)"
        [IO.File]::WriteAllText('secrets', "$(Get-Secret mail-queue-reader -AsPlainText)`n$($made.GetNetworkCredential().Password)")
'@
        $before = "`$adminCredential = [pscredential]::new('admin', (ConvertTo-SecureString `$env:ADMIN -AsPlainText -Force)); Connect-MailServer $($server.Uri) -Credential `$adminCredential"
        $run = Invoke-RecipeCode $code @{ ADMIN = $server.Credential.GetNetworkCredential().Password } $before
        $run.Error | Should -BeNullOrEmpty
        $names = [regex]::Match("$($run.Output)", 'names: (.*)').Groups[1].Value
        'mail ann.lee', 'mail-admin', 'mail-queue-reader' | ForEach-Object { $names | Should -BeLike "*$_*" }
        $run.Output | Should -BeLike '*type: System.Security.SecureString*ann: ann.lee*'
        $run.Output | Should -BeLike '*TemporaryFailure*' -Because 'the key may look at the queue'
        (Get-MailPrincipal queue-reader).Type | Should -Be ApiKey
        $secrets = Get-Content (Join-Path $TestDrive secrets)
        $secrets.Count | Should -Be 2
        foreach ($secret in $secrets) { "$($run.Output)$($run.Error)" | Should -Not -BeLike "*$secret*" }
    }
}

Describe 'The scheduled import' {
    BeforeAll {
        $folder = Join-Path $TestDrive jobs
        $null = New-Item -ItemType Directory $folder
        Copy-Item (Join-Path $RecipeFolder Import-People.ps1) $folder
        $file = Join-Path $folder people.csv
        $log = Join-Path $folder log
        $token = Join-Path $folder token
        Set-Content $token (New-RecipeKey scheduled-import.md $admin) -NoNewline
        $environment = @{ STALWART_URL = $server.Uri; STALWART_TOKEN_FILE = $token }
        $arguments = '-Path', $file, '-LogFolder', $log
        function Set-People([string[]] $Row) { Set-Content $file (@('Name,Email,Description,MemberOf') + $Row) }
        function Get-Log { Get-ChildItem $log -Filter import-*.log | Get-Content -Raw }
    }

    It 'makes accounts, says so in the log, and keeps the passwords' {
        Set-People 'night.one,night.one@example.org,Night One,sales', 'jane.doe,jane.doe@example.org,Jane Changed,'
        $plan = Invoke-RecipeScript Import-People.ps1 ($arguments + '-WhatIf') $environment
        $plan.ExitCode | Should -Be 0 -Because "$($plan.Output)$($plan.Error)"
        $plan.Output | Should -BeLike '*Create*night.one*Update*jane.doe*'
        { Get-MailPrincipal night.one -ErrorAction Stop } | Should -Throw
        $run = Invoke-RecipeScript Import-People.ps1 $arguments $environment
        $run.ExitCode | Should -Be 0 -Because "$($run.Output)$($run.Error)"
        $run.Error | Should -BeNullOrEmpty
        (Get-MailPrincipal night.one).MemberOf | Should -Be sales
        (Get-MailPrincipal jane.doe).Description | Should -Be 'Jane Changed'
        $passwords = Import-Csv @(Get-ChildItem $log -Filter passwords-*.csv)[-1]
        $passwords.Name | Should -Be night.one
        Get-Log | Should -BeLike '*Created: 1*Exit code 0*'
        Get-Log | Should -Not -BeLike "*$($passwords.Password)*"
        Get-Log | Should -Not -BeLike "*$(Get-Content $token)*"
    }

    It 'does nothing the second time' {
        (Invoke-RecipeScript Import-People.ps1 $arguments $environment).Output | Should -BeLike '*Unchanged: 2*Exit code 0*'
    }

    It 'ends with 1 when a row fails, and the others are done' {
        Set-People 'night.two,night.two@nowhere.test,Night Two,', 'night.three,night.three@example.org,Night Three,'
        $run = Invoke-RecipeScript Import-People.ps1 $arguments $environment
        $run.ExitCode | Should -Be 1
        $run.Output | Should -BeLike '*Failed*night.two*nowhere.test*Created: 1*Failed: 1*'
        (Get-MailPrincipal night.three).Name | Should -Be night.three
        (Import-Csv @(Get-ChildItem $log -Filter failed-*.csv)[-1]).Name | Should -Be night.two
    }

    It 'ends with 2 when <Case>' -ForEach @(
        @{ Case = 'the file is missing'; Prepare = { Remove-Item $file }; Says = '*people.csv*' }
        @{ Case = 'the file has no rows'; Prepare = { Set-People @() }; Says = '*no rows*' }
        @{ Case = 'the server is not there'; Prepare = { Set-People 'a,a@example.org,A,'; $environment = $environment + @{}; $environment.STALWART_URL = 'http://127.0.0.1:9' }; Says = '*127.0.0.1:9*' }
        @{ Case = 'the key is refused'; Prepare = { Set-People 'a,a@example.org,A,'; $environment = @{ STALWART_URL = $server.Uri; STALWART_TOKEN = 'api_eDpzZWNyZXQ=' } }; Says = '*rejected*' }
    ) {
        . $Prepare
        $run = Invoke-RecipeScript Import-People.ps1 $arguments $environment
        $run.ExitCode | Should -Be 2
        Get-Log | Should -BeLike $Says
        Get-Log | Should -BeLike '*Exit code 2*'
    }

    It 'removes old logs, and neither passwords nor files of others' {
        Set-People 'jane.doe,jane.doe@example.org,Jane Changed,'
        $names = 'import-2020-01-01.log', 'failed-2020-01-01-000000.csv', 'passwords-2020-01-01-000000.csv', 'notes.txt'
        foreach ($name in $names) { (New-Item (Join-Path $log $name)).LastWriteTime = (Get-Date).AddDays(-40) }
        (Invoke-RecipeScript Import-People.ps1 ($arguments + '-KeepDays', '30') $environment).ExitCode | Should -Be 0
        $names | Where-Object { Test-Path (Join-Path $log $_) } | Should -Be 'passwords-2020-01-01-000000.csv', 'notes.txt'
    }

    It 'is run by the lines of the page for <Case>' -ForEach @(
        @{ Case = 'systemd'; Language = 'ini'; Line = '^ExecStart=' }
        @{ Case = 'cron'; Language = 'crontab'; Line = '^30 5 ' }
    ) {
        Set-People 'jane.doe,jane.doe@example.org,Jane Changed,'
        $lines = (Get-RecipeBlock scheduled-import.md $Language) -join "`n"
        $variables = ([regex]::Matches($lines, 'STALWART_\w+=\S+').Value | Select-Object -Unique) -join ' '
        $run = Invoke-RecipeCommandLine "$variables $(Get-RecipeLine scheduled-import.md $Language $Line)" @{
            'https://mail.example.org' = $server.Uri; '/etc/mail-import' = $folder; '/var/log/mail-import' = $log
        }
        $run.ExitCode | Should -Be 0 -Because "$($run.Output)$($run.Error)"
        $run.Output | Should -BeLike '*Unchanged: 1*'
    }

    It 'is run by the scheduled task of the page' {
        function New-ScheduledTaskAction([string] $Execute, [string] $Argument) { "$Execute $Argument" }
        function New-ScheduledTaskTrigger([switch] $Daily, [datetime] $At) { 'trigger' }
        function New-ScheduledTaskPrincipal([string] $UserId, [string] $LogonType) { 'principal' }
        function New-ScheduledTaskSettingsSet([string] $MultipleInstances, [switch] $StartWhenAvailable, [timespan] $ExecutionTimeLimit) { 'settings' }
        function Register-ScheduledTask([string] $TaskName, [string] $Action, [string] $Trigger, [string] $Principal, [string] $Settings) { $Action }
        $line = [scriptblock]::Create(@(Get-RecipeBlock scheduled-import.md | Where-Object { $_ -match 'Register-ScheduledTask' })[0]).Invoke()[0]
        $run = Invoke-RecipeCommandLine $line @{ 'C:\Jobs\' = $folder + [IO.Path]::DirectorySeparatorChar } $environment
        $run.ExitCode | Should -Be 0 -Because "$($run.Output)$($run.Error)"
        $run.Output | Should -BeLike '*Unchanged: 1*'
    }
}

Describe 'The check of the monitoring' {
    BeforeAll {
        # The examples may have run in the same process.
        if (-not ('MailAdmin.Examples.TlsRelay' -as [type])) {
            Add-Type -Path (Join-Path $PSScriptRoot 'Examples' 'TlsRelay.cs') -IgnoreWarnings -WarningAction Ignore
        }
        $relay = [MailAdmin.Examples.TlsRelay]::new($server.Uri)
        $key = New-RecipeKey monitoring.md $admin
        $environment = @{ STALWART_URL = $server.Uri.AbsoluteUri; STALWART_TOKEN = $key }
        $count = @(Get-MailQueueMessage).Count
        function Join-Variable([hashtable] $First, [hashtable] $Second) {
            $all = $First.Clone()
            if ($Second) { foreach ($name in $Second.Keys) { $all[$name] = $Second[$name] } }
            $all
        }

        # Several checks in one process: a start of PowerShell takes longer than a check.
        function Invoke-Check([hashtable[]] $Case) {
            ConvertTo-Json @($Case | ForEach-Object { @{ Arguments = $_.Arguments ?? @{}; Variables = Join-Variable $environment $_.Variables } }) -Depth 4 | Set-Content (Join-Path $TestDrive cases.json)
            $run = Invoke-RecipeCode @'
                foreach ($case in Get-Content cases.json -Raw | ConvertFrom-Json -AsHashtable) {
                    foreach ($name in $case.Variables.Keys) { Set-Item "env:$name" $case.Variables[$name] }
                    $arguments = $case.Arguments
                    $lines = @(& ./check_mailserver.ps1 @arguments *>&1)
                    @{ ExitCode = $LASTEXITCODE; Output = $lines -join "`n" } | ConvertTo-Json -Compress | Add-Content results.json
                }
'@
            $run.Error | Should -BeNullOrEmpty
            $run.Output | Should -BeNullOrEmpty
            $results = Join-Path $TestDrive results.json
            Get-Content $results | ConvertFrom-Json
            Remove-Item $results
        }
        # No age is too much, so that the case alone decides.
        $patient = @{ AgeWarningHours = 10000; AgeCriticalHours = 10000 }
    }

    AfterAll {
        $relay.Dispose()
    }

    It 'is OK, WARNING, CRITICAL or UNKNOWN, in one line, and shows no key' {
        $cases = @(
            @{ State = 'OK'; Says = '*messages in the queue*'; Arguments = $patient }
            @{ State = 'WARNING'; Says = '*messages in the queue*'; Arguments = $patient + @{ QueueWarning = 1 } }
            @{ State = 'CRITICAL'; Says = '*messages in the queue*'; Arguments = $patient + @{ QueueCritical = 1 } }
            @{ State = 'WARNING'; Says = 'oldest * hours*'; Arguments = @{ AgeWarningHours = 1; AgeCriticalHours = 10000 } }
            @{ State = 'CRITICAL'; Says = 'oldest * hours*'; Arguments = @{ AgeWarningHours = 1; AgeCriticalHours = 1 } }
            @{ State = 'CRITICAL'; Says = '*127.0.0.1:9*'; Variables = @{ STALWART_URL = 'http://127.0.0.1:9' } }
            @{ State = 'UNKNOWN'; Says = '*STALWART_URL*'; Variables = @{ STALWART_URL = '' } }
            @{ State = 'UNKNOWN'; Says = '*rejected*'; Variables = @{ STALWART_TOKEN = 'api_eDpzZWNyZXQ=' } }
            @{ State = 'UNKNOWN'; Says = '*STALWART_TOKEN*'; Variables = @{ STALWART_TOKEN = '' } }
        )
        $runs = @(Invoke-Check $cases)
        foreach ($i in 0..($cases.Count - 1)) {
            $runs[$i].Output | Should -BeLike "MAIL $($cases[$i].State) - $($cases[$i].Says)"
            $runs[$i].ExitCode | Should -Be ('OK', 'WARNING', 'CRITICAL', 'UNKNOWN').IndexOf($cases[$i].State) -Because $runs[$i].Output
            $runs[$i].Output | Should -Not -Match "`n|$([regex]::Escape($key))"
        }
    }

    It 'writes performance data that can be read' {
        $data = (Invoke-Check @{ Arguments = $patient }).Output.Split('|')[1].Trim()
        $data | Should -Match "^queue=$count;100;1000;0 oldest=\d+s;36000000;36000000;0$"
    }

    It 'reads the end of the certificate, whoever has signed it' {
        $tls = @{ STALWART_URL = $relay.Uri.AbsoluteUri }
        $patientDays = $patient + @{ CertificateWarningDays = 0; CertificateCriticalDays = 0 }
        $trusted, $soon, $refused = Invoke-Check @(
            @{ Variables = $tls; Arguments = $patientDays + @{ CertificateThumbprint = $relay.Fingerprint } }
            @{ Variables = $tls; Arguments = $patient + @{ CertificateThumbprint = $relay.Fingerprint } }
            @{ Variables = $tls; Arguments = $patientDays }
        )
        $trusted.ExitCode | Should -Be 0 -Because $trusted.Output
        $trusted.Output | Should -BeLike '*certificate valid for 0 days*certificate=0;0:;0:'
        $soon.ExitCode | Should -Be 2
        $refused.ExitCode | Should -Be 2
        $refused.Output | Should -BeLike '*is not valid*'
    }

    It 'warns of a stopped queue' {
        $null = Suspend-MailQueue -Confirm:$false
        try {
            $run = Invoke-Check @{ Arguments = $patient }
        } finally {
            $null = Resume-MailQueue -Confirm:$false
        }
        $run.ExitCode | Should -Be 1
        $run.Output | Should -BeLike '*the queue is stopped*'
    }

    It 'leaves out what a server from 0.16 on does not tell' {
        $later = Start-SandboxHost '--server-version', '0.16'
        try {
            $login = $later.Credential.GetNetworkCredential()
            $variables = @{ STALWART_URL = $later.Uri.AbsoluteUri; STALWART_TOKEN = ''; STALWART_USER = $login.UserName; STALWART_PASSWORD = $login.Password }
            $run = Invoke-Check @{ Arguments = $patient + @{ AsJson = $true }; Variables = $variables }
        } finally {
            Stop-SandboxHost $later
        }
        $run.ExitCode | Should -Be 0 -Because $run.Output
        $json = $run.Output | ConvertFrom-Json
        $json.queue | Should -BeGreaterThan 0
        $json.running | Should -BeNullOrEmpty
        $json.text | Should -Not -BeLike '*stopped*'
    }

    It 'is UNKNOWN when a permission is missing' {
        $narrow = New-MailPrincipal narrow-monitoring -Type ApiKey -EnabledPermission authenticate, authenticate-oauth
        $run = Invoke-Check @{ Arguments = $patient; Variables = @{ STALWART_TOKEN = ConvertFrom-SecureString $narrow.ApiKey -AsPlainText } }
        $run.ExitCode | Should -Be 3
        $run.Output | Should -Not -Match 'queue='
    }

    It 'is run by the lines of the page for <Case>' -ForEach @(
        @{ Case = 'Nagios'; Line = 'command_line' }
        @{ Case = 'Zabbix'; Line = '^UserParameter' }
    ) {
        $token = Join-Path $TestDrive token
        Set-Content $token $key -NoNewline
        $run = Invoke-RecipeCommandLine (Get-RecipeLine monitoring.md text $Line) @{
            'https://$HOSTADDRESS$' = $server.Uri; 'https://mail.example.org' = $server.Uri
            '/etc/nagios/mailserver.key' = $token; '/usr/lib/nagios/plugins' = $RecipeFolder
        }
        # The sample organisation has old mail in its queue.
        $run.ExitCode | Should -Be 2 -Because $run.Output
        if ($Case -eq 'Zabbix') {
            $values = $run.Output | ConvertFrom-Json
            $values.queue | Should -Be $count
            $values.state | Should -Be 2
            $values.certificate_days | Should -BeNullOrEmpty -Because 'there is none over http'
        } else {
            $run.Output | Should -BeLike 'MAIL CRITICAL - oldest*queue=*;200;1000;0*'
        }
    }
}

Describe 'The container' {
    BeforeAll {
        $root = Split-Path (Split-Path $RecipeFolder)
        $lines = Get-Content (Join-Path $RecipeFolder container Dockerfile)
        $log = Join-Path $TestDrive containerlog
    }

    It 'starts from the PowerShell that the module needs' {
        $needed = (Import-PowerShellDataFile (Join-Path $root MailAdmin.psd1)).PowerShellVersion
        @($lines -match '^ARG POWERSHELL=')[0] | Should -BeLike "*powershell:$needed-*"
    }

    It 'copies files that the project has or makes' {
        foreach ($line in $lines -match '^COPY ') {
            $source = $line.Split(' ')[1]
            if ($source -eq 'output/package/') {
                Get-Content (Join-Path $root build.ps1) -Raw | Should -BeLike "*output*package*"
            } else {
                Join-Path $root $source | Should -Exist
            }
        }
    }

    It 'installs with commands that reach PowerShell as they are written' -Skip:$IsWindows {
        $run = [regex]::Match($lines -join "`n", '(?s)^RUN (?<command>.*?)\n(?=\n)', 'Multiline').Groups['command'].Value.Replace("\`n", ' ')
        # What the shell of the image hands over, said by a pwsh that only repeats it. The rest of the line is not for this machine.
        $bin = New-Item -ItemType Directory (Join-Path $TestDrive bin)
        Set-Content (Join-Path $bin pwsh) '#!/bin/sh', 'for last; do :; done', 'printf "%s" "$last"'
        & chmod +x (Join-Path $bin pwsh)
        $command = & sh -c ("PATH='$bin':`$PATH; " + $run.Substring(0, $run.IndexOf('&&', [StringComparison]::Ordinal)))
        $command | Should -BeLike '*$ErrorActionPreference = "Stop";*Install-PSResource MailAdmin *'
        Test-RecipeCommand $command
    }

    It 'does the import with what its entry point says' {
        $entry = @($lines -match '^ENTRYPOINT ')[0].Substring(11) | ConvertFrom-Json
        Set-Content (Join-Path $TestDrive people.csv) 'Name,Email', 'container.one,container.one@example.org'
        $run = Invoke-RecipeCommandLine ($entry -join ' ') @{ '/app' = $RecipeFolder; '/data' = $TestDrive; '/log' = $log } @{ STALWART_URL = $server.Uri; STALWART_TOKEN = (New-RecipeKey scheduled-import.md $admin) }
        $run.ExitCode | Should -Be 0 -Because "$($run.Output)$($run.Error)"
        (Get-MailPrincipal container.one).Enabled | Should -BeTrue
        Get-ChildItem $log -Filter import-*.log | Should -Not -BeNullOrEmpty
    }

    It 'is a runbook too, which fails when a row fails' {
        $before = 'function Get-AutomationVariable([string] $Name) { @{ MailServer = $env:SERVER; MailApiKey = $env:KEY }[$Name] }'
        $environment = @{ SERVER = $server.Uri; KEY = (New-RecipeKey scheduled-import.md $admin) }
        $runbook = Join-Path $RecipeFolder container Import-People.Runbook.ps1
        Set-Content (Join-Path $TestDrive people.csv) 'Name,Email', 'runbook.one,runbook.one@example.org'
        $run = Invoke-RecipeCode "& '$runbook' -Path people.csv" $environment $before
        $run.ExitCode | Should -Be 0 -Because "$($run.Output)$($run.Error)"
        $run.Output | Should -BeLike '*Created: 1*'
        Set-Content (Join-Path $TestDrive people.csv) 'Name,Email', 'runbook.two,runbook.two@nowhere.test'
        $failed = Invoke-RecipeCode "& '$runbook' -Path people.csv" $environment $before
        $failed.ExitCode | Should -Not -Be 0
        $failed.Error | Should -BeLike '*1 of 1 rows are not done*'
    }
}

Describe 'Several servers' {
    BeforeAll {
        $second = Start-SandboxHost
        $other = Connect-MailServer $second.Uri -Credential $second.Credential -Name 'recipes second' -NoDefault -PassThru
        $null = Suspend-MailQueue -Connection $other -Confirm:$false
    }

    AfterAll {
        Disconnect-MailServer -Connection $other
        Stop-SandboxHost $second
    }

    It 'are asked by one command and at the same time, and one that is away hides no other' {
        $blocks = @(Get-RecipeBlock several-servers.md)
        $code = ($blocks[1..5] -join "`n").Replace('https://mail1.example.org', "$($server.Uri)").Replace('https://mail2.example.org', 'http://127.0.0.1:9').Replace('https://mail3.example.org', "$($second.Uri)")
        # At a prompt each line has a table of its own.
        $code = $code -replace 'Server, State|-NoElement', '$0 | Out-Host'
        $code += "`nConvertTo-Json @(`$overview) -EnumsAsStrings | Set-Content overview.json`n'left: ' + @(Get-MailConnection).Count"
        # The one that is away has a key as well.
        $before = "function Get-Secret([string] `$Name) { ConvertTo-SecureString (`$Name -like '*$($server.Uri)' ? `$env:KEY1 : `$env:KEY2) -AsPlainText -Force }"
        $run = Invoke-RecipeCode $code @{ KEY1 = New-RecipeKey several-servers.md $admin; KEY2 = New-RecipeKey several-servers.md $other } $before
        $run.Output | Should -BeLike '*left: 0*' -Because $run.Error
        $overview = Get-Content (Join-Path $TestDrive overview.json) -Raw | ConvertFrom-Json
        $overview.Count | Should -Be 3
        $away = $overview | Where-Object Server -EQ 'http://127.0.0.1:9'
        $away.State | Should -Be Unknown
        $away.Messages | Should -BeNullOrEmpty
        $away.Problem | Should -BeLike '*127.0.0.1:9*'
        $first = $overview | Where-Object Server -EQ "$($server.Uri)"
        $first.State | Should -Be Running -Because "$($first.Problem)"
        $first.Messages | Should -Be @(Get-MailQueueMessage).Count
        ($overview | Where-Object Server -EQ "$($second.Uri)").State | Should -Be Suspended
        $run.Output | Should -BeLike '*WARNING: http://127.0.0.1:9: No connection*'
        foreach ($connection in $admin, $other) {
            $name = [regex]::Escape((Get-MailQueueStatus -Connection $connection).Server)
            $run.Output | Should -Match "(?m)^$name +$((Get-MailQueueStatus -Connection $connection).State)"
            $run.Output | Should -Match "(?m)^ *$(@(Get-MailQueueMessage -Connection $connection).Count) $name"
        }
        foreach ($connection in $admin, $other) {
            $moved = Get-MailQueueMessage -To partner.example -Connection $connection | ForEach-Object Recipient | Where-Object Domain -EQ partner.example
            $moved | Should -Not -BeNullOrEmpty
            $moved.NextRetry | Should -BeLessThan ([datetimeoffset]::Now.AddMinutes(6))
        }
    }
}

Describe 'DNS records' {
    BeforeAll {
        $zone = Join-Path $TestDrive zone.txt
        $before = "Connect-MailServer $($server.Uri) -ApiKey (ConvertTo-SecureString `$env:KEY -AsPlainText -Force); function Get-Secret([string] `$Name) { ConvertTo-SecureString token -AsPlainText -Force }"
        $environment = @{ KEY = (New-RecipeKey dns.md $admin); RECIPE_ZONE_FILE = $zone }
        $page = @(Get-RecipeBlock dns.md)
        $publish = $page[-1]
        $null = New-MailDkimSignature example.org -Id recipes -Selector s1 -WarningAction Ignore
        function Get-Zone { @(if (Test-Path $zone) { Get-Content $zone }) }
    }

    It 'are shown as providers ask for them' {
        $run = Invoke-RecipeCode $page[1] $environment $before
        $run.Output | Should -Match '(?m)^example\.org\s+@\s+MX\s'
        $run.Output | Should -Match '(?m)^example\.org\s+_dmarc\s+TXT\s'
    }

    It 'are published by the plugin once, whole, by their full names' {
        $plan = Invoke-RecipeCode @($publish.Split("`n") -match '-WhatIf|\$dns =' -join "`n")[0] $environment $before
        $plan.Error | Should -BeNullOrEmpty
        $plan.Output | Should -BeLike '*What if*_dmarc.example.org TXT v=DMARC1*'
        Get-Zone | Should -BeNullOrEmpty
        $run = Invoke-RecipeCode $publish $environment $before
        $run.Error | Should -BeNullOrEmpty
        $wanted = @(Get-MailDnsRecord example.org | Where-Object Type -EQ TXT)
        Get-Zone | Should -Be (@($wanted | ForEach-Object { "add`t$($_.Name.TrimEnd('.'))`t$($_.Content)" }) + 'save')
        @($wanted.Content | Where-Object Length -GT 255).Count | Should -BeGreaterThan 0
        Clear-Content $zone
        (Invoke-RecipeCode $publish $environment $before).Output | Should -Not -BeLike '*Added*'
        Get-Zone | Should -BeNullOrEmpty
    }

    It 'are replaced when they change, and an old key of DKIM stays' {
        $state = Join-Path $TestDrive dns-state.json
        $known = Get-Content $state -Raw | ConvertFrom-Json
        ($known | Where-Object RelativeName -EQ _dmarc).Content = 'v=DMARC1; p=none'
        $old = $known | Where-Object RelativeName -EQ s1._domainkey
        $old.Name = 'old._domainkey.example.org'
        $old.RelativeName = 'old._domainkey'
        ConvertTo-Json @($known) | Set-Content $state
        $run = Invoke-RecipeCode $publish $environment $before
        $run.Error | Should -BeNullOrEmpty
        $zoneNow = Get-Zone
        $zoneNow | Should -Contain "remove`t_dmarc.example.org`tv=DMARC1; p=none"
        @($zoneNow -match "^add`t_dmarc").Count | Should -Be 1
        @($zoneNow -match "^remove").Count | Should -Be 1
        $run.Output | Should -Match 'Unneeded\s+example\.org\s+old\._domainkey'
    }

    It 'are refused for a plugin that is not there' {
        $run = Invoke-RecipeCode ($publish.Replace('Cloudflare', 'Nowhere')) $environment $before
        $run.ExitCode | Should -Not -Be 0
        $run.Error | Should -BeLike '*Nowhere*'
    }
}

Describe 'The directory sync' {
    BeforeAll {
        $users = Join-Path $TestDrive users.json
        $before = "Connect-MailServer $($server.Uri) -ApiKey (ConvertTo-SecureString `$env:KEY -AsPlainText)"
        $environment = @{ KEY = (New-RecipeKey directory-sync.md $admin); RECIPE_DIRECTORY_FILE = $users }
        $page = @(Get-RecipeBlock directory-sync.md)
        $fromAd = $page[1]
        $fromEntra = $page[2]
        function Set-Directory([object[]] $User) { ConvertTo-Json @($User) -Depth 4 | Set-Content $users }
        function New-User([string] $Login, [string] $Name, [bool] $Enabled = $true, [string[]] $Alias = @()) {
            @{ Login = $Login; Name = $Name; Mail = "$Login@example.org"; Enabled = $Enabled; Alias = $Alias }
        }
        function Invoke-Sync([string] $Code, [switch] $WhatIf) {
            Remove-Item (Join-Path $TestDrive passwords.csv) -ErrorAction Ignore
            Invoke-RecipeCode ($WhatIf ? $Code : $Code.Replace(' -WhatIf', '')) $environment $before
        }
    }

    It 'plans without a change' {
        Set-Directory (New-User sync.ann 'Ann Lee' -Alias ann.l@example.org), (New-User sync.bo 'Bo Berg'), (New-User sync.cy 'Cy Clark')
        $run = Invoke-Sync $fromAd -WhatIf
        $run.ExitCode | Should -Be 0 -Because $run.Error
        $run.Output | Should -BeLike '*sync.ann*Create*'
        { Get-MailPrincipal sync.ann -ErrorAction Stop } | Should -Throw
        { Get-MailPrincipal directory-accounts -ErrorAction Stop } | Should -Throw
    }

    It 'makes accounts of joiners and marks them' {
        $run = Invoke-Sync $fromAd
        $run.ExitCode | Should -Be 0 -Because $run.Error
        $run.Error | Should -BeNullOrEmpty
        (Get-MailPrincipal directory-accounts).Member | Sort-Object | Should -Be sync.ann, sync.bo, sync.cy
        (Get-MailPrincipal sync.ann).Email | Should -Be sync.ann@example.org, ann.l@example.org
        $passwords = Import-Csv (Join-Path $TestDrive passwords.csv)
        $passwords.Count | Should -Be 3
        foreach ($password in $passwords.Password) { $run.Output | Should -Not -BeLike "*$password*" }
        (Invoke-Sync $fromAd).Output | Should -BeNullOrEmpty
    }

    It 'changes, disables who has left or is disabled there, and deletes nobody' {
        Set-Directory (New-User sync.ann 'Ann Lee-Smith'), (New-User sync.bo 'Bo Berg' -Enabled $false)
        (Invoke-Sync $fromAd -WhatIf).Output | Should -BeLike '*sync.bo*Disable*'
        (Get-MailPrincipal sync.bo).Enabled | Should -BeTrue
        $run = Invoke-Sync $fromAd
        $run.ExitCode | Should -Be 0 -Because $run.Error
        (Get-MailPrincipal sync.ann).Description | Should -Be 'Ann Lee-Smith'
        (Get-MailPrincipal sync.ann).Email | Should -Contain ann.l@example.org
        (Get-MailPrincipal sync.bo).Enabled | Should -BeFalse
        (Get-MailPrincipal sync.cy).Enabled | Should -BeFalse
        (Get-MailPrincipal john.roe).Enabled | Should -BeTrue -Because 'it is not an account of the directory'
        (Invoke-Sync $fromAd).Output | Should -BeNullOrEmpty
    }

    It 'enables who comes back, from Entra too' {
        Set-Directory (New-User sync.ann 'Ann Lee-Smith'), (New-User sync.bo 'Bo Berg')
        $run = Invoke-Sync $fromEntra
        $run.ExitCode | Should -Be 0 -Because $run.Error
        (Get-MailPrincipal sync.bo).Enabled | Should -BeTrue
        (Get-MailPrincipal sync.cy).Enabled | Should -BeFalse
    }

    It 'does the others when one fails, and says so' {
        $wrong = New-User sync.eve 'Eve Else'
        $wrong.Mail = 'sync.eve@nowhere.test'
        Set-Directory (New-User sync.ann 'Ann Lee'), (New-User sync.bo 'Bo Berg'), $wrong
        $run = Invoke-Sync $fromAd
        $run.ExitCode | Should -Not -Be 0
        $run.Error | Should -BeLike '*1 of 3 accounts*'
        (Get-MailPrincipal sync.ann).Description | Should -Be 'Ann Lee'
    }

    It 'disables nobody when too many would be' {
        Set-Directory (New-User sync.dan 'Dan Doe')
        $run = Invoke-Sync $fromAd.Replace('./Sync-MailAccount.ps1', './Sync-MailAccount.ps1 -MaximumDisabled 1')
        $run.ExitCode | Should -Not -Be 0
        $run.Error | Should -BeLike '*2 accounts would be disabled*MaximumDisabled 2*'
        (Get-MailPrincipal sync.ann, sync.bo).Enabled | Should -Be $true, $true
        (Get-MailPrincipal sync.dan).Enabled | Should -BeTrue
    }

    It 'does nothing without enabled users' {
        Set-Directory (New-User sync.ann 'Ann Lee-Smith' -Enabled $false)
        $run = Invoke-Sync $fromAd
        $run.ExitCode | Should -Not -Be 0
        $run.Error | Should -BeLike '*no enabled user*'
        (Get-MailPrincipal sync.ann).Enabled | Should -BeTrue
    }

    It 'disables nobody when a user has no login' {
        $nameless = New-User sync.ann 'Ann Lee-Smith'
        $nameless.Login = ''
        Set-Directory $nameless, (New-User sync.dan 'Dan Doe')
        $run = Invoke-Sync $fromAd
        $run.ExitCode | Should -Not -Be 0
        (Get-MailPrincipal sync.ann, sync.bo).Enabled | Should -Be $true, $true
    }
}

Describe 'The directory sync over JMAP' {
    BeforeAll {
        Connect-MailServer -Sandbox -ServerVersion 0.16 -Name 'sync over JMAP'
        $marker = 'directory-accounts@example.org'

        function Sync-Directory([string[]] $Login, [string[]] $Disabled) {
            $Login | ForEach-Object {
                [pscustomobject] @{ SamAccountName = $_; DisplayName = "Somebody $_"; Mail = "$_@example.org"; ProxyAddresses = @("SMTP:$_@example.org"); Enabled = $_ -notin $Disabled }
            } | & (Join-Path $RecipeFolder Sync-MailAccount.ps1) -Group $marker
        }
    }

    AfterAll {
        Disconnect-MailServer 'sync over JMAP'
    }

    It 'makes, marks, disables and enables accounts by their addresses' {
        (Sync-Directory sync.ann, sync.bo).Action | Should -Be Created, Created
        (Get-MailPrincipal $marker).Member | Sort-Object | Should -Be sync.ann@example.org, sync.bo@example.org
        Sync-Directory sync.ann, sync.bo | Should -BeNullOrEmpty
        $left = Sync-Directory sync.ann, sync.bo -Disabled sync.bo
        "$($left.Name) $($left.Action)" | Should -Be 'sync.bo@example.org Disabled'
        (Get-MailPrincipal sync.bo@example.org).Enabled | Should -BeFalse
        (Sync-Directory sync.ann, sync.bo).Action | Should -Be Updated
        (Get-MailPrincipal sync.bo@example.org).Enabled | Should -BeTrue
    }
}

Describe 'The keys of the index over JMAP' {
    BeforeAll {
        $later = Start-SandboxHost '--server-version', '0.16'
        Connect-MailServer $later.Uri -Credential $later.Credential -Name 'keys over JMAP'
        $reading, $writing = Get-RecipeBlock README.md

        function Connect-Key([string] $Code) {
            . ([scriptblock]::Create($Code)) 3> $null
            Connect-MailServer $later.Uri -ApiKey $key.ApiKey -NoDefault -PassThru
        }
    }

    AfterAll {
        $address = (Get-MailConnection 'keys over JMAP').Server
        Get-MailConnection | Where-Object Server -EQ $address | Disconnect-MailServer
        Stop-SandboxHost $later
    }

    It 'read the queue' {
        $connection = Connect-Key $reading
        Get-MailQueueMessage -First 1 -Connection $connection | Should -HaveCount 1
        { Get-MailPrincipal -Connection $connection -ErrorAction Stop } | Should -Throw '*sysAccountQuery*'
    }

    It 'change messages and read domains with the permissions of the table' {
        $connection = Connect-Key ($reading -replace 'monitoring', 'several' -replace 'sysQueuedMessageGet', 'sysQueuedMessageGet, sysQueuedMessageUpdate, sysDomainQuery, sysDomainGet')
        Get-MailQueueMessage -First 1 -Connection $connection | Invoke-MailQueueReschedule -At (Get-Date).AddMinutes(5) -Connection $connection -PassThru -Confirm:$false | Should -HaveCount 1
        Get-MailDnsRecord example.org -Connection $connection | Should -Not -BeNullOrEmpty
    }

    It 'make and change accounts' {
        $connection = Connect-Key $writing
        $row = [pscustomobject] @{ Name = 'k1@example.org'; MemberOf = 'staff@example.org'; List = 'news@example.org' }
        ($row | Import-MailPrincipal -GeneratePassword -Connection $connection).Action | Should -Be Created
        $row | Add-Member Description Somebody
        ($row | Import-MailPrincipal -Connection $connection).Action | Should -Be Updated
        $made = Get-MailPrincipal k1@example.org -Connection $connection
        "$($made.MemberOf) $($made.List) $($made.Role) $($made.Description) $($made.UnknownParts)" | Should -Be 'staff@example.org news@example.org user Somebody '
    }
}
