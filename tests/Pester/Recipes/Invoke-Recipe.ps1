# Dot-sourced by Recipes.Tests.ps1: finds what the pages of docs/recipes show, and runs it in a PowerShell of its own, as on the machine of whoever follows them.

$RecipeFolder = Join-Path $PSScriptRoot '..' '..' '..' 'docs' 'recipes' | Resolve-Path | ForEach-Object Path

# The blocks of a language on a page, in their order.
function Get-RecipeBlock([string] $Page, [string] $Language = 'powershell') {
    $text = (Get-Content -LiteralPath (Join-Path $RecipeFolder $Page) -Raw).ReplaceLineEndings("`n")
    [regex]::Matches($text, "(?ms)^``````$Language\n(?<code>.*?)^``````") | ForEach-Object { $_.Groups['code'].Value }
}

# The line of a page that has this text, out of its blocks.
function Get-RecipeLine([string] $Page, [string] $Language, [string] $Pattern) {
    @((Get-RecipeBlock $Page $Language).Split("`n") | Where-Object { $_ -match $Pattern })[0]
}

# An API key as the page says to make it: with its permissions and no others.
function New-RecipeKey([string] $Page, $Connection) {
    $code = @(Get-RecipeBlock $Page | Where-Object { $_ -match '-Type ApiKey' })[0]
    $command = [Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $null).Find(
        { $args[0] -is [Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -eq 'New-MailPrincipal' }, $true)
    # Several tests use a key of one page.
    $name = 'key-' + [guid]::NewGuid().ToString('N')
    $made = [scriptblock]::Create(($command.Extent.Text -replace '(?<=New-MailPrincipal )\S+', $name) + " -Connection '$($Connection.Name)' -WarningAction Ignore").Invoke()[0]
    ConvertFrom-SecureString $made.ApiKey -AsPlainText
}

# A process with the module, the stand-ins and an environment; what it printed and its exit code.
function Start-Recipe([Diagnostics.ProcessStartInfo] $Start, [hashtable] $Environment, [string] $Folder) {
    $Start.RedirectStandardOutput = $Start.RedirectStandardError = $Start.RedirectStandardInput = $true
    $Start.WorkingDirectory = $Folder
    $Start.Environment['PSModulePath'] = (Split-Path $ModuleFolder), (Join-Path $PSScriptRoot 'Modules'), (Join-Path $PSHOME 'Modules') -join [IO.Path]::PathSeparator
    foreach ($name in 'STALWART_URL', 'STALWART_TOKEN', 'STALWART_TOKEN_FILE', 'STALWART_USER', 'STALWART_PASSWORD') { $null = $Start.Environment.Remove($name) }
    foreach ($name in $Environment.Keys) { $Start.Environment[$name] = "$($Environment[$name])" }
    $process = [Diagnostics.Process]::Start($Start)
    try {
        $process.StandardInput.Close()
        $errors = $process.StandardError.ReadToEndAsync()
        $output = $process.StandardOutput.ReadToEnd()
        $process.WaitForExit()
        [pscustomobject] @{ ExitCode = $process.ExitCode; Output = $output.Trim(); Error = $errors.Result.Trim() }
    } finally {
        $process.Dispose()
    }
}

# A script of docs/recipes with arguments.
function Invoke-RecipeScript([string] $Name, [string[]] $ArgumentList = @(), [hashtable] $Environment = @{}, [string] $Folder = $TestDrive) {
    Start-Recipe (Get-ThisPowerShell -NoProfile -NonInteractive -File (Join-Path $RecipeFolder $Name) @ArgumentList) $Environment $Folder
}

# Code of a page, after what prepares the session for it. The scripts of the recipes lie in the folder.
function Invoke-RecipeCode([string] $Code, [hashtable] $Environment = @{}, [string] $Before = '', [string] $Folder = $TestDrive) {
    Copy-Item (Join-Path $RecipeFolder '*.ps1') $Folder
    $file = Join-Path $Folder "$([guid]::NewGuid()).ps1"
    Set-Content $file "Set-StrictMode -Version 3`n`$ErrorActionPreference = 'Stop'`nImport-Module MailAdmin`n$Before`n$Code"
    Start-Recipe (Get-ThisPowerShell -NoProfile -NonInteractive -File $file) $Environment $Folder
}

# A command line as crontab, systemd or Nagios run it: variables before the command, and pwsh wherever it lies. Paths of the page are replaced.
function Invoke-RecipeCommandLine([string] $Line, [hashtable] $Replace, [hashtable] $Environment = @{}, [string] $Folder = $TestDrive) {
    foreach ($text in $Replace.Keys | Sort-Object Length -Descending) { $Line = $Line.Replace($text, "$($Replace[$text])") }
    $all = $Environment.Clone()
    foreach ($match in [regex]::Matches($Line, '(?<name>STALWART_\w+)=(?<value>\S+)')) { $all[$match.Groups['name'].Value] = $match.Groups['value'].Value }
    if ($Line -notmatch 'pwsh(\.exe''?)?\s+(?<arguments>-NoProfile .+?)(\s+> /dev/null)?$') { throw "No command line of PowerShell: $Line" }
    $arguments = [regex]::Matches($Matches.arguments, '"(?<text>[^"]*)"|(?<text>\S+)') | ForEach-Object { $_.Groups['text'].Value }
    Start-Recipe (Get-ThisPowerShell @arguments) $all $Folder
}
