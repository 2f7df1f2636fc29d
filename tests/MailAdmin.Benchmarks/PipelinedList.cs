namespace MailAdmin.Benchmarks;

/// <summary>All accounts through the pipeline of a fresh pwsh, and three of them.</summary>
/// <param name="Seconds">How long all took.</param>
/// <param name="Growth">How many MB the working set grew after the first 20,000.</param>
/// <param name="FirstThree">How many milliseconds the first three took.</param>
internal sealed record PipelinedList(double Seconds, double Growth, double FirstThree)
{
    public static PipelinedList Measure(Uri address, long count)
    {
        double[] figures = RestoredPowerShell.Measure(
            $$"""
            {{SandboxProcess.FormatConnect(address)}}
            $null = Get-MailPrincipal -Type Individual -First 20000 | Measure-Object
            $process = [Diagnostics.Process]::GetCurrentProcess()
            [GC]::Collect(); $process.Refresh(); $before = $process.WorkingSet64; $most = $before
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $count = 0
            Get-MailPrincipal -Type Individual | ForEach-Object { if (++$count % 5000 -eq 0) { $process.Refresh(); $most = [Math]::Max($most, $process.WorkingSet64) } }
            $seconds = $watch.Elapsed.TotalSeconds
            if ($count -ne {{count}}) { throw "$count" }
            $watch.Restart()
            $null = Get-MailPrincipal -Type Individual | Select-Object -First 3
            foreach ($figure in $seconds, (($most - $before) / 1MB), $watch.Elapsed.TotalMilliseconds) { $figure.ToString([cultureinfo]::InvariantCulture) }
            """,
            figures: 3);
        return new PipelinedList(figures[0], figures[1], figures[2]);
    }
}
