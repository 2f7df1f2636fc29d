# Dot-sourced: runs of Pester in processes of their own, two at a time.

# Starts Pester on a folder, with more variables in the environment, and a culture where one is given.
function Start-PesterProcess {
    param(
        [Parameter(Mandatory)] [string] $Path,
        [hashtable] $Variable = @{},
        [string] $Culture
    )
    # On Windows the environment sets no culture. Elsewhere it does, and for the processes and runspaces that tests start, too.
    $script = @'
if ($env:MAILADMIN_TEST_CULTURE) {
    [cultureinfo]::CurrentCulture = [cultureinfo]::DefaultThreadCurrentCulture = [cultureinfo]::GetCultureInfo($env:MAILADMIN_TEST_CULTURE)
}
Import-Module Pester -MinimumVersion 5.0 -ErrorAction Stop
$run = Invoke-Pester -Path $env:MAILADMIN_TEST_PATH -Output Normal -PassThru
"run-sum $($run.PassedCount) $($run.FailedCount + $run.FailedContainersCount + $run.FailedBlocksCount) $($run.SkippedCount + $run.NotRunCount)"
'@
    # As a dotnet tool the process of this PowerShell is dotnet's.
    $executable = [Environment]::ProcessPath
    $arguments = @(if ((Split-Path $executable -LeafBase) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }) + '-NoProfile', '-NonInteractive', '-Command', $script
    $start = [Diagnostics.ProcessStartInfo]::new($executable, [string[]] $arguments)
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $all = @{ NO_COLOR = '1'; MAILADMIN_TEST_PATH = $Path; MAILADMIN_TEST_CULTURE = $Culture } + $Variable
    if ($Culture) {
        $all.LC_ALL = "$($Culture.Replace('-', '_')).UTF-8"
    }
    foreach ($name in $all.Keys) {
        $start.Environment[$name] = $all[$name]
    }
    [Diagnostics.Process]::Start($start)
}

# Starts each with $Start, which gets an item and returns Name, Process and whatever $Stop needs at its end. The last line is the sum:
# <SumName> PASSED FAILED SKIPPED.
function Invoke-PesterRun {
    param(
        [Parameter(Mandatory)] [object[]] $Item,
        [Parameter(Mandatory)] [scriptblock] $Start,
        [scriptblock] $Stop = {},
        [Parameter(Mandatory)] [string] $Title,
        [Parameter(Mandatory)] [string] $SumName
    )
    $waiting = [Collections.Generic.Queue[object]]::new($Item)
    $running = [Collections.Generic.List[object]]::new()
    $passed = $failed = $skipped = 0
    try {
        while ($waiting.Count -or $running.Count) {
            while ($waiting.Count -and $running.Count -lt 2) {
                $run = & $Start $waiting.Dequeue()
                $run.Output = $run.Process.StandardOutput.ReadToEndAsync()
                $run.Problem = $run.Process.StandardError.ReadToEndAsync()
                $run.Watch = [Diagnostics.Stopwatch]::StartNew()
                $running.Add($run)
            }
            $index = [Threading.Tasks.Task]::WaitAny([Threading.Tasks.Task[]] @($running.Output))
            $run = $running[$index]
            $running.RemoveAt($index)
            $run.Process.WaitForExit()
            & $Stop $run
            $output = $run.Output.Result
            Write-Output "== $Title, $($run.Name), $([int] $run.Watch.Elapsed.TotalSeconds) s" ($output.TrimEnd()) $run.Problem.Result
            if ($output -match 'run-sum (\d+) (\d+) (\d+)') {
                $passed += [int] $Matches[1]; $failed += [int] $Matches[2]; $skipped += [int] $Matches[3]
            } else {
                Write-Output "$Title, $($run.Name), ended without a sum."
                $failed++
            }
        }
    } finally {
        foreach ($run in $running) {
            if (-not $run.Process.HasExited) { $run.Process.Kill($true) }
            & $Stop $run
        }
    }
    "$SumName $passed $failed $skipped"
}
