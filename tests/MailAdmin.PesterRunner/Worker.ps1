# Runs Pester on one file after the other, as it is told through a pipe, and writes there what each test said: a line of JSON each, and
# an empty one at the end of a file. Started by PesterProcess.cs.
param(
    [Parameter(Mandatory)] [string] $Pipe,
    [Parameter(Mandatory)] [string] $Pester,
    [string] $Culture
)

$ErrorActionPreference = 'Stop'
if ($Culture) {
    # On Windows the environment sets no culture.
    [cultureinfo]::CurrentCulture = [cultureinfo]::DefaultThreadCurrentCulture = [cultureinfo]::GetCultureInfo($Culture)
}
Import-Module $Pester

# One test, block or file, as TestRecord.cs reads it.
function ConvertTo-Record($Item, [string[]] $Path, [string] $Name, [int] $Line) {
    $problem = @($Item.ErrorRecord)
    [ordered] @{
        path         = $Path
        name         = $Name
        line         = $Line
        result       = "$($Item.Result)"
        startedAt    = if ($Item.ExecutedAt) { $Item.ExecutedAt.ToUniversalTime().ToString('o', [cultureinfo]::InvariantCulture) }
        milliseconds = if ($Item.Duration) { $Item.Duration.TotalMilliseconds } else { 0 }
        error        = ($problem | ForEach-Object { $_.DisplayErrorMessage ?? "$_" }) -join "`n"
        stackTrace   = ($problem | ForEach-Object { $_.DisplayStackTrace ?? $_.ScriptStackTrace }) -join "`n"
    }
}

function Invoke-Order($Order) {
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $Order.path
    $configuration.Run.PassThru = $true
    $configuration.Run.SkipRun = $Order.discoverOnly
    $configuration.Output.Verbosity = 'None'
    if ($Order.lines) {
        $configuration.Filter.Line = @($Order.lines | ForEach-Object { "$($Order.path):$_" })
    }
    # What this script wants of its errors is not what the tests expect of theirs.
    $run = & {
        $ErrorActionPreference = 'Continue'
        Invoke-Pester -Configuration $configuration
    }
    foreach ($container in $run.Containers | Where-Object { $_.ErrorRecord }) {
        ConvertTo-Record @{ Result = 'Failed'; ErrorRecord = $container.ErrorRecord } '(file)' '(file)' 1
    }
    foreach ($block in $run.FailedBlocks) {
        ConvertTo-Record @{ Result = 'Failed'; ErrorRecord = $block.ErrorRecord } ([string[]] $block.Path + '(block)') "$($block.ExpandedPath) (block)" $block.StartLine
    }
    foreach ($test in $run.Tests) {
        # Without a filter every test runs.
        if ($Order.lines -and -not $test.ShouldRun) { continue }
        ConvertTo-Record $test $test.Path $test.ExpandedPath $test.StartLine
    }
    foreach ($stray in Find-StrayAssembly) {
        ConvertTo-Record @{ Result = 'Failed'; ErrorRecord = "Tested was $stray, and not the module in $env:MAILADMIN_TEST_MODULE." } '(module)' '(module)' 1
    }
}

# The module's assemblies in this process that are not those of the package which is tested.
function Find-StrayAssembly {
    if ($env:MAILADMIN_TEST_MODULE) {
        # The end of the path has the random name of the folder; its beginning may be written in two ways, as C:\Users\RUNNER~1 on Windows.
        $folder = ($env:MAILADMIN_TEST_MODULE -split '[\\/]')[-3..-1] -join [IO.Path]::DirectorySeparatorChar
        [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'MailAdmin.*' } | ForEach-Object Location |
            Where-Object { -not $_.Contains($folder + [IO.Path]::DirectorySeparatorChar) }
    }
}

$stream = [IO.Pipes.NamedPipeClientStream]::new('.', $Pipe, 'InOut')
$stream.Connect(30000)
$reader = [IO.StreamReader]::new($stream)
$writer = [IO.StreamWriter]::new($stream)
while ($null -ne ($line = $reader.ReadLine())) {
    foreach ($record in Invoke-Order ($line | ConvertFrom-Json)) {
        $writer.WriteLine((ConvertTo-Json $record -Compress))
    }
    $writer.WriteLine()
    $writer.Flush()
}
