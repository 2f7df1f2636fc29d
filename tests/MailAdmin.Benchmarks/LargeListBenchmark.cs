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
        var pwsh = PipelinedList.Measure(directory.Address, count);
        report.Add("Get-MailPrincipal | ForEach-Object", pwsh.Seconds, "s");
        report.Add("growth of the working set after the first 20,000", pwsh.Growth, "MB");
        report.AddRatio("growth / 40 MB", pwsh.Growth / MaxGrowth, usual: 0.85, aim: 1);
    }
}
