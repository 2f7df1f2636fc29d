// Compares, in one run over a socket, provisioning with the module with a bare HttpClient loop and an Invoke-RestMethod loop,
// and the module's import with that of an empty binary module.
//   --rows N     accounts per measurement, 1000 by default
//   --rounds N   measurements of each, 5 by default; the median counts
//   --delay MS   what every call takes longer on the server, 0 by default: a network
using MailAdmin.Benchmarks;

if (args is ["--import", var manifest])
{
    Console.WriteLine(FormattableString.Invariant($"{HostedEngine.MeasureImport(manifest):0.000}"));
    return 0;
}

var options = BenchmarkOptions.Parse(args);
Console.WriteLine(FormattableString.Invariant($"{options.Rows} rows, {options.Rounds} rounds, {options.Delay} ms added to each call, {Environment.ProcessorCount} processors."));
await ProvisioningBenchmark.RunAsync(options).ConfigureAwait(false);
HashingBenchmark.Run();
ImportTimeBenchmark.Run(options);
return 0;
