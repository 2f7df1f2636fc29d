using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Tests.Conventions;

namespace MailAdmin.Tests.Faults;

/// <summary>Every operation that only reads, as the client calls it.</summary>
internal static class FaultReads
{
    private static readonly byte[] s_mail = Encoding.ASCII.GetBytes("From: bill@spam.test\r\nTo: jane.doe@example.org\r\nSubject: Earn money fast\r\n\r\nBuy now.\r\n");

    /// <summary>Operations that no method of the client calls in the world of the matrix.</summary>
    public static IReadOnlyList<Operation> NotCalled { get; } =
    [
        Operations.IntrospectToken, Operations.RegisterClient, Operations.GetUserInfo, Operations.GetTokenKeys,
        Operations.DescribeAuthorizationServer, Operations.DescribeOpenId, Operations.DescribeJmap,
        // A stream that has no end: what becomes of it has tests of its own.
        Operations.WatchMetrics, Operations.WatchTraces,
        // The world of the matrix is a server with the management API.
        .. CmdletMap.OfNewerServers,
    ];

    public static IReadOnlyList<FaultRead> All { get; } =
    [
        new(Operations.RequestOAuthCode, async world => (await world.Client.OAuth.RequestCodeAsync("test", null, null, default)).Server.Version.ToString()) { Variant = "code" },
        new(Operations.RequestToken, ConnectAsync),
        new(Operations.StartDeviceFlow, StartDeviceAsync),
        new(Operations.CheckLiveness, async world => (await world.Client.Health.IsLiveAsync(default)).ToString()) { WhenFailed = "False" },
        new(Operations.CheckReadiness, async world => (await world.Client.Health.IsReadyAsync(default)).ToString()) { WhenFailed = "False" },
        new(Operations.ListPrincipals, world => JoinAsync(world.Client.Principals.ListAsync(new PrincipalQuery()))),
        new(Operations.ListPrincipals, async world => (await world.Client.Principals.CountAsync(new PrincipalQuery(), default)).ToString(CultureInfo.InvariantCulture)) { Variant = "count" },
        new(Operations.GetPrincipal, async world => (await world.Client.Principals.GetAsync(FaultWorld.Account, default)).Id.ToString(CultureInfo.InvariantCulture)),
        new(Operations.GetAccountAuth, async world => (await world.Client.Account.GetAuthAsync(default)).OtpEnabled.ToString()) { RunsAsAccount = true },
        new(Operations.GetAccountCrypto, async world => (await world.Client.Account.GetCryptoAsync(default)).ToString()) { RunsAsAccount = true },
        new(Operations.ListQueueMessages, world => JoinAsync(world.Client.Queue.ListAsync(new QueueQuery()))),
        new(Operations.ListQueueMessages, async world => string.Join(',', await world.Client.Queue.ListIdsAsync(QueueFilter.Everything, default))) { Variant = "ids" },
        new(Operations.ListQueueMessages, async world => (await world.Client.Queue.SampleAsync(QueueFilter.Everything, 1, default)).Total.ToString(CultureInfo.InvariantCulture))
            { Variant = "count", NeedsEmpty = true, PrepareAsync = world => world.QueueAsync("a@remote.test") },
        new(Operations.GetQueueMessage, async world => (await world.Client.Queue.GetAsync(world.Id, default)).Created.ToString("O")) { PrepareAsync = FindMessageAsync },
        new(Operations.GetQueueStatus, async world => (await world.Client.Queue.GetStatusAsync(default)).ToString()),
        new(Operations.ListQueueReports, async world => string.Join(',', (await world.Client.QueueReports.ListIdsAsync(new QueueReportQuery(), default)).Ids)),
        new(Operations.GetQueueReport, async world => (await world.Client.QueueReports.GetAsync(world.Item, default)).ToString()) { PrepareAsync = FindReportAsync("/api/queue/reports") },
        new(Operations.GetQueueReport, async world => (await world.Client.QueueReports.ExistsAsync(world.Item, default)).ToString()) { Variant = "exists", WhenMissing = "False", PrepareAsync = FindReportAsync("/api/queue/reports") },
        .. new[] { (Operations.ListDmarcReports, MailReportKind.Dmarc), (Operations.ListTlsReports, MailReportKind.Tls), (Operations.ListArfReports, MailReportKind.Arf) }
            .Select(list => new FaultRead(list.Item1, async world => string.Join(',', (await world.Client.IncomingReports.ListIdsAsync(list.Item2, new ReportQuery(), default)).Ids))),
        new(Operations.GetReport, async world => (await world.Client.IncomingReports.GetDmarcAsync(world.Item, default)).Subject) { Variant = "dmarc", PrepareAsync = FindReportAsync("/api/reports/dmarc") },
        new(Operations.GetReport, async world => (await world.Client.IncomingReports.GetTlsAsync(world.Item, default)).Subject) { Variant = "tls", PrepareAsync = FindReportAsync("/api/reports/tls") },
        new(Operations.GetReport, async world => (await world.Client.IncomingReports.GetArfAsync(world.Item, default)).Subject) { Variant = "arf", PrepareAsync = FindReportAsync("/api/reports/arf") },
        new(Operations.GetReport, async world => (await world.Client.IncomingReports.ExistsAsync(MailReportKind.Arf, world.Item, default)).ToString()) { Variant = "exists", WhenMissing = "False", PrepareAsync = FindReportAsync("/api/reports/arf") },
        new(Operations.GetDkimPublicKey, async world => await world.Client.Dkim.GetPublicKeyAsync("of-a-test", default) ?? "none")
        {
            WhenMissing = "none",
            PrepareAsync = world => world.SendAsync("POST", "/api/dkim", """{"id":"of-a-test","algorithm":"Ed25519","domain":"example.org","selector":"test"}"""),
        },
        new(Operations.ListDnsRecords, async world => string.Join(',', await world.Client.Dns.GetRecordsAsync("example.org", default))),
        new(Operations.GetSettings, async world => string.Join(',', await world.Client.Settings.GetAsync(["server.hostname"], default))) { TakesAnyBytes = true },
        new(Operations.ListSettings, async world => (await world.Client.Settings.ListAsync("server", null, default)).Items.Count.ToString(CultureInfo.InvariantCulture)),
        new(Operations.ListSettingGroups, async world => (await world.Client.Settings.ListGroupsAsync("server.listener", "protocol", null, null, null, default)).Items.Count.ToString(CultureInfo.InvariantCulture)),
        new(Operations.ReloadSettings, async world => (await world.Client.Maintenance.TestAsync(default)).Count.ToString(CultureInfo.InvariantCulture)) { Variant = "dry run" },
        new(Operations.GetBlob, async world => Convert.ToHexString(await world.Client.Store.GetBlobAsync(world.Item, null, null, default))) { TakesAnyBytes = true, PrepareAsync = FindBlobAsync },
        new(Operations.GetBlob, CopyBlobAsync) { Variant = "copy", TakesAnyBytes = true, PrepareAsync = FindBlobAsync },
        new(Operations.GetQuotaUsage, async world => (await world.Client.Store.GetQuotaUsageAsync(FaultWorld.Account, default)).ToString()),
        new(Operations.ListDeletedItems, async world => (await world.Client.Store.ListDeletedAsync(FaultWorld.Account, default)).Count.ToString(CultureInfo.InvariantCulture)),
        new(Operations.GetTrainingStatus, async world => (await world.Client.Raw.SendAsync(HttpMethod.Get, "spam-filter/train/status", null, null, default)).Data.ToString()!) { Variant = "any call", TakesAnyBytes = true, Version = "0.15" },
        new(Operations.ClassifyMessage, async world => (await world.Client.Spam.ClassifyAsync(new SpamQuery { Message = s_mail, RemoteIp = IPAddress.Parse("192.0.2.1"), From = "bill@spam.test" }, default)).Score.ToString(CultureInfo.InvariantCulture)),
        new(Operations.TestDelivery, world => JoinAsync(world.Client.DeliveryTest.RunAsync("info@customers.example", null, default))) { NeedsEmpty = true },
        new(Operations.RequestTroubleshootingToken, world => HasTokenAsync(world, StreamPurpose.Troubleshooting)),
        new(Operations.RequestMetricsToken, world => HasTokenAsync(world, StreamPurpose.Metrics)),
        new(Operations.RequestTracingToken, world => HasTokenAsync(world, StreamPurpose.Tracing)),
        new(Operations.TestDmarc, async world => (await world.Client.DmarcTest.TestAsync(new DmarcQuery { RemoteIp = IPAddress.Parse("192.0.2.1"), EhloDomain = "spam.test", From = "bill@spam.test", Message = s_mail }, default)).ToString()),
        new(Operations.ListMetrics, async world => (await world.Client.Telemetry.ListMetricsAsync(null, null, default)).Count.ToString(CultureInfo.InvariantCulture)),
        new(Operations.ListTraces, world => CountAsync(world.Client.Telemetry.ListTracesAsync(new TraceQuery { First = 5 }))),
        new(Operations.GetTrace, async world => (await world.Client.Telemetry.GetTraceAsync(world.Id, default)).Count.ToString(CultureInfo.InvariantCulture)) { PrepareAsync = FindTraceAsync },
        new(Operations.ListLogs, world => CountAsync(world.Client.Logs.ListAsync(new LogQuery { First = 3 }))),
    ];

    private static async Task<string> ConnectAsync(FaultWorld world)
    {
        using MailClient client = await world.ConnectAsync(MailCredential.FromPassword("admin", "sandbox-admin-secret"));
        return client.Server!.Version.ToString();
    }

    private static async Task<string> StartDeviceAsync(FaultWorld world)
    {
        string shown = "nothing";
        using var stop = new CancellationTokenSource();
        try
        {
            using MailClient client = await world.ConnectAsync(MailCredential.FromDevice(async (code, token) =>
            {
                shown = code.UserCode.Length.ToString(CultureInfo.InvariantCulture);
                await world.Client.OAuth.ApproveDeviceAsync(code.UserCode, token);
            }));
        }
        catch (OperationCanceledException)
        {
            // Not approved.
        }
        return shown;
    }

    private static async Task<string> HasTokenAsync(FaultWorld world, StreamPurpose purpose) => (await world.Client.OAuth.RequestStreamTokenAsync(purpose, default)).Length > 0 ? "a token" : "none";

    private static async Task<string> CopyBlobAsync(FaultWorld world)
    {
        using var copy = new MemoryStream();
        await world.Client.Store.CopyBlobAsync(world.Item, null, null, copy, default);
        return Convert.ToHexString(copy.ToArray());
    }

    private static async Task<string> JoinAsync<T>(IAsyncEnumerable<T> items)
    {
        var texts = new List<string>();
        await foreach (T item in items)
        {
            texts.Add($"{item}");
        }
        return string.Join(',', texts);
    }

    private static async Task<string> CountAsync<T>(IAsyncEnumerable<T> items)
    {
        int count = 0;
        await foreach (T _ in items)
        {
            count++;
        }
        return count.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task FindMessageAsync(FaultWorld world) => world.Item = (await world.ReadAsync("/api/queue/messages")).GetProperty("data").GetProperty("items")[0].GetRawText();

    private static async Task FindTraceAsync(FaultWorld world) =>
        world.Item = JsonDocument.Parse((await world.ReadAsync("/api/telemetry/traces?limit=1")).GetProperty("data").GetProperty("items")[0].GetRawText()).RootElement.ToString();

    private static async Task FindBlobAsync(FaultWorld world) =>
        world.Item = (await world.ReadAsync("/api/queue/messages?values=1&limit=1&page=1")).GetProperty("data").GetProperty("items")[0].GetProperty("blob_hash").GetString()!;

    private static Func<FaultWorld, Task> FindReportAsync(string path) => async world => world.Item = (await world.ReadAsync(path)).GetProperty("data").GetProperty("items")[0].GetString()!;
}
