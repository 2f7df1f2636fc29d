using System.Diagnostics;

namespace MailAdmin.Benchmarks;

/// <summary>A server from 0.16 on: rows a second of an import beside the same import on a server before, and beside bare calls; a list beside bare query and get.</summary>
internal static class JmapBenchmark
{
    private const string Version = "0.16";
    private const int Batch = 100;

    // The keys of docs/recipes for a scheduled import: without unlimited-requests, as every key of a job should be.
    private const string OldKey = """
        $key = New-MailPrincipal import-job -Type ApiKey -Role user -EnabledPermission individual-list,
            individual-get, individual-create, individual-update, group-list, mailing-list-list, domain-list
        """;

    private const string Key = """
        $null = New-MailPrincipal mail-import -Type Role -EnabledPermission sysAccountQuery, sysAccountGet,
            sysAccountCreate, sysAccountUpdate, sysMailingListQuery, sysMailingListGet, sysMailingListUpdate,
            sysDomainQuery, sysDomainGet, sysRoleQuery, sysRoleGet
        $null = New-MailPrincipal import-job@example.org -NoPassword -Role user, mail-import
        $key = New-MailPrincipal import-job@example.org/nightly -Type ApiKey
        """;

    /// <summary>The import, on both kinds of server.</summary>
    public static async Task ImportAsync(BenchmarkOptions options, int rows, int delay, BenchmarkReport report)
    {
        report.Begin(FormattableString.Invariant($"{rows} accounts by JMAP over a socket, {(delay == 0 ? "on loopback" : $"{delay} ms away")} (ready hashes), created a second"));
        using var accounts = BenchmarkAccounts.Create(rows);
        using SandboxProcess old = await SandboxProcess.StartAsync(delay).ConfigureAwait(false);
        using SandboxProcess sandbox = await SandboxProcess.StartAsync(delay, Version).ConfigureAwait(false);
        var jmap = new RawJmap(sandbox.Client);
        await jmap.ClearAsync().ConfigureAwait(false);
        string domain = await jmap.FindDomainAsync(SandboxProcess.Domain).ConfigureAwait(false);
        using var engine = new HostedEngine(sandbox, accounts);
        using var oldEngine = new HostedEngine(old, accounts);
        List<double> bare = [], import = [], oldImport = [];
        for (int round = 0; round <= options.Rounds; round++)
        {
            double bareSeconds = await TimeAsync(() => jmap.CreateAsync(accounts.Names, domain, Batch)).ConfigureAwait(false);
            await jmap.ClearAsync(rows).ConfigureAwait(false);
            double seconds = await TimeAsync(() => Task.Run(engine.ImportPrincipals)).ConfigureAwait(false);
            await jmap.ClearAsync(rows).ConfigureAwait(false);
            double oldSeconds = await TimeAsync(() => Task.Run(oldEngine.ImportPrincipals)).ConfigureAwait(false);
            await old.ClearAsync(rows).ConfigureAwait(false);
            // The first round warms everything up and does not count.
            if (round > 0)
            {
                bare.Add(rows / bareSeconds);
                import.Add(rows / seconds);
                oldImport.Add(rows / oldSeconds);
            }
        }
        double bareMedian = report.Add("x:Account/set of 100, one after the other", bare, "a second");
        double importMedian = report.Add("Import-MailPrincipal (hosted engine), 0.16", import, "a second");
        double oldMedian = report.Add("Import-MailPrincipal (hosted engine), 0.15", oldImport, "a second");
        report.AddRatio("Import-MailPrincipal, 0.16 / bare sets of 100", importMedian / bareMedian, usual: 0.6, isLessBetter: false);
        report.AddRatio("Import-MailPrincipal, 0.16 / 0.15", importMedian / oldMedian, usual: 1, delay == 0 ? null : 3, isLessBetter: false);
    }

    /// <summary>
    /// The import with the key of a job. Up to 0.15 such an account may make 1,000 calls a minute: each round has servers of its own, so that only a file
    /// of more rows meets that limit.
    /// </summary>
    public static async Task ImportWithKeyAsync(BenchmarkOptions options, int rows, int delay, BenchmarkReport report)
    {
        report.Begin(FormattableString.Invariant($"{rows} accounts by the API key of a job over a socket, {delay} ms away (ready hashes), created a second"));
        using var accounts = BenchmarkAccounts.Create(rows);
        List<double> import = [], oldImport = [];
        for (int round = 0; round <= options.Rounds; round++)
        {
            double seconds = await TimeWithKeyAsync(accounts, delay, Version, Key).ConfigureAwait(false);
            double oldSeconds = await TimeWithKeyAsync(accounts, delay, version: null, OldKey).ConfigureAwait(false);
            if (round > 0)
            {
                import.Add(rows / seconds);
                oldImport.Add(rows / oldSeconds);
            }
        }
        double importMedian = report.Add("Import-MailPrincipal (hosted engine), 0.16", import, "a second");
        double oldMedian = report.Add("Import-MailPrincipal (hosted engine), 0.15", oldImport, "a second");
        report.AddRatio("Import-MailPrincipal, 0.16 / 0.15", importMedian / oldMedian, usual: 3, aim: 3, isLessBetter: false);
    }

    private static async Task<double> TimeWithKeyAsync(BenchmarkAccounts accounts, int delay, string? version, string key)
    {
        using SandboxProcess sandbox = await SandboxProcess.StartAsync(delay, version).ConfigureAwait(false);
        using var engine = new HostedEngine(sandbox, accounts);
        engine.UseKey(key);
        return await TimeAsync(() => Task.Run(engine.ImportPrincipals)).ConfigureAwait(false);
    }

    /// <summary>The list.</summary>
    public static async Task ListAsync(BenchmarkOptions options, BenchmarkReport report)
    {
        int count = options.Accounts / 5;
        report.Begin(FormattableString.Invariant($"{count} accounts listed by JMAP over a socket"));
        using SandboxProcess sandbox = await SandboxProcess.StartAsync(delay: 0, Version).ConfigureAwait(false);
        using var accounts = BenchmarkAccounts.Create(count);
        var jmap = new RawJmap(sandbox.Client);
        await jmap.ClearAsync().ConfigureAwait(false);
        await jmap.CreateAsync(accounts.Names, await jmap.FindDomainAsync(SandboxProcess.Domain).ConfigureAwait(false), Batch).ConfigureAwait(false);
        using var engine = new HostedEngine(sandbox, accounts: null);
        List<double> raw = [], list = [];
        for (int round = 0; round <= options.Rounds; round++)
        {
            double rawSeconds = await TimeAsync(async () => ThrowUnless((await jmap.ReadAllAsync().ConfigureAwait(false)).Count == count)).ConfigureAwait(false);
            double seconds = await TimeAsync(() => Task.Run(() => engine.ListPrincipals(count))).ConfigureAwait(false);
            if (round > 0)
            {
                raw.Add(rawSeconds * 1000);
                list.Add(seconds * 1000);
            }
        }
        double rawMedian = report.Add("bare query and get by pages of 500", raw, "ms");
        double listMedian = report.Add("$null = Get-MailPrincipal (hosted engine), 0.16", list, "ms");
        report.AddRatio("Get-MailPrincipal, 0.16 / bare query and get", listMedian / rawMedian, usual: 1.2, aim: 1.3);
    }

    private static void ThrowUnless(bool isComplete)
    {
        if (!isComplete)
        {
            throw new InvalidOperationException("Some accounts are missing.");
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work().ConfigureAwait(false);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
