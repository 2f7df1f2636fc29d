<#
.SYNOPSIS
    Refreshes the pages of docs/en-US from the built module, and makes the help file that Get-Help reads.
.DESCRIPTION
    Metadata, syntax and parameters of a page come from the cmdlet, the texts of its parameters from the XML comments of their properties. Synopsis,
    description, examples, the texts of inputs and outputs, notes and links are written by hand and stay as they are. A new cmdlet gets a new page. A
    second run changes nothing. build.ps1 Docs calls it.
#>
[CmdletBinding()]
param(
    # The manifest of the built module.
    [Parameter(Mandatory)] [string] $Module,
    # The XML documentation file that the compiler wrote beside it.
    [Parameter(Mandatory)] [string] $Comments,
    # The folder of the pages.
    [Parameter(Mandatory)] [string] $Pages,
    # The help file.
    [Parameter(Mandatory)] [string] $HelpFile
)

# PlatyPS reads properties that are not there.
Set-StrictMode -Off
$ErrorActionPreference = 'Stop'

# Parameters that PowerShell itself adds have no property of ours.
$addedByPowerShell = @{
    Confirm           = 'Asks before each change.'
    WhatIf            = 'Shows what would be changed, and changes nothing.'
    First             = 'Gets only so many objects, and reads no more from the server than they need. Of several servers, so many in all.'
    Skip              = 'Leaves out so many objects before the first. Of several servers, so many in all.'
    IncludeTotalCount = 'Writes first how many objects there are in all, before `-Skip` and `-First`; of several servers, for each.'
}

$documentation = [xml]::new()
$documentation.Load($Comments)
$summaries = @{}
foreach ($member in $documentation.doc.members.ChildNodes) {
    $summaries[$member.GetAttribute('name')] = $member.SelectSingleNode('summary')
}

# The Markdown of an XML comment.
function ConvertTo-Markdown([Xml.XmlNode] $Comment) {
    $parts = foreach ($node in $Comment.ChildNodes) {
        switch ($node.LocalName) {
            '#text' { $node.Value -replace '\s+', ' ' -replace '[\\`*\[<]', '\$0' }
            '#whitespace' { ' ' }
            'c' { '`' + $node.InnerText + '`' }
            'see' { '`' + (($node.GetAttribute('cref') + $node.GetAttribute('langword')) -split '[.:]')[-1] + '`' }
            'paramref' { '`-' + $node.GetAttribute('name') + '`' }
            'para' { "`n`n" + (ConvertTo-Markdown $node) + "`n`n" }
            default { throw "The comment '$($Comment.InnerText)' has an element <$_> that no page can show." }
        }
    }
    ((-join $parts) -replace ' *\n\n\s*', "`n`n").Trim()
}

# The comment of a property, or of the property that it overrides.
function Get-PropertyComment([type] $Type, [string] $Property) {
    for ($one = $Type; $one; $one = $one.BaseType) {
        $declared = if ($one.IsGenericType) { $one.GetGenericTypeDefinition() } else { $one }
        $comment = $summaries["P:$($declared.FullName).$Property"]
        if ($comment) {
            return ConvertTo-Markdown $comment
        }
    }
    throw "$Type.$Property has no XML comment."
}

# What Get-Help shows, which knows no Markdown: one text a block, code indented.
function ConvertTo-PlainText([string] $Markdown) {
    foreach ($block in [Markdig.Markdown]::Parse($Markdown)) {
        if ($block -is [Markdig.Syntax.FencedCodeBlock]) {
            $block.Lines.Lines[0..($block.Lines.Count - 1)] | ForEach-Object { "    $_" } | Join-String -Separator "`n"
        } elseif ($block -is [Markdig.Syntax.ListBlock]) {
            $block | ForEach-Object { '- ' + (ConvertTo-Line $Markdown $_.LastChild) } | Join-String -Separator "`n"
        } elseif ($block -is [Markdig.Syntax.ParagraphBlock]) {
            ConvertTo-Line $Markdown $block
        } else {
            throw "Get-Help cannot show a $($block.GetType().Name): $Markdown"
        }
    }
}

function ConvertTo-Line([string] $Markdown, $Block) {
    [Markdig.Markdown]::ToPlainText($Markdown.Substring($Block.Span.Start, $Block.Span.Length)).Trim() -replace '\s*\n\s*', ' '
}

function Join-PlainText([string] $Markdown) {
    ConvertTo-PlainText $Markdown | Join-String -Separator "`n`n"
}

# The cmdlet as it is, with what its page says by hand. A page that does not exist yet begins with the comment of the class.
function Get-RefreshedHelp($Cmdlet, [string] $Page) {
    $help = New-CommandHelp $Cmdlet
    $help.AliasHeaderFound = $true
    $help.Examples.Clear()
    $help.RelatedLinks.Clear()
    $help.Notes = ''
    if (-not $Cmdlet.OutputType) {
        # PlatyPS would have System.Object.
        $help.Outputs.Clear()
    }
    # PlatyPS leaves hidden parameters out, but not their types, and keeps those that an earlier help file has.
    $piped = $Cmdlet.Parameters.Values.Where{
        $_.Attributes.DontShow -notcontains $true -and ($_.Attributes.ValueFromPipeline -contains $true -or $_.Attributes.ValueFromPipelineByPropertyName -contains $true)
    }.ParameterType.ForEach{ [Nullable]::GetUnderlyingType($_) ?? $_ }.FullName
    foreach ($type in @($help.Inputs).Where{ $_.Typename -notin $piped }) {
        $null = $help.Inputs.Remove($type)
    }
    @($help.Inputs) + $help.Outputs | ForEach-Object { $_.Description = '' }
    if (Test-Path -LiteralPath $Page) {
        $written = Import-MarkdownCommandHelp -Path $Page
        $help.Metadata['ms.date'] = $written.Metadata['ms.date']
        $help.Synopsis = $written.Synopsis
        $help.Description = $written.Description
        $help.Notes = $written.Notes
        $help.Examples.AddRange($written.Examples)
        $help.RelatedLinks.AddRange($written.RelatedLinks)
        foreach ($kind in 'Inputs', 'Outputs') {
            foreach ($type in $help.$kind) {
                $type.Description = $written.$kind | Where-Object Typename -EQ $type.Typename | ForEach-Object Description | Select-Object -First 1
            }
        }
    } else {
        $help.Description = ConvertTo-Markdown $summaries["T:$($Cmdlet.ImplementingType.FullName)"]
        $help.Synopsis = $help.Description -replace '\s*\([A-Z]+ /[^)]*\)' -replace '(?<=\.)\s.*', ''
    }
    foreach ($parameter in $help.Parameters) {
        $declared = $Cmdlet.Parameters[$parameter.Name]
        $type = [Nullable]::GetUnderlyingType($declared.ParameterType) ?? $declared.ParameterType
        $parameter.Type = $type.FullName
        $parameter.Description = $addedByPowerShell[$parameter.Name] ?? (Get-PropertyComment $Cmdlet.ImplementingType $parameter.Name)
        # The sentence that names it.
        $parameter.DefaultValue = $parameter.Description -match '(?s)\bDefault: (.+?)\.(?=\s|$)' ? (Join-PlainText $Matches[1]) : ''
        $values = $declared.Attributes.Where{ $_ -is [ValidateSet] }.ValidValues ?? ($type.IsEnum ? [enum]::GetNames($type) : @())
        $parameter.AcceptedValues.Clear()
        $parameter.AcceptedValues.AddRange([string[]] $values)
    }
    $help
}

function Write-Text([string] $Path, [string] $Text) {
    $text = $Text.ReplaceLineEndings("`n") -replace '[ \t]+(?=\n)' -replace '\n{3,}', "`n`n"
    $text = $text.Trim() + "`n"
    if (-not (Test-Path -LiteralPath $Path) -or [IO.File]::ReadAllText($Path) -cne $text) {
        [IO.File]::WriteAllText($Path, $text)
    }
}

# PlatyPS leaves an example in one piece; Get-Help shows the command first and then what is said about it.
function Split-Example($Document, $Namespaces, $Help) {
    $nodes = $Document.SelectNodes("//command:command[command:details/command:name='$($Help.Title)']/command:examples/command:example", $Namespaces)
    for ($i = 0; $i -lt $nodes.Count; $i++) {
        $example = $Help.Examples[$i]
        $blocks = @([Markdig.Markdown]::Parse($example.Remarks))
        $code = @($blocks | Where-Object { $_ -is [Markdig.Syntax.FencedCodeBlock] -and $_.Info -eq 'powershell' })
        if ($code.Count -ne 1) {
            throw "$($Help.Title), '$($example.Title)' has $($code.Count) blocks of powershell; an example has one."
        }
        $nodes[$i]['introduction', $Namespaces.LookupNamespace('maml')].IsEmpty = $true
        $nodes[$i]['code', $Namespaces.LookupNamespace('dev')].InnerText = $code[0].Lines.ToString()
        $remarks = $nodes[$i]['remarks', $Namespaces.LookupNamespace('dev')]
        $rest = $example.Remarks.Remove($code[0].Span.Start, $code[0].Span.Length)
        # The empty one at the end keeps the next title apart.
        foreach ($text in @(ConvertTo-PlainText $rest) + '') {
            $paragraph = $Document.CreateElement('maml', 'para', $Namespaces.LookupNamespace('maml'))
            $paragraph.InnerText = $text
            $null = $remarks.AppendChild($paragraph)
        }
    }
}

# PlatyPS names the types of parameters in full; in the syntax it does not.
function Set-ShortType($Document, $Namespaces) {
    foreach ($command in $Document.SelectNodes('//command:command', $Namespaces)) {
        foreach ($value in $command.SelectNodes('command:parameters/command:parameter/command:parameterValue', $Namespaces)) {
            $name = $value.ParentNode['name', $Namespaces.LookupNamespace('maml')].InnerText
            $value.InnerText = $command.SelectSingleNode("command:syntax/command:syntaxItem/command:parameter[maml:name='$name']/command:parameterValue", $Namespaces).InnerText
        }
    }
}

# PlatyPS leaves them out.
function Set-DefaultValue($Document, $Namespaces, $Help) {
    foreach ($parameter in $Help.Parameters.Where{ $_.DefaultValue }) {
        $node = $Document.SelectSingleNode("//command:command[command:details/command:name='$($Help.Title)']/command:parameters/command:parameter[maml:name='$($parameter.Name)']", $Namespaces)
        $value = $Document.CreateElement('dev', 'defaultValue', $Namespaces.LookupNamespace('dev'))
        $value.InnerText = $parameter.DefaultValue
        $null = $node.AppendChild($value)
    }
}

# Get-Help prints the address behind each link: that of a file beside the page leads nowhere there.
function Remove-LocalAddress($Document, $Namespaces) {
    foreach ($address in $Document.SelectNodes("//maml:navigationLink/maml:uri[not(starts-with(., 'http'))]", $Namespaces)) {
        $address.InnerText = ''
    }
}

function ConvertTo-PlainHelp($Help) {
    $Help.Synopsis = Join-PlainText $Help.Synopsis
    $Help.Description = Join-PlainText $Help.Description
    $Help.Notes = Join-PlainText $Help.Notes
    foreach ($part in @($Help.Parameters) + $Help.Inputs + $Help.Outputs) {
        $part.Description = Join-PlainText $part.Description
    }
}

Import-Module -Name $Module
$work = Join-Path ([IO.Path]::GetTempPath()) "help-$([guid]::NewGuid())"
try {
    $cmdlets = Get-Command -Module MailAdmin | Sort-Object -Property Name
    foreach ($cmdlet in $cmdlets) {
        $page = Join-Path $Pages "$($cmdlet.Name).md"
        $markdown = Get-RefreshedHelp $cmdlet $page | Export-MarkdownCommandHelp -OutputFolder $work -Force
        Write-Text $page ((Get-Content -LiteralPath $markdown.FullName -Raw) -replace '\{\{ Fill in the related links here \}\}')
    }

    $helps = Import-MarkdownCommandHelp -Path ($cmdlets.Name | ForEach-Object { Join-Path $Pages "$_.md" })
    $helps | ForEach-Object { ConvertTo-PlainHelp $_ }
    $maml = $helps | Export-MamlCommandHelp -OutputFolder $work -Force
    $document = [xml]::new()
    $document.Load($maml.FullName)
    $namespaces = [Xml.XmlNamespaceManager]::new($document.NameTable)
    $namespaces.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $namespaces.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    $namespaces.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')
    $helps | ForEach-Object {
        Split-Example $document $namespaces $_
        Set-DefaultValue $document $namespaces $_
    }
    Set-ShortType $document $namespaces
    Remove-LocalAddress $document $namespaces
    $document.Save($maml.FullName)
    Write-Text $HelpFile (Get-Content -LiteralPath $maml.FullName -Raw)
} finally {
    Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction Ignore
}
Write-Output "$($cmdlets.Count) pages became $HelpFile"
