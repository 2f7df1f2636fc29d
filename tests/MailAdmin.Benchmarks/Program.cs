// Compares, in one run over a socket, provisioning with the module with a bare HttpClient loop and an Invoke-RestMethod loop,
// and the module's import with that of an empty binary module.
//   --rows N     accounts per measurement on loopback, 5,000 by default; a fifth of them over the network
//   --rounds N   measurements of each, 5 by default; the median counts
//   --delay MS   what every call takes longer in the second part, 5 by default: a server that is not on this machine
using MailAdmin.Benchmarks;

if (args is ["--import", var manifest])
{
    Console.WriteLine(FormattableString.Invariant($"{HostedEngine.MeasureImport(manifest):0.000}"));
    return 0;
}

var options = BenchmarkOptions.Parse(args);
Console.WriteLine(FormattableString.Invariant($"{options.Rounds} rounds, {Environment.ProcessorCount} processors."));
// On loopback the processor is the limit, since the sandbox is faster than any real server; over a network, waiting is.
await ProvisioningBenchmark.RunAsync(options.Rows, 0, options.Rounds).ConfigureAwait(false);
await ProvisioningBenchmark.RunAsync(options.Rows / 5, options.Delay, options.Rounds).ConfigureAwait(false);
HashingBenchmark.Run();
ImportTimeBenchmark.Run(options.Rounds);
return 0;
