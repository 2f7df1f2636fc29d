namespace MailAdmin.Benchmarks;

/// <summary>Time a row, and memory, of an import as it grows; and what it costs to see that nothing has changed.</summary>
internal static class GrowthBenchmark
{
    private static readonly int[] s_sizes = [1000, 10_000, 100_000];

    public static async Task RunAsync(BenchmarkOptions options, BenchmarkReport report)
    {
        report.Begin("Import-MailPrincipal as the file grows (pwsh)");
        foreach (int size in s_sizes)
        {
            using SandboxProcess sandbox = await SandboxProcess.StartAsync(delay: 0).ConfigureAwait(false);
            using var accounts = BenchmarkAccounts.Create(size);
            double[] figures = RestoredPowerShell.Measure(
                $$"""
                {{SandboxProcess.FormatConnect(sandbox.Address)}}
                $process = [Diagnostics.Process]::GetCurrentProcess()
                $process.Refresh(); $before = $process.WorkingSet64
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $null = Import-MailPrincipal '{{accounts.CsvPath}}'
                $created = $watch.Elapsed.TotalMilliseconds
                $process.Refresh(); $memory = ($process.PeakWorkingSet64 - $before) / 1MB
                $watch.Restart(); $null = Get-MailPrincipal; $list = $watch.Elapsed.TotalMilliseconds
                $watch.Restart(); $same = Import-MailPrincipal '{{accounts.CsvPath}}' -WarningAction Ignore | Where-Object Action -ne Unchanged; $again = $watch.Elapsed.TotalMilliseconds
                if ($same) { throw "$($same.Count) changed" }
                foreach ($figure in $created, $memory, $list, $again) { $figure.ToString([cultureinfo]::InvariantCulture) }
                """,
                figures: 4);
            report.Add(FormattableString.Invariant($"{size} rows created, a row"), figures[0] * 1000 / size, "µs");
            report.Add(FormattableString.Invariant($"{size} rows created, growth of the working set, a row"), figures[1] * 1024 / size, "KB");
            report.Add(FormattableString.Invariant($"{size} rows unchanged, besides the listing"), (figures[3] - figures[2]) / 1000, "s");
        }
    }
}
