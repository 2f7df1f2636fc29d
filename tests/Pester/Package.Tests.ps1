# What ./build.ps1 Package makes: how, of the module at hand; and what is in it, where the runner has installed a package (--package).

BeforeAll {
    . "$PSScriptRoot/ModuleUnderTest.ps1"
    $root = Join-Path $PSScriptRoot '..' '..' | Resolve-Path | ForEach-Object Path

    # The text of an entry of a .nupkg, or its bytes as hexadecimal digits.
    function Read-Entry([string] $Package, [string] $Name, [switch] $Hex) {
        $archive = [IO.Compression.ZipFile]::OpenRead($Package)
        try {
            $copy = [IO.MemoryStream]::new()
            $stream = $archive.GetEntry($Name).Open()
            $stream.CopyTo($copy)
            $stream.Dispose()
            $Hex ? [Convert]::ToHexString($copy.ToArray()) : [IO.StreamReader]::new([IO.MemoryStream]::new($copy.ToArray())).ReadToEnd()
        }
        finally {
            $archive.Dispose()
        }
    }

    function Get-RelativeFile([string] $Folder) {
        Get-ChildItem -LiteralPath $Folder -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($Folder, $_.FullName).Replace('\', '/') } | Sort-Ordinal
    }

    # In the same order on every system.
    function Sort-Ordinal {
        $sorted = [string[]] @($input)
        [array]::Sort($sorted, [StringComparer]::Ordinal)
        $sorted
    }
}

if ($env:MAILADMIN_TEST_PACKAGE) {
    Describe 'The package' {
        BeforeAll {
            $base = Get-ChildItem $ModuleFolder -Directory | ForEach-Object FullName
            $data = (Test-ModuleManifest (Join-Path $base 'MailAdmin.psd1')).PrivateData.PSData
            $nuspec = ([xml] (Read-Entry $env:MAILADMIN_TEST_PACKAGE 'MailAdmin.nuspec')).package.metadata
        }

        It 'holds what package.txt lists and nothing else' {
            # A file more or less is a decision: write it there too.
            Get-RelativeFile $base | Should -BeExactly (Get-Content (Join-Path $PSScriptRoot 'package.txt'))
        }

        It 'is what a fresh PowerShell imports from there' {
            $loaded = Invoke-FreshPowerShell 'Import-Module $ModuleFolder; Connect-MailServer -Sandbox; [AppDomain]::CurrentDomain.GetAssemblies().Where({ $_.GetName().Name -like "MailAdmin.*" }).Location'
            $loaded.Count | Should -BeGreaterThan 3
            $loaded | Should -BeLike "*$(Split-Path (Split-Path (Split-Path $ModuleFolder)) -Leaf)*"
        }

        It 'has the beginning of the newest entry of the changelog as its release notes' {
            $entry = (Get-Content (Join-Path $base 'CHANGELOG.md') -Raw) -split '(?m)^## ' | Select-Object -Index 1
            $text = ($entry -split '\n', 2)[1] -split '(?m)^### ' | Select-Object -First 1
            $text.Trim().Length | Should -BeGreaterThan 100
            ($data.ReleaseNotes -replace '\s+', ' ') | Should -BeLike "$([WildcardPattern]::Escape(($text.Trim() -replace '\s+', ' ')))*CHANGELOG.md*"
            $nuspec.releaseNotes.ReplaceLineEndings() | Should -BeExactly $data.ReleaseNotes.ReplaceLineEndings()
        }

        It 'tells a repository what it is' {
            $nuspec.id | Should -BeExactly 'MailAdmin'
            $nuspec.version | Should -BeExactly "$(Split-Path $base -Leaf)-$($data.Prerelease)"
            $nuspec.projectUrl | Should -BeExactly $data.ProjectUri
            $nuspec.iconUrl | Should -BeExactly $data.IconUri
            $nuspec.licenseUrl | Should -BeExactly $data.LicenseUri
        }

        It 'has no tag for each cmdlet: some feeds take 4,000 characters of tags and no more' {
            $nuspec.tags | Should -Match '\bPSModule\b'
            $nuspec.tags | Should -Not -Match 'PSCmdlet_|PSCommand_'
            $nuspec.tags.Length | Should -BeLessThan 1000
        }

        It 'lists the libraries that it holds in its bill of materials, and no others' {
            $bom = Get-Content (Join-Path $base 'bom.json') -Raw | ConvertFrom-Json
            $bom.bomFormat | Should -BeExactly 'CycloneDX'
            $bom.metadata.component.version | Should -BeExactly $nuspec.version
            # The only assembly that has another name than its package.
            $libraries = Get-ChildItem (Join-Path $base 'bin' 'lib') | Where-Object Name -NotLike 'MailAdmin.*' | ForEach-Object { $_.BaseName.Replace('BCrypt-Net-Next', 'BCrypt.Net-Next') }
            $bom.components.name | Sort-Ordinal | Should -BeExactly ($libraries | Sort-Ordinal)
        }

        It 'has the same bill of materials whenever and wherever it is made' {
            $text = Get-Content (Join-Path $base 'bom.json') -Raw
            $text | Should -Match '"components"'
            $text | Should -Not -Match 'timestamp|serialNumber|\r'
            $text | Should -Not -Match ([regex]::Escape($HOME))
        }

        It 'names no folder of the machine that built it in <_>' -ForEach 'MailAdmin.PowerShell.dll', 'MailAdmin.Client.dll', 'lib/MailAdmin.Isolated.dll', 'lib/MailAdmin.Sandbox.dll' {
            $reader = [Reflection.PortableExecutable.PEReader]::new([IO.File]::OpenRead((Join-Path $base 'bin' $_)))
            try {
                $symbols = $reader.ReadDebugDirectory() | Where-Object Type -EQ CodeView
                $reader.ReadCodeViewDebugDirectoryData($symbols).Path | Should -BeLike '/_/*'
            }
            finally {
                $reader.Dispose()
            }
        }
    }
}

Describe 'Packing' {
    BeforeAll {
        # The functions of build.ps1, without its tasks. Instead of a build, the module at hand is laid out; everything else is real.
        $script = [Management.Automation.Language.Parser]::ParseFile((Join-Path $root 'build.ps1'), [ref] $null, [ref] $null)
        $functions = $script.FindAll({ $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }, $false)
        . ([scriptblock]::Create($functions.Extent.Text -join "`n"))
        function Invoke-DotNet {
            if ($args[0] -eq 'build') {
                Copy-Item -Path (Join-Path (Get-ChildItem $ModuleFolder -Directory) '*') -Destination $stage -Recurse
                Copy-Item -LiteralPath (Join-Path $root 'MailAdmin.psd1') -Destination $stage
            } elseif ($args -contains 'dotnet-CycloneDX') {
                Set-Content (Join-Path $stage 'bom.json') '{ "metadata": { "timestamp": "2026-01-01T00:00:00Z" }, "components": [] }'
            }
        }
        $moduleProject = 'MailAdmin.PowerShell.csproj'
        $Configuration = 'Release'
    }

    BeforeEach {
        $stage = Join-Path $TestDrive "$([guid]::NewGuid())" 'stage'
        $packages = Join-Path (Split-Path $stage) 'package'
        $SignWith = $null
    }

    It 'signs what is ours and takes signatures, all of it, before it packs, with <Kind>' -ForEach @{ Kind = 'a script block' }, @{ Kind = 'the path of a script' } {
        # Set-AuthenticodeSignature exists on Windows alone; where a signature is put matters here, not what is in it.
        $sign = { param($Files) foreach ($file in $Files) { Add-Content -LiteralPath $file -Value "`n$($file.EndsWith('.psd1') ? '# ' : '')<!-- signed -->" -NoNewline } }
        $SignWith = $Kind -eq 'a script block' ? $sign : (Join-Path (New-Item -ItemType Directory (Split-Path $stage)) 'sign.ps1')
        if ($SignWith -is [string]) {
            Set-Content $SignWith $sign
        }
        Invoke-Package
        $package = (Get-PackageFile).FullName
        $mark = [Convert]::ToHexString([Text.Encoding]::ASCII.GetBytes('<!-- signed -->'))
        Get-RelativeFile $stage | Where-Object { (Read-Entry $package $_ -Hex).EndsWith($mark) } | Should -Be @(
            'MailAdmin.Format.ps1xml', 'MailAdmin.psd1'
            'bin/MailAdmin.Client.dll', 'bin/MailAdmin.PowerShell.dll', 'bin/lib/MailAdmin.Isolated.dll', 'bin/lib/MailAdmin.Sandbox.dll')
    }

    It 'packs nothing when <Case>' -ForEach @(
        @{ Case = 'the command signs nothing, as Set-AuthenticodeSignature may without an error'; Sign = { }; Error = 'The command of -SignWith left 6 of 6 files as they were*' }
        @{ Case = 'the command fails'; Sign = { throw 'no certificate' }; Error = 'no certificate' }
    ) {
        $SignWith = $Sign
        { Invoke-Package } | Should -Throw $Error
        Get-PackageFile | Should -BeNullOrEmpty
    }

    It 'makes one line of each paragraph of the release notes, and leaves lists as they are' {
        $root = New-Item -ItemType Directory (Join-Path $TestDrive "$([guid]::NewGuid())")
        Set-Content (Join-Path $root 'CHANGELOG.md') "# Changelog`n`n## [0.1.0] - 2026-01-01`n`nA line`nand its rest.`n`nAnother:`n- one`n- two`n`n### Added`n`n- x`n`n## [0.0.9]`n"
        Get-ReleaseNotes '0.1.0' | Should -BeExactly "A line and its rest.`n`nAnother:`n- one`n- two"
    }

    It 'refuses <Case>' -ForEach @(
        @{ Case = 'a changelog of another version'; Changelog = "# Changelog`n`n## [9.9.9]`n`nNew.`n`n### Added`n"; Error = 'The newest entry of CHANGELOG.md is 9.9.9, and packed is *' }
        @{ Case = 'an entry that says nothing before its lists'; Changelog = "# Changelog`n`n## [Unreleased]`n`n### Added`n"; Error = '*begins without a text*' }
        @{ Case = 'a changelog without an entry'; Changelog = "# Changelog`n"; Error = 'CHANGELOG.md has no entry.' }
    ) {
        $root = Join-Path $TestDrive "$([guid]::NewGuid())"
        $null = New-Item -ItemType Directory $root
        Set-Content (Join-Path $root 'CHANGELOG.md') $Changelog
        { Get-ReleaseNotes '0.1.0' } | Should -Throw $Error
    }
}
