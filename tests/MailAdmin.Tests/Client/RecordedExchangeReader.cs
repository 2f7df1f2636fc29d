using System.Net.ServerSentEvents;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Delivery;
using MailAdmin.Client.Api.Dmarc;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Api.Queue;
using MailAdmin.Client.Api.Reports;
using MailAdmin.Client.Api.Settings;
using MailAdmin.Client.Api.Spam;
using MailAdmin.Client.Api.Store;
using MailAdmin.Client.Api.Telemetry;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Calls;

namespace MailAdmin.Tests.Client;

/// <summary>Reads a recorded answer with the reader that the client has for its operation.</summary>
internal static class RecordedExchangeReader
{
    /// <summary>Operations that the client has no reader of its own for yet.</summary>
    public const string Envelope = "envelope";

    /// <summary>Which reader an answer is for.</summary>
    public static string GetKind(RecordedExchange exchange) => (exchange.Method, exchange.Route) switch
    {
        _ when exchange.IsStream => "delivery test",
        ("GET", "/api/principal") => "principals",
        ("POST", "/api/principal") => "id",
        ("GET", var route) when IsPrincipal(route) => "principal",
        ("PATCH" or "DELETE", var route) when IsPrincipal(route) => "done",
        ("POST", "/api/oauth") when exchange.RequestBody.Contains("\"device\"", StringComparison.Ordinal) => "approved",
        ("POST", "/api/oauth") => "code",
        ("POST", "/auth/token") => "tokens",
        ("POST", "/auth/device") => "device",
        ("GET", "/api/troubleshoot/token" or "/api/telemetry/live/metrics-token" or "/api/telemetry/live/tracing-token") => "stream token",
        ("GET", "/api/logs") => "log",
        ("GET", "/api/telemetry/metrics") => "metrics",
        ("GET", "/api/telemetry/traces") => "traces",
        ("GET", var route) when route.StartsWith("/api/telemetry/trace/", StringComparison.Ordinal) => "trace",
        ("GET", "/healthz/live" or "/healthz/ready") => "health",
        ("GET", var route) when route.StartsWith("/api/store/blobs/", StringComparison.Ordinal) => "blob",
        ("GET", var route) when route.StartsWith("/api/store/purge", StringComparison.Ordinal) => "done",
        ("GET" or "DELETE", var route) when route.StartsWith("/api/store/quota/", StringComparison.Ordinal) => "bytes",
        ("DELETE", var route) when route.StartsWith("/api/store/uids/", StringComparison.Ordinal) => "uids",
        ("GET", var route) when route.StartsWith("/api/store/undelete/", StringComparison.Ordinal) => "deleted items",
        ("POST", var route) when route.StartsWith("/api/store/undelete/", StringComparison.Ordinal) => "restored items",
        ("GET", "/api/account/auth") => "account",
        ("POST", "/api/account/auth") => "done",
        ("GET", "/api/account/crypto") => "encryption",
        ("POST", "/api/account/crypto") => "certificates",
        ("GET", "/api/queue/messages") when exchange.Path.Contains("values=1", StringComparison.Ordinal) => "queue messages",
        ("GET", "/api/queue/messages") => "queue ids",
        ("GET", var route) when route.StartsWith("/api/queue/messages/", StringComparison.Ordinal) => "queue message",
        ("GET", "/api/queue/reports" or "/api/reports/dmarc" or "/api/reports/tls" or "/api/reports/arf") => "report ids",
        ("GET", var route) when route.StartsWith("/api/queue/reports/", StringComparison.Ordinal) => "queue report",
        ("GET", var route) when route.StartsWith("/api/reports/dmarc/", StringComparison.Ordinal) => "DMARC report",
        ("GET", var route) when route.StartsWith("/api/reports/tls/", StringComparison.Ordinal) => "TLS report",
        ("GET", var route) when route.StartsWith("/api/reports/arf/", StringComparison.Ordinal) => "abuse report",
        (not "POST", var route) when route.StartsWith("/api/queue/", StringComparison.Ordinal) => "flag",
        ("DELETE", var route) when route.StartsWith("/api/reports/", StringComparison.Ordinal) => "done",
        ("POST", "/api/dkim" or "/api/settings") => "done",
        ("GET", var route) when route.StartsWith("/api/dkim/", StringComparison.Ordinal) => "key",
        ("GET", var route) when route.StartsWith("/api/dns/records/", StringComparison.Ordinal) => "records",
        ("GET", "/api/settings/keys") => "settings",
        ("GET", "/api/settings/list") => "setting list",
        ("GET", "/api/settings/group") => "setting groups",
        ("GET", var route) when route.StartsWith("/api/reload", StringComparison.Ordinal) => "problems",
        ("GET", "/api/update/spam-filter") => "version",
        ("GET", "/api/update/webadmin") => "done",
        ("GET", var route) when route.StartsWith("/api/store/reindex", StringComparison.Ordinal) => "done",
        ("POST", "/api/spam-filter/classify") => "spam result",
        ("POST", var route) when route.StartsWith("/api/spam-filter/", StringComparison.Ordinal) => "done",
        ("GET", var route) when route.StartsWith("/api/spam-filter/train/", StringComparison.Ordinal) => "flag",
        ("POST", "/api/troubleshoot/dmarc") => "DMARC result",
        // Several calls at once.
        ("", _) => "done",
        _ => Envelope,
    };

    /// <summary>The value of an answer.</summary>
    public static async Task<object?> ReadAsync(RecordedExchange exchange)
    {
        HttpResponseMessage response = exchange.ToResponse();
        var context = new ApiRequestContext(new Operation(new HttpMethod(exchange.Method.Length == 0 ? "GET" : exchange.Method), "/recorded", Idempotency.Idempotent, "what was recorded"))
        {
            IsOAuth = exchange.Route.StartsWith("/auth/", StringComparison.Ordinal),
        };
        return GetKind(exchange) switch
        {
            "delivery test" => ReadStages(exchange),
            "principals" => await ReadListAsync(new PrincipalListParser(), response, context),
            "queue messages" => await ReadListAsync(new ListParser<MailQueueMessage>(QueueMessageReader.Read), response, context),
            "queue ids" => await ReadDataAsync(response, context, QueueResource.ReadIds),
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
            "key" => await ReadDataAsync(response, context, DkimResource.ReadKey),
            "records" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => DnsResource.Read(ref reader, "example.org")),
            "settings" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => SettingsReader.ReadPairs(ref reader, "")),
            "setting list" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => SettingsReader.ReadList(ref reader, "")),
            "setting groups" => await ReadDataAsync(response, context, static (ref Utf8JsonReader reader) => SettingsReader.ReadGroups(ref reader, "")),
            "problems" => await ReadDataAsync(response, context, SettingsReader.ReadProblems),
            "spam result" => await ReadDataAsync(response, context, SpamResultReader.Read),
            "DMARC result" => await ReadDataAsync(response, context, DmarcResultReader.Read),
            "version" => await ReadDataAsync(response, context, MaintenanceResource.ReadVersion),
            _ => await RawResource.ReadAsync(response, context, default),
        };
    }

    private static List<MailDeliveryStage> ReadStages(RecordedExchange exchange)
    {
        var reader = new DeliveryStageReader(Uri.UnescapeDataString(exchange.Route.Split('/')[^1]));
        using var body = new MemoryStream(exchange.Body);
        return [.. SseParser.Create(body, (_, data) => DeliveryTestResource.ReadStages(data, reader)).Enumerate().SelectMany(frame => frame.Data)];
    }

    private static bool IsPrincipal(string route) => route.StartsWith("/api/principal/", StringComparison.Ordinal);

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
