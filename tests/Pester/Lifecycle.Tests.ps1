# The module comes and goes without a trace, twice, in many runspaces, and whatever other modules brought before it.

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"

    # Counts the module's handlers on the default load context's Resolving event; the event has no public list.
    $CountHandlers = @'
        function Get-HandlerCount {
            $flags = [Reflection.BindingFlags] 'Instance, NonPublic'
            $field = [System.Runtime.Loader.AssemblyLoadContext].GetField('_resolving', $flags)
            if (-not $field) { throw 'The runtime keeps its Resolving handlers elsewhere now: change this test.' }
            $event = $field.GetValue([System.Runtime.Loader.AssemblyLoadContext]::Default)
            if (-not $event) { return 0 }
            @($event.GetInvocationList() | Where-Object { $_.Method.DeclaringType.Assembly.GetName().Name -like 'MailAdmin*' }).Count
        }
'@
}

Describe 'Import and removal' {
    It 'adds one handler however often it is imported, and removes it with the module' {
        $counts = Invoke-FreshPowerShell "$CountHandlers
            Get-HandlerCount
            Import-Module `$ModuleFolder; Get-HandlerCount
            Import-Module `$ModuleFolder -Force; Import-Module `$ModuleFolder -Force; Get-HandlerCount
            Connect-MailServer -Sandbox
            Remove-Module MailAdmin; Get-HandlerCount"
        $counts -join ' ' | Should -Be '0 1 1 0'
    }

    It 'works after a removal' {
        $names = Invoke-FreshPowerShell '
            Import-Module $ModuleFolder; Connect-MailServer -Sandbox; Remove-Module MailAdmin
            Import-Module $ModuleFolder; Connect-MailServer -Sandbox; (Get-MailPrincipal jane.doe).Name; @(Get-MailConnection).Count'
        $names -join ' ' | Should -Be 'jane.doe 1'
    }

    It 'keeps the handler while another runspace has the module, and drops it with the last' {
        $counts = Invoke-FreshPowerShell "$CountHandlers
            Import-Module `$ModuleFolder
            `$other = [powershell]::Create()
            `$null = `$other.AddScript(`"Import-Module '`$ModuleFolder'`").Invoke()
            Remove-Module MailAdmin; Get-HandlerCount
            `$other.Runspace.Close(); Get-HandlerCount
            `$other.Dispose()"
        $counts -join ' ' | Should -Be '1 0'
    }

    It 'loads nothing foreign at import' {
        $loaded = Invoke-FreshPowerShell '
            Import-Module $ModuleFolder
            [AppDomain]::CurrentDomain.GetAssemblies().GetName().Name | Where-Object { $_ -match "^(Polly|MailAdmin\.(Isolated|Sandbox))" }
            "end"'
        $loaded -join ' ' | Should -Be 'end'
    }
}

Describe 'Runspaces' {
    It 'hold a default connection each' {
        $shells = 1..2 | ForEach-Object { [powershell]::Create() }
        try {
            foreach ($number in 0, 1) {
                $null = $shells[$number].AddScript("Import-Module '$ModuleFolder'; Connect-MailServer -Sandbox -Name firm$number; New-MailPrincipal only$number -NoPassword -NoAddress").Invoke()
                $shells[$number].Commands.Clear()
            }
            foreach ($number in 0, 1) {
                $seen = $shells[$number].AddScript('(Get-MailConnection -Default).Name; (Get-MailPrincipal only*).Name').Invoke()
                $seen -join ' ' | Should -Be "firm$number only$number"
            }
        }
        finally {
            $shells | ForEach-Object Dispose
        }
    }

    It 'share a connection that is handed over with -Connection' {
        Import-Module $ModuleFolder -Force
        $connection = Connect-MailServer -Sandbox -NoDefault
        $names = 'jane.doe', 'john.roe', 'ada.lovelace' | ForEach-Object -Parallel {
            Import-Module $using:ModuleFolder
            (Get-MailPrincipal $_ -Connection $using:connection).Name
        }
        $names | Sort-Object | Should -Be 'ada.lovelace', 'jane.doe', 'john.roe'
        Remove-Module MailAdmin
    }
}

Describe 'Other versions of the same libraries' {
    # An empty assembly under a library's name: whoever binds to it by mistake finds none of its types.
    It '<Name> <Version> loaded first changes nothing' -ForEach @(
        @{ Name = 'Polly.Core'; Version = '1.0.0.0' }
        @{ Name = 'Polly.Core'; Version = '99.0.0.0' }
        @{ Name = 'BouncyCastle.Cryptography'; Version = '99.0.0.0' }
    ) {
        $folder = (New-Item -ItemType Directory -Path (Join-Path $TestDrive $Name) -Force).FullName
        $result = Invoke-FreshPowerShell -Variable @{ Name = $Name; Version = $Version; Folder = $folder } -Script '
            $file = Join-Path $Folder "$Name.dll"
            $identity = [Reflection.AssemblyName]::new($Name)
            $identity.Version = $Version
            $impostor = [Reflection.Emit.PersistedAssemblyBuilder]::new($identity, [object].Assembly)
            $null = $impostor.DefineDynamicModule($Name)
            $impostor.Save($file)
            $null = [System.Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($file)
            Import-Module $ModuleFolder
            Connect-MailServer -Sandbox
            [pscustomobject] @{ Name = "jo"; Password = "made up"; Email = "jo@example.org" } | New-MailPrincipal | ForEach-Object Name
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq $Name } | ForEach-Object {
                "{0} in {1}" -f $_.GetName().Version, [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name
            }'
        $result | Should -Contain 'jo'
        $result | Should -Contain "$Version in Default"
    }
}
