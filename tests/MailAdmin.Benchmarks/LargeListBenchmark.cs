namespace MailAdmin.Benchmarks;

/// <summary>More accounts than fit into memory pass through the pipeline: its working set does not grow with them.</summary>
internal static class LargeListBenchmark
{
    private const double MaxGrowth = 40;

    public static async Task RunAsync(BenchmarkOptions options, BenchmarkReport report)
    {
        long count = options.Accounts * 10L;
        report.Begin(FormattableString.Invariant($"{count} accounts through the pipeline (pwsh)"));
        using SandboxProcess sandbox = await SandboxProcess.StartAsync(delay: 0).ConfigureAwait(false);
        using var directory = new LargeDirectory(sandbox, count);
        double[] figures = RestoredPowerShell.Measure(
            $$"""
            Import-Module '{{ProjectFolder.Manifest}}'
            Connect-MailServer {{directory.Address}} -Credential ([pscredential]::new('{{SandboxProcess.User}}', (ConvertTo-SecureString '{{SandboxProcess.Password}}' -AsPlainText -Force)))
            $null = Get-MailPrincipal -Type Individual -First 20000 | Measure-Object
            $process = [Diagnostics.Process]::GetCurrentProcess()
            [GC]::Collect(); $process.Refresh(); $before = $process.WorkingSet64; $most = $before
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $count = 0
            Get-MailPrincipal -Type Individual | ForEach-Object { if (++$count % 50000 -eq 0) { $process.Refresh(); $most = [Math]::Max($most, $process.WorkingSet64) } }
            if ($count -ne {{count}}) { throw "$count" }
            foreach ($figure in $watch.Elapsed.TotalSeconds, (($most - $before) / 1MB)) { $figure.ToString([cultureinfo]::InvariantCulture) }
            """,
            figures: 2);
        report.Add("Get-MailPrincipal | ForEach-Object", figures[0], "s");
        report.Add("growth of the working set after the first 20,000", figures[1], "MB");
        report.AddRatio("growth / 40 MB", figures[1] / MaxGrowth, usual: 0.85, aim: 1);
    }
}
