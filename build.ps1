#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, documents, packs and shows MailAdmin.
.DESCRIPTION
    ./build.ps1 [[-Task] Clean|Build|Test|Live|Docs|Package|Demo ...] [-Configuration Debug|Release]

    Clean    removes output/ and what the projects built
    Build    builds the solution and lays the module out under output/MailAdmin/<version>/
    Test     runs all tests: dotnet test, which runs tests/Pester too
    Live     builds the module, and runs tests/Live against the server that the environment names (MAILADMIN_LIVE_URL and others, see
             CONTRIBUTING.md)
    Docs     refreshes docs/en-US/*.md from the module, and turns them into en-US/MailAdmin.PowerShell.dll-Help.xml (needs
             Microsoft.PowerShell.PlatyPS)
    Package  builds in Release and packs the module: output/MailAdmin.<version>.zip and .nupkg
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
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Clean', 'Build', 'Test', 'Live', 'Docs', 'Package', 'Demo')]
    [string[]] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$output = Join-Path $root 'output'
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

function Invoke-Package {
    # Packed is what a Release build lays out, and nothing that an earlier build left behind.
    $folder = Get-ModuleFolder
    $module = Split-Path -Path $folder -Parent
    if (Test-Path -LiteralPath $module) {
        Remove-Item -LiteralPath $module -Recurse -Force
    }
    Invoke-DotNet build (Join-Path $root 'src' 'MailAdmin.PowerShell') --configuration Release
    $null = Test-ModuleManifest -Path (Join-Path $folder 'MailAdmin.psd1')
    $name = "MailAdmin.$(Get-ModuleVersion)"
    New-ZipPackage -Folder $module -Path (Join-Path $output "$name.zip")
    New-NuGetPackage -Folder $folder -Path (Join-Path $output "$name.nupkg")
}

function New-ZipPackage([string] $Folder, [string] $Path) {
    Remove-Item -LiteralPath $Path -ErrorAction Ignore
    # With the folder's own name in front: unpacked into a folder of PSModulePath it gives MailAdmin/<version>/.
    [IO.Compression.ZipFile]::CreateFromDirectory($Folder, $Path, 'Optimal', $true)
    Write-Output $Path
}

# What a repository of PowerShell modules takes: a zip with a .nuspec, relations and content types.
function New-NuGetPackage([string] $Folder, [string] $Path) {
    Remove-Item -LiteralPath $Path -ErrorAction Ignore
    $archive = [IO.Compression.ZipFile]::Open($Path, 'Create')
    try {
        foreach ($file in Get-ChildItem -LiteralPath $Folder -File -Recurse) {
            $entry = [IO.Path]::GetRelativePath($Folder, $file.FullName).Replace('\', '/')
            $null = [IO.Compression.ZipFileExtensions]::CreateEntryFromFile($archive, $file.FullName, $entry)
        }
        Add-TextEntry $archive 'MailAdmin.nuspec' (Get-Nuspec)
        Add-TextEntry $archive '_rels/.rels' @'
<?xml version="1.0" encoding="utf-8"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
  <Relationship Type="http://schemas.microsoft.com/packaging/2010/07/manifest" Target="/MailAdmin.nuspec" Id="manifest" />
</Relationships>
'@
        Add-TextEntry $archive '[Content_Types].xml' (Get-ContentType $Folder)
    }
    finally {
        $archive.Dispose()
    }
    Write-Output $Path
}

function Add-TextEntry($Archive, [string] $Name, [string] $Text) {
    $writer = [IO.StreamWriter]::new($Archive.CreateEntry($Name).Open())
    $writer.Write($Text)
    $writer.Dispose()
}

function Get-Nuspec {
    $manifest = Import-PowerShellDataFile -Path (Join-Path $root 'MailAdmin.psd1')
    # Galleries find a module and its commands by these tags.
    $tags = @($manifest.PrivateData.PSData.Tags) + 'PSModule' + 'PSIncludes_Cmdlet' + @($manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" })
    $text = { param($value) [Security.SecurityElement]::Escape($value) }
    @"
<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd">
  <metadata>
    <id>MailAdmin</id>
    <version>$($manifest.ModuleVersion)</version>
    <authors>$(& $text $manifest.Author)</authors>
    <owners>$(& $text $manifest.CompanyName)</owners>
    <requireLicenseAcceptance>false</requireLicenseAcceptance>
    <licenseUrl>$(& $text $manifest.PrivateData.PSData.LicenseUri)</licenseUrl>
    <description>$(& $text $manifest.Description)</description>
    <releaseNotes>$(& $text $manifest.PrivateData.PSData.ReleaseNotes)</releaseNotes>
    <copyright>$(& $text $manifest.Copyright)</copyright>
    <tags>$(& $text ($tags -join ' '))</tags>
  </metadata>
</package>
"@
}

function Get-ContentType([string] $Folder) {
    # A part without an extension cannot have a default, so it is named.
    $files = @(Get-ChildItem -LiteralPath $Folder -File -Recurse)
    $defaults = @('.rels', '.nuspec') + $files.Extension | Where-Object { $_ } | Sort-Object -Unique | ForEach-Object {
        $type = if ($_ -eq '.rels') { 'application/vnd.openxmlformats-package.relationships+xml' } else { 'application/octet' }
        "  <Default Extension=""$($_.TrimStart('.'))"" ContentType=""$type"" />"
    }
    $overrides = $files | Where-Object { -not $_.Extension } | ForEach-Object {
        $part = '/' + [IO.Path]::GetRelativePath($Folder, $_.FullName).Replace('\', '/')
        "  <Override PartName=""$part"" ContentType=""application/octet"" />"
    }
    @(
        '<?xml version="1.0" encoding="utf-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        $defaults
        $overrides
        '</Types>'
    ) -join "`n"
}

function Invoke-Demo {
    Invoke-DotNet run --project (Join-Path $root 'samples' 'Quickstart')
}

foreach ($one in $Task) {
    & "Invoke-$one"
}
