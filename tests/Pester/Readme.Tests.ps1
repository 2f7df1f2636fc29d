# README.md: every line of its tours works on the sandbox, of both families; a line whose comment names one of them is refused by the other. And the scripts
# of samples/Quickstart on a server 0.16; over the older family .ci/run shows them.
# Not run in other cultures.

BeforeDiscovery {
    . "$PSScriptRoot/Families.ps1"
    . "$PSScriptRoot/Examples/Invoke-Example.ps1"
    $text = (Get-Content -LiteralPath (Join-Path $PSScriptRoot '..' '..' 'README.md') -Raw).ReplaceLineEndings("`n")
    $tours = foreach ($title in 'A tour', "The operator's day", 'When mail does not arrive') {
        $block = [regex]::Match($text, "(?ms)^## $title\n.*?^``````powershell\n(?<code>.*?)^``````").Groups['code'].Value
        if (-not $block) { throw "README.md has no commands under '$title'." }
        $lines = @($block.Split("`n").Where{ $_ } | ForEach-Object { @{ Line = $_; Only = Get-OnlyFamily ([regex]::Match($_, '# \(0\.[^)]*\)').Value) } })
        foreach ($one in $Families) { $one + @{ Tour = $title; Lines = $lines } }
    }
}

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    $printed = @{}

    $root = Join-Path $PSScriptRoot '..' '..' | Resolve-Path | ForEach-Object Path

    function Open-Session {
        $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
        $runspace.Open()
        $null = Invoke-Line "Set-Location -LiteralPath '$root'; Import-Module '$ModuleFolder'"
        $problems | Should -BeNullOrEmpty
        $runspace
    }

    function Invoke-Line([string] $Code) {
        $shell = [powershell]::Create($runspace)
        try {
            $shell.AddScript($Code).AddCommand('Out-String').Invoke() -join ''
            $script:problems = @($shell.Streams.Error | ForEach-Object { "$_" })
        } catch {
            $script:problems = @("$_")
        } finally {
            $shell.Dispose()
        }
    }
}

Describe '<Tour> over <Family>' -ForEach $tours {
    BeforeAll {
        $runspace = Open-Session
        $null = Invoke-Line "Connect-MailServer -Sandbox -ServerVersion $Version"
    }

    AfterAll {
        $runspace.Dispose()
    }

    It '<Line>' -ForEach $Lines {
        $code = $Line.Replace('./output/MailAdmin', "'$ModuleFolder'").Replace('-Sandbox', "-Sandbox -ServerVersion $Version").Replace('-TimeoutSeconds 10', '-TimeoutSeconds 2')
        $said = Invoke-Line $code
        if ($Only -and $Only -ne $Family) {
            $problems | Should -Not -BeNullOrEmpty -Because "the comment says that it is for other servers, and it printed: $said"
            return
        }
        $problems | Should -BeNullOrEmpty
        if ($Only) { return }
        $other = $printed["$Tour $Line"]
        if ($null -ne $other) { [bool] $said.Trim() | Should -Be ([bool] $other.Trim()) -Because "on the other family it printed: $other" }
        $printed["$Tour $Line"] = $said
    }
}

Describe 'The sample <_>' -ForEach 'operator.ps1', 'troubleshooting.ps1' {
    It 'does all that it claims, on a server 0.16' {
        $runspace = Open-Session
        try {
            $null = Invoke-Line "& ./samples/Quickstart/$_ -ServerVersion 0.16"
            $problems | Should -BeNullOrEmpty
        } finally {
            $runspace.Dispose()
        }
    }
}
