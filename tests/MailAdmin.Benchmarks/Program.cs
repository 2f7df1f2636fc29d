// Compares, in one run, the module with what an administrator could script, and with what a program could do at best.
//   --parts LIST     import, first, bulk, network, list, large, grow, view, hash, jmap, jmap-network, jmap-key, jmap-list; all by default
//   --rows N         accounts of the bulk part, 5,000 by default; a fifth of them over the network
//   --accounts N     accounts of the list part, 100,000 by default; ten times as many of the large part
//   --rounds N       measurements of each, 7 by default; the median counts
//   --delay MS       what every call takes longer in the network part, 10 by default: a server that is not on this machine
//   --short          few rows and rounds, and an exit code of 1 where a ratio is three times worse than usual: for CI
//   --json FILE      the figures for other programs
using MailAdmin.Benchmarks;

if (args is ["--import", var manifest])
{
    Console.WriteLine(FormattableString.Invariant($"{HostedEngine.MeasureImport(manifest):0.000}"));
    return 0;
}

var options = BenchmarkOptions.Parse(args);
var report = new BenchmarkReport();
Console.WriteLine(FormattableString.Invariant($"{options.Rounds} rounds, {Environment.ProcessorCount} processors, {RestoredPowerShell.Description}."));
foreach (string part in options.Parts)
{
    await (part switch
    {
        "import" => ImportTimeBenchmark.RunAsync(options, report),
        "first" => FirstAnswerBenchmark.RunAsync(options, report),
        // On loopback the processor is the limit, since the sandbox is faster than any real server; over a network, waiting is.
        "bulk" => ProvisioningBenchmark.RunAsync(options, options.Rows, delay: 0, report),
        "network" => ProvisioningBenchmark.RunAsync(options, options.Rows / 5, options.Delay, report),
        "list" => ListingBenchmark.RunAsync(options, report),
        "large" => LargeListBenchmark.RunAsync(options, report),
        "grow" => GrowthBenchmark.RunAsync(options, report),
        "view" => ViewBenchmark.RunAsync(options, report),
        "jmap" => JmapBenchmark.ImportAsync(options, options.Rows, delay: 0, report),
        "jmap-network" => JmapBenchmark.ImportAsync(options, options.Rows / 5, options.Delay, report),
        "jmap-key" => JmapBenchmark.ImportWithKeyAsync(options, options.Rows / 5, options.Delay, report),
        "jmap-list" => JmapBenchmark.ListAsync(options, report),
        "hash" => HashingBenchmark.RunAsync(report),
        _ => throw new ArgumentException($"There is no part '{part}'."),
    }).ConfigureAwait(false);
}
if (options.JsonPath is { } path)
{
    await File.WriteAllTextAsync(path, report.ToJson()).ConfigureAwait(false);
}
return options.IsShort && report.HasAbsurdRatio() ? 1 : 0;
