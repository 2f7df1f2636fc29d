using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MailAdmin.Benchmarks;

/// <summary>All accounts of a directory, against one raw response that is parsed into objects; and the memory that it takes.</summary>
internal static partial class ListingBenchmark
{
    public static async Task RunAsync(BenchmarkOptions options, BenchmarkReport report)
    {
        report.Begin(FormattableString.Invariant($"{options.Accounts} accounts listed over a socket"));
        using SandboxProcess sandbox = await SandboxProcess.StartAsync(delay: 0).ConfigureAwait(false);
        using var accounts = BenchmarkAccounts.Create(options.Accounts);
        await sandbox.FillAsync(accounts).ConfigureAwait(false);
        using var engine = new HostedEngine(sandbox, accounts: null);
        var raw = new List<double>();
        var hosted = new List<double>();
        for (int round = 0; round <= options.Rounds; round++)
        {
            double rawSeconds = await TimeAsync(() => ReadRawAsync(sandbox.Client, options.Accounts)).ConfigureAwait(false);
            double hostedSeconds = await TimeAsync(() => Task.Run(() => engine.ListPrincipals(options.Accounts))).ConfigureAwait(false);
            if (round > 0)
            {
                raw.Add(rawSeconds);
                hosted.Add(hostedSeconds);
            }
        }
        var pwsh = PipelinedList.Measure(sandbox.Address, options.Accounts);
        double rawMedian = report.Add("one raw response, source-generated JSON", [.. raw.Select(seconds => seconds * 1000)], "ms");
        double hostedMedian = report.Add("$null = Get-MailPrincipal (hosted engine)", [.. hosted.Select(seconds => seconds * 1000)], "ms");
        report.Add("Get-MailPrincipal | ForEach-Object (pwsh)", pwsh.Seconds * 1000, "ms");
        report.AddRatio("Get-MailPrincipal / raw response", hostedMedian / rawMedian, usual: 1.4, aim: 1.2);
        report.Add("growth of the working set after the first 20,000 (pwsh)", pwsh.Growth, "MB");
        report.Add("Get-MailPrincipal | Select-Object -First 3 (pwsh)", pwsh.FirstThree, "ms");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work().ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task ReadRawAsync(HttpClient client, int expected)
    {
        Stream body = await client.GetStreamAsync(new Uri("/api/principal?types=individual", UriKind.Relative)).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            RawAnswer? answer = await JsonSerializer.DeserializeAsync(body, RawJson.Default.RawAnswer).ConfigureAwait(false);
            if (answer?.Data.Items.Length != expected)
            {
                throw new InvalidOperationException($"{expected} accounts should have come, and {answer?.Data.Items.Length} have.");
            }
        }
    }

    internal sealed record RawAnswer(RawList Data);

    internal sealed record RawList(RawPrincipal[] Items, long Total);

    // What a program that knows the sandbox's answers would write.
    internal sealed record RawPrincipal(uint Id, string Type, string Name, string? Description, ulong Quota, ulong UsedQuota, JsonElement Emails, JsonElement Secrets, JsonElement Roles, JsonElement MemberOf);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(RawAnswer))]
    internal sealed partial class RawJson : JsonSerializerContext;
}
