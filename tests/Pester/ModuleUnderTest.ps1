# Dot-sourced by the tests: where the module lies, and a PowerShell process of its own.

# That of the package which the runner has installed (--package), or the one that the build has laid out.
$ModuleFolder = $env:MAILADMIN_TEST_MODULE ? $env:MAILADMIN_TEST_MODULE : (Join-Path $PSScriptRoot '..' '..' 'output' 'MailAdmin' | Resolve-Path | ForEach-Object Path)
$PeopleFile = Join-Path $PSScriptRoot '..' '..' 'samples' 'Quickstart' 'people.csv' | Resolve-Path | ForEach-Object Path

# How the PowerShell that runs the tests is started once more. As a .NET tool its process is that of dotnet.
function Get-ThisPowerShell {
    $process = [Environment]::ProcessPath
    $arguments = @(if ((Split-Path $process -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }) + $args
    [Diagnostics.ProcessStartInfo]::new($process, [string[]] $arguments)
}

# The same, waited for, with what is piped to it.
function Invoke-ThisPowerShell {
    $start = Get-ThisPowerShell @args
    $arguments = [string[]] $start.ArgumentList
    if ($MyInvocation.ExpectingInput) {
        $input | & $start.FileName @arguments
    } else {
        & $start.FileName @arguments
    }
}

# Runs a script in a fresh PowerShell process, without profiles. The script gets $ModuleFolder; what it returns comes back as
# objects by way of JSON. Anything on the error stream fails the test.
function Invoke-FreshPowerShell {
    param(
        [Parameter(Mandatory)] [string] $Script,
        [hashtable] $Variable = @{}
    )
    $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
    $lines = @("`$ErrorActionPreference = 'Stop'", 'Set-StrictMode -Version 3')
    $lines += (@{ ModuleFolder = $ModuleFolder } + $Variable).GetEnumerator() | ForEach-Object {
        "`$$($_.Key) = '$([System.Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($_.Value))'"
    }
    $lines += "& {`n$Script`n} | ConvertTo-Json -Depth 4 -AsArray"
    Set-Content -Path $file -Value $lines -Encoding utf8NoBOM
    $output = Invoke-ThisPowerShell -NoProfile -NonInteractive -File $file 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "The process ended with $LASTEXITCODE.`n$($output -join "`n")"
    }
    $output -join "`n" | ConvertFrom-Json
}
