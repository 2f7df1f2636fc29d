using System.Net.ServerSentEvents;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Delivery;
using MailAdmin.Client.Api.Dkim;
using MailAdmin.Client.Api.Dmarc;
using MailAdmin.Client.Api.Dns;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Api.Maintenance;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Api.Queue;
using MailAdmin.Client.Api.Reports;
using MailAdmin.Client.Api.Settings;
using MailAdmin.Client.Api.Spam;
using MailAdmin.Client.Api.Store;
using MailAdmin.Client.Api.Telemetry;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Calls;

namespace MailAdmin.Tests.Recordings;

/// <summary>Reads a recorded answer with the reader that the client has for its operation.</summary>
internal static class RecordedExchangeReader
{
    /// <summary>Operations that the client has no reader of its own for yet.</summary>
    public const string Envelope = "envelope";

    // Those whose answer takes more than the operation to tell are in GetKind.
    private static readonly Dictionary<Operation, string> s_kinds = new()
    {
        [Operations.ListPrincipals] = "principals",
        [Operations.CreatePrincipal] = "id",
        [Operations.GetPrincipal] = "principal",
        [Operations.PatchPrincipal] = "done",
        [Operations.DeletePrincipal] = "done",
        [Operations.RequestToken] = "tokens",
        [Operations.StartDeviceFlow] = "device",
        [Operations.RequestTroubleshootingToken] = "stream token",
        [Operations.RequestMetricsToken] = "stream token",
        [Operations.RequestTracingToken] = "stream token",
        [Operations.ListLogs] = "log",
        [Operations.ListMetrics] = "metrics",
        [Operations.ListTraces] = "traces",
        [Operations.GetTrace] = "trace",
        [Operations.CheckLiveness] = "health",
        [Operations.CheckReadiness] = "health",
        [Operations.GetBlob] = "blob",
        [Operations.PurgeBlobs] = "done",
        [Operations.PurgeData] = "done",
        [Operations.PurgeDataStore] = "done",
        [Operations.PurgeInMemory] = "done",
        [Operations.PurgeInMemoryStore] = "done",
        [Operations.PurgeInMemoryKind] = "done",
        [Operations.PurgeInMemoryKindOfAccount] = "done",
        [Operations.PurgeAccounts] = "done",
        [Operations.PurgeAccount] = "done",
        [Operations.GetQuotaUsage] = "bytes",
        [Operations.RecalculateQuotaUsage] = "bytes",
        [Operations.ResetImapUids] = "uids",
        [Operations.ListDeletedItems] = "deleted items",
        [Operations.RestoreDeletedItems] = "restored items",
        [Operations.GetAccountAuth] = "account",
        [Operations.ChangeAccountAuth] = "done",
        [Operations.GetAccountCrypto] = "encryption",
        [Operations.SetAccountCrypto] = "certificates",
        [Operations.GetQueueMessage] = "queue message",
        [Operations.RescheduleQueueMessages] = "flag",
        [Operations.CancelQueueMessages] = "flag",
        [Operations.RescheduleQueueMessage] = "flag",
        [Operations.CancelQueueMessage] = "flag",
        [Operations.GetQueueStatus] = "flag",
        [Operations.SuspendQueue] = "flag",
        [Operations.ResumeQueue] = "flag",
        [Operations.ListQueueReports] = "report ids",
        [Operations.ListDmarcReports] = "report ids",
        [Operations.ListTlsReports] = "report ids",
        [Operations.ListArfReports] = "report ids",
        [Operations.GetQueueReport] = "queue report",
        [Operations.DeleteQueueReports] = "flag",
        [Operations.DeleteQueueReport] = "flag",
        [Operations.DeleteReports] = "done",
        [Operations.DeleteReport] = "done",
        [Operations.CreateDkimSignature] = "done",
        [Operations.GetDkimPublicKey] = "key",
        [Operations.ListDnsRecords] = "records",
        [Operations.GetSettings] = "settings",
        [Operations.ListSettings] = "setting list",
        [Operations.ListSettingGroups] = "setting groups",
        [Operations.ChangeSettings] = "done",
        [Operations.ReloadSettings] = "problems",
        [Operations.ReloadLookups] = "problems",
        [Operations.ReloadCertificates] = "problems",
        [Operations.ReloadBlockedIps] = "problems",
        [Operations.UpdateSpamFilter] = "version",
        [Operations.UpdateWebAdmin] = "done",
        [Operations.Reindex] = "done",
        [Operations.ReindexAccount] = "done",
        [Operations.ReindexNamedForAccount] = "done",
        [Operations.TrainSpam] = "done",
        [Operations.TrainHam] = "done",
        [Operations.TrainSpamForAccount] = "done",
        [Operations.TrainHamForAccount] = "done",
        [Operations.UploadSpam] = "done",
        [Operations.UploadHam] = "done",
        [Operations.UploadSpamForAccount] = "done",
        [Operations.UploadHamForAccount] = "done",
        [Operations.StartTraining] = "flag",
        [Operations.StopTraining] = "flag",
        [Operations.ResetTraining] = "flag",
        [Operations.DeleteTraining] = "flag",
        [Operations.GetTrainingStatus] = "flag",
        [Operations.ClassifyMessage] = "spam result",
        [Operations.TestDmarc] = "DMARC result",
    };

    /// <summary>Which reader an answer is for.</summary>
    public static string GetKind(RecordedExchange exchange) => exchange.Operation switch
    {
        _ when exchange.IsStream => "delivery test",
        // Several calls at once.
        _ when exchange.Method.Length == 0 => "done",
        null => Envelope,
        var operation when operation == Operations.RequestOAuthCode => exchange.RequestBody.Contains("\"device\"", StringComparison.Ordinal) ? "approved" : "code",
        var operation when operation == Operations.ListQueueMessages => exchange.Path.Contains("values=1", StringComparison.Ordinal) ? "queue messages" : "queue ids",
        var operation when operation == Operations.GetReport => exchange.Route.Split('/')[^2] switch
        {
            "dmarc" => "DMARC report",
            "tls" => "TLS report",
            "arf" => "abuse report",
            _ => Envelope,
        },
        var operation => s_kinds.GetValueOrDefault(operation, Envelope),
    };

    /// <summary>The value of an answer.</summary>
    public static async Task<object?> ReadAsync(RecordedExchange exchange)
    {
        HttpResponseMessage response = exchange.ToResponse();
        var context = new ApiRequestContext(new Operation(new HttpMethod(exchange.Method.Length == 0 ? "GET" : exchange.Method), "/recorded", Idempotency.Idempotent, "what was recorded"))
        {
            IsOAuth = exchange.Operation is { IsUnderApi: false },
            // Whatever is beside /api answers in forms of its own.
            ChangesServer = exchange.Operation is { IsUnderApi: true, ChangesServer: true },
        };
        return GetKind(exchange) switch
        {
            "delivery test" => ReadStages(exchange),
            "principals" => await ReadListAsync(new PrincipalListParser([]), response, context),
            "queue messages" => await ReadListAsync(new ListParser<MailQueueMessage>(QueueMessageReader.Read), response, context),
            "queue ids" => await ReadDataAsync(response, context, RestQueue.ReadIds),
            "queue message" => await ReadDataAsync(response, context, QueueMessageReader.Read),
            "flag" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => reader.GetBoolean()),
            "report ids" => await ReadDataAsync(response, context, ReportIdListing.ReadPage),
            "queue report" => await ReadReportAsync(exchange, response, context, ReportReader.ReadQueued),
            "DMARC report" => await ReadReportAsync(exchange, response, context, ReportReader.ReadDmarc),
            "TLS report" => await ReadReportAsync(exchange, response, context, ReportReader.ReadTls),
            "abuse report" => await ReadReportAsync(exchange, response, context, ReportReader.ReadArf),
            "id" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => reader.GetUInt32()),
            "principal" => await ReadDataAsync(response, context, PrincipalReader.Read),
            "done" => await ReadDoneAsync(response, context),
            "approved" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => reader.GetBoolean()),
            "code" => await ReadDataAsync(response, context, OAuthCodeEndpoint.ReadCode),
            "tokens" => await ResponseReader.ReadUnwrappedAsync(response, context, TokenEndpoint.ReadTokens, default),
            "device" => await ResponseReader.ReadUnwrappedAsync(response, context, TokenEndpoint.ReadDevice, default),
            "stream token" => await ReadDataAsync(response, context, OAuthResource.ReadToken),
            "blob" => await StoreResource.ReadBlobAsync(response, context, default),
            "bytes" => await ReadDataAsync(response, context, DataReaders.ReadNumber),
            "uids" => await ReadDataAsync(response, context, StoreResource.ReadPair),
            "deleted items" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => DeletedItemReader.ReadList(ref reader, "")),
            "restored items" => await ReadDataAsync(response, context, DeletedItemReader.ReadOutcomes),
            "account" => await ReadDataAsync(response, context, MailAccountAuth.Read),
            "encryption" => await ReadDataAsync(response, context, MailAccountCrypto.Read),
            "certificates" => await ReadDataAsync(response, context, AccountResource.ReadCount),
            "log" => await ReadListAsync(new ListParser<MailLogEntry>(MailLogEntry.Read), response, context),
            "metrics" => await ReadDataAsync(response, context, MetricReader.ReadList),
            "traces" => await ReadListAsync(new ListParser<MailTrace>(TraceReader.ReadListItem), response, context),
            "trace" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => TraceReader.ReadEvents(ref reader)),
            "health" => response.IsSuccessStatusCode,
            "key" => await ReadDataAsync(response, context, RestSigning.ReadKey),
            "records" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => RestZone.Read(ref reader, "example.org")),
            "settings" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => SettingsReader.ReadPairs(ref reader, "")),
            "setting list" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => SettingsReader.ReadList(ref reader, "")),
            "setting groups" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => SettingsReader.ReadGroups(ref reader, "")),
            "problems" => await ReadDataAsync(response, context, SettingsReader.ReadProblems),
            "spam result" => await ReadDataAsync(response, context, SpamResultReader.Read),
            "DMARC result" => await ReadDataAsync(response, context, DmarcResultReader.Read),
            "version" => await ReadDataAsync(response, context, RestMaintenance.ReadVersion),
            _ => await RawResource.ReadAsync(response, context, default),
        };
    }

    private static List<MailDeliveryStage> ReadStages(RecordedExchange exchange)
    {
        var reader = new DeliveryStageReader(Uri.UnescapeDataString(exchange.Route.Split('/')[^1]));
        using var body = new MemoryStream(exchange.Body);
        return [.. SseParser.Create(body, (_, data) => DeliveryTestResource.ReadStages(data, reader)).Enumerate().SelectMany(frame => frame.Data)];
    }

    private static async Task<object?> ReadDoneAsync(HttpResponseMessage response, ApiRequestContext context)
    {
        await ResponseReader.ReadNothingAsync(response, context, default);
        return null;
    }

    private static Task<T> ReadDataAsync<T>(HttpResponseMessage response, ApiRequestContext context, DataReader<T> read) => ResponseReader.ReadDataAsync(response, context, read, default);

    private static Task<T> ReadReportAsync<T>(RecordedExchange exchange, HttpResponseMessage response, ApiRequestContext context, Func<string, JsonElement, T> read)
    {
        string id = Uri.UnescapeDataString(exchange.Route.Split('/')[^1]);
        return ReadDataAsync(response, context, (ref Utf8JsonReader reader) => read(id, JsonElement.ParseValue(ref reader)));
    }

    private static async Task<(IReadOnlyList<T> Items, long? Total)> ReadListAsync<T>(ListParser<T> parser, HttpResponseMessage response, ApiRequestContext context)
    {
        var reader = new PageReader<T>(parser, response, context);
        var items = new List<T>();
        await foreach (T item in reader.ReadAsync(default))
        {
            items.Add(item);
        }
        return (items, reader.Total);
    }
}
