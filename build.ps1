#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, documents, packs and shows MailAdmin.
.DESCRIPTION
    ./build.ps1 [[-Task] Clean|Build|Test|Live|Docs|Package|TestPackage|Demo ...] [-Configuration Debug|Release] [-SignWith <command>]

    Clean    removes output/ and what the projects built
    Build    builds the solution and lays the module out under output/MailAdmin/<version>/
    Test     runs all tests: dotnet test, which runs tests/Pester too
    Live     builds the module, and runs tests/Live against the server that the environment names (MAILADMIN_LIVE_URL and others, see
             CONTRIBUTING.md)
    Docs     refreshes docs/en-US/*.md from the module, and turns them into en-US/MailAdmin.PowerShell.dll-Help.xml (needs
             Microsoft.PowerShell.PlatyPS)
    Package  builds in Release and packs the module: output/package/MailAdmin.<version>.nupkg
    TestPackage
             installs that package from its folder, and runs tests/Pester on what was installed
    Demo     runs the quickstart

    Nothing is downloaded but the NuGet packages of the solution, PowerShell and Pester among them: no gallery is asked. Where no pwsh is
    installed: dotnet tool restore, then dotnet pwsh build.ps1 …
.EXAMPLE
    ./build.ps1
    Builds the module for debugging.
.EXAMPLE
    $env:MAILADMIN_LIVE_URL = 'http://127.0.0.1:8080'; $env:MAILADMIN_LIVE_USER = 'admin'; $env:MAILADMIN_LIVE_PASSWORD = '…'; ./build.ps1 Live
    Runs every operation against a server, and shows a table of them.
.EXAMPLE
    ./build.ps1 Clean, Build, Test -Configuration Release
    Builds and tests from scratch as it is released.
.EXAMPLE
    ./build.ps1 Package -SignWith { param($Files) Set-AuthenticodeSignature $Files -Certificate $certificate -TimestampServer $timestampServer }
    Signs the assemblies, the manifest and the views before they are packed.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Clean', 'Build', 'Test', 'Live', 'Docs', 'Package', 'TestPackage', 'Demo')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # For Package: a script block, or the name or path of a command. It gets the paths of the files to sign, and signs them in place.
    [object] $SignWith
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$output = Join-Path $root 'output'
$stage = Join-Path $output 'stage'
$packages = Join-Path $output 'package'
$moduleProject = Join-Path $root 'src' 'MailAdmin.PowerShell' 'MailAdmin.PowerShell.csproj'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
# No build process stays behind.
$env:MSBUILDDISABLENODEREUSE = '1'

function Invoke-DotNet {
    Write-Verbose "dotnet $args"
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE."
    }
}

function Get-ModuleVersion {
    (Import-PowerShellDataFile -Path (Join-Path $root 'MailAdmin.psd1')).ModuleVersion
}

# With the word for what is not yet released, as repositories know it: 0.1.0-preview1.
function Get-PackageVersion {
    $manifest = Import-PowerShellDataFile -Path (Join-Path $root 'MailAdmin.psd1')
    @($manifest.ModuleVersion, $manifest.PrivateData.PSData['Prerelease']).Where({ $_ }) -join '-'
}

function Get-ModuleFolder {
    Join-Path $output 'MailAdmin' (Get-ModuleVersion)
}

# The newest installed module of that name, or nothing.
function Find-InstalledModule([string] $Name, [version] $MinimumVersion) {
    Get-Module -ListAvailable -Name $Name |
        Where-Object Version -GE $MinimumVersion |
        Sort-Object -Property Version -Descending |
        Select-Object -First 1
}

function Invoke-Clean {
    $built = @($output) + @(
        foreach ($area in 'src', 'tests', 'samples') {
            Get-ChildItem -Path (Join-Path $root $area) -Directory -Recurse -Depth 1 |
                Where-Object { $_.Name -in 'bin', 'obj', 'TestResults' } |
                ForEach-Object FullName
        })
    $built | Where-Object { Test-Path -LiteralPath $_ } | Remove-Item -Recurse -Force
}

function Invoke-Build {
    Invoke-DotNet build (Join-Path $root 'MailAdmin.sln') --configuration $Configuration
    Write-Output "The module is in $(Get-ModuleFolder)"
}

function Invoke-Test {
    Push-Location -LiteralPath $root
    try {
        Invoke-DotNet test --solution MailAdmin.sln --configuration $Configuration
    }
    finally {
        Pop-Location
    }
}

function Invoke-Live {
    if (-not $env:MAILADMIN_LIVE_URL) {
        Write-Warning 'MAILADMIN_LIVE_URL is not set: there is no server to run tests/Live against. CONTRIBUTING.md says what to set.'
        return
    }
    # Lays out the module and Pester. Tested is the module that is named, or that is loaded, or this one.
    Invoke-DotNet build (Join-Path $root 'tests' 'MailAdmin.PesterRunner') --configuration $Configuration
    Import-Module -Name (Join-Path $output 'Pester')
    $run = Invoke-Pester -Path (Join-Path $root 'tests' 'Live') -Output Detailed -PassThru
    if ($run.Result -ne 'Passed') {
        throw "$($run.FailedCount) live tests failed."
    }
}

function Invoke-Docs {
    $platyPS = Find-InstalledModule -Name Microsoft.PowerShell.PlatyPS -MinimumVersion 1.0
    if (-not $platyPS) {
        throw 'Docs needs the module Microsoft.PowerShell.PlatyPS 1.0 or later. Install it with: Install-PSResource Microsoft.PowerShell.PlatyPS'
    }
    Import-Module -Name $platyPS.Path
    $project = Join-Path $root 'src' 'MailAdmin.PowerShell'
    Invoke-DotNet build $project --configuration $Configuration
    $help = @{
        Module   = Join-Path (Get-ModuleFolder) 'MailAdmin.psd1'
        Comments = Join-Path $project 'bin' $Configuration 'net10.0' 'MailAdmin.PowerShell.xml'
        Pages    = Join-Path $root 'docs' 'en-US'
        HelpFile = Join-Path $root 'en-US' 'MailAdmin.PowerShell.dll-Help.xml'
    }
    & (Join-Path $root 'docs' 'Build-Help.ps1') @help
    Copy-Item -LiteralPath $help.HelpFile -Destination (Join-Path (Get-ModuleFolder) 'en-US')
}

# Packed is what a Release build lays out in a folder of its own: nothing of an earlier build, and output/MailAdmin stays as it is.
function Invoke-Package {
    foreach ($folder in $stage, $packages) {
        if (Test-Path -LiteralPath $folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
        $null = New-Item -ItemType Directory -Path $folder
    }
    # A build of continuous integration writes no paths of this machine into the assemblies.
    Invoke-DotNet build $moduleProject --configuration Release "-p:ModuleRoot=$stage/" '-p:ContinuousIntegrationBuild=true'
    Set-ReleaseNotes (Join-Path $stage 'MailAdmin.psd1')
    New-BillOfMaterials (Join-Path $stage 'bom.json')
    if ($SignWith) {
        Invoke-SignCommand
    }
    Compress-PSResource -Path $stage -DestinationPath $packages
    Write-Output "The package is $((Get-PackageFile).FullName)"
}

function Invoke-TestPackage {
    $package = Get-PackageFile
    if (-not $package) {
        throw 'There is no package in output/package: run ./build.ps1 Package first.'
    }
    Invoke-DotNet run --project (Join-Path $root 'tests' 'MailAdmin.PesterRunner') --configuration $Configuration '--' --package $package.FullName --progress off
}

function Get-PackageFile {
    Get-ChildItem -Path $packages -Filter '*.nupkg' -ErrorAction Ignore
}

# Signed is what we have made and PowerShell checks. The libraries of others are signed by their authors, or not.
function Invoke-SignCommand {
    $files = @(Get-ChildItem -LiteralPath $stage -Recurse -File -Include 'MailAdmin.*.dll', '*.psd1', '*.ps1xml' | ForEach-Object FullName)
    $before = @{}
    $files | ForEach-Object { $before[$_] = (Get-FileHash -LiteralPath $_).Hash }
    $PSNativeCommandUseErrorActionPreference = $true
    & $SignWith $files
    # Set-AuthenticodeSignature, for one, does not fail where it could not sign.
    $unsigned = @($files | Where-Object { (Get-FileHash -LiteralPath $_).Hash -eq $before[$_] })
    if ($unsigned) {
        throw "The command of -SignWith left $($unsigned.Count) of $($files.Count) files as they were: $($unsigned -join ', ')"
    }
}

# What stands in CHANGELOG.md between the newest entry's heading and its first section.
function Get-ReleaseNotes([string] $Version) {
    $changelog = Get-Content -LiteralPath (Join-Path $root 'CHANGELOG.md') -Raw
    if ($changelog -notmatch '(?m)^## \[(?<version>[^\]]+)\][^\n]*\n(?<notes>(?s:.*?))^##') {
        throw 'CHANGELOG.md has no entry.'
    }
    if ($Matches.version -notin 'Unreleased', $Version) {
        throw "The newest entry of CHANGELOG.md is $($Matches.version), and packed is $Version."
    }
    $notes = $Matches.notes.Trim()
    if (-not $notes) {
        throw 'The newest entry of CHANGELOG.md begins without a text that says what is new: it is needed as release notes.'
    }
    # In a file the lines of a paragraph are short; whoever shows the notes wraps them anew.
    $notes -replace '(?<=\S)\r?\n(?=\w)', ' '
}

function Set-ReleaseNotes([string] $Manifest) {
    $placeholder = "ReleaseNotes = 'See CHANGELOG.md.'"
    $text = Get-Content -LiteralPath $Manifest -Raw
    if (-not $text.Contains($placeholder)) {
        throw "MailAdmin.psd1 has no line $placeholder to write the release notes in."
    }
    $notes = "$(Get-ReleaseNotes (Get-PackageVersion))`n`nEverything that changed: CHANGELOG.md, in this package.".Replace("'", "''")
    Set-Content -LiteralPath $Manifest -Value $text.Replace($placeholder, "ReleaseNotes = '$notes'") -NoNewline
}

# The libraries that ship, as CycloneDX. The same sources give the same file: no serial number, no time.
function New-BillOfMaterials([string] $Path) {
    Invoke-DotNet tool restore
    # The first two are for the build alone; QRCoder wants the next two for pictures (see MailAdmin.PowerShell.csproj); the last two have no assembly of .NET 10.
    $notShipped = 'PowerShellStandard.Library,Microsoft.NET.ILLink.Tasks,System.Drawing.Common,Microsoft.Win32.SystemEvents,NETStandard.Library,Microsoft.NETCore.Platforms'
    Invoke-DotNet tool run dotnet-CycloneDX '--' $moduleProject --disable-package-restore --exclude-filter $notShipped --no-serial-number `
        --output-format Json --output (Split-Path $Path) --filename (Split-Path $Path -Leaf) --set-name MailAdmin --set-version (Get-PackageVersion) --set-type Library
    $bom = [Text.Json.Nodes.JsonNode]::Parse((Get-Content -LiteralPath $Path -Raw))
    if (-not $bom['metadata'].Remove('timestamp')) {
        throw 'The bill of materials has no time where it is expected.'
    }
    $options = [Text.Json.JsonSerializerOptions]::new()
    $options.WriteIndented = $true
    $options.NewLine = "`n"
    Set-Content -LiteralPath $Path -Value "$($bom.ToJsonString($options))`n" -NoNewline
}

function Invoke-Demo {
    Invoke-DotNet run --project (Join-Path $root 'samples' 'Quickstart')
}

foreach ($one in $Task) {
    & "Invoke-$one"
}
