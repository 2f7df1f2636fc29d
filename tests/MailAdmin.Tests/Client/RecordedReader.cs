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
internal static class RecordedReader
{
    /// <summary>Operations that the client has no reader of its own for yet.</summary>
    public const string Envelope = "envelope";

    /// <summary>Which reader an answer is for.</summary>
    public static string KindOf(RecordedExchange exchange) => (exchange.Method, exchange.Route) switch
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
        var call = new Call(new HttpMethod(exchange.Method.Length == 0 ? "GET" : exchange.Method), "/recorded", CallSafety.Repeatable)
        {
            IsOAuth = exchange.Route.StartsWith("/auth/", StringComparison.Ordinal),
        };
        return KindOf(exchange) switch
        {
            "delivery test" => Stages(exchange),
            "principals" => await ListAsync(new PrincipalListParser(), response, call),
            "queue messages" => await ListAsync(new ListParser<MailQueueMessage>(QueueMessageReader.Read), response, call),
            "queue ids" => await DataAsync(response, call, QueueResource.ReadIds),
            "queue message" => await DataAsync(response, call, QueueMessageReader.Read),
            "flag" => await DataAsync(response, call, static (ref Utf8JsonReader reader) => reader.GetBoolean()),
            "report ids" => await DataAsync(response, call, ReportIdListing.Read),
            "queue report" => await ReportAsync(exchange, response, call, ReportReader.ReadQueued),
            "DMARC report" => await ReportAsync(exchange, response, call, ReportReader.ReadDmarc),
            "TLS report" => await ReportAsync(exchange, response, call, ReportReader.ReadTls),
            "abuse report" => await ReportAsync(exchange, response, call, ReportReader.ReadArf),
            "id" => await DataAsync(response, call, static (ref Utf8JsonReader reader) => reader.GetUInt32()),
            "principal" => await DataAsync(response, call, PrincipalReader.Read),
            "done" => await DoneAsync(response, call),
            "approved" => await DataAsync(response, call, static (ref Utf8JsonReader reader) => reader.GetBoolean()),
            "code" => await DataAsync(response, call, OAuthCodes.Read),
            "tokens" => await AnswerReader.ReadBareAsync(response, call, TokenEndpoint.ReadTokens, default),
            "device" => await AnswerReader.ReadBareAsync(response, call, TokenEndpoint.ReadDevice, default),
            "stream token" => await DataAsync(response, call, OAuthResource.ReadToken),
            "blob" => await StoreResource.ReadBlobAsync(response, call, default),
            "bytes" => await DataAsync(response, call, StoreResource.ReadNumber),
            "uids" => await DataAsync(response, call, StoreResource.ReadPair),
            "deleted items" => await DataAsync(response, call, static (ref Utf8JsonReader reader) => DeletedItemReader.ReadList(ref reader, "")),
            "restored items" => await DataAsync(response, call, DeletedItemReader.ReadOutcomes),
            "account" => await DataAsync(response, call, MailAccountAuth.Read),
            "encryption" => await DataAsync(response, call, MailAccountCrypto.Read),
            "certificates" => await DataAsync(response, call, AccountResource.ReadCount),
            "log" => await ListAsync(new ListParser<MailLogEntry>(MailLogEntry.Read), response, call),
            "metrics" => await DataAsync(response, call, MetricReader.ReadList),
            "traces" => await ListAsync(new ListParser<MailTrace>(TraceReader.ReadListed), response, call),
            "trace" => await DataAsync(response, call, static (ref Utf8JsonReader reader) => TraceReader.ReadEvents(ref reader)),
            "health" => response.IsSuccessStatusCode,
            "key" => await DataAsync(response, call, DkimResource.ReadKey),
            "records" => await DataAsync(response, call, static (ref Utf8JsonReader reader) => DnsResource.Read(ref reader, "example.org")),
            "settings" => await DataAsync(response, call, static (ref Utf8JsonReader reader) => SettingsReader.ReadPairs(ref reader, "")),
            "setting list" => await DataAsync(response, call, static (ref Utf8JsonReader reader) => SettingsReader.ReadList(ref reader, "")),
            "setting groups" => await DataAsync(response, call, static (ref Utf8JsonReader reader) => SettingsReader.ReadGroups(ref reader, "")),
            "problems" => await DataAsync(response, call, SettingsReader.ReadProblems),
            "spam result" => await DataAsync(response, call, SpamResultReader.Read),
            "DMARC result" => await DataAsync(response, call, DmarcResultReader.Read),
            "version" => await DataAsync(response, call, MaintenanceResource.ReadVersion),
            _ => await RawResource.ReadAsync(response, call, default),
        };
    }

    private static List<MailDeliveryStage> Stages(RecordedExchange exchange)
    {
        var reader = new DeliveryStageReader(Uri.UnescapeDataString(exchange.Route.Split('/')[^1]));
        using var body = new MemoryStream(exchange.Body);
        return [.. SseParser.Create(body, (_, data) => DeliveryTestResource.Read(data, reader)).Enumerate().SelectMany(frame => frame.Data)];
    }

    private static bool IsPrincipal(string route) => route.StartsWith("/api/principal/", StringComparison.Ordinal);

    private static async Task<object?> DoneAsync(HttpResponseMessage response, Call call)
    {
        await AnswerReader.ReadDoneAsync(response, call, default);
        return null;
    }

    private static Task<T> DataAsync<T>(HttpResponseMessage response, Call call, DataReader<T> read) => AnswerReader.ReadDataAsync(response, call, read, default);

    private static Task<T> ReportAsync<T>(RecordedExchange exchange, HttpResponseMessage response, Call call, Func<string, JsonElement, T> read)
    {
        string id = Uri.UnescapeDataString(exchange.Route.Split('/')[^1]);
        return DataAsync(response, call, (ref Utf8JsonReader reader) => read(id, JsonElement.ParseValue(ref reader)));
    }

    private static async Task<(IReadOnlyList<T> Items, long? Total)> ListAsync<T>(ListParser<T> parser, HttpResponseMessage response, Call call)
    {
        var reader = new PageReader<T>(parser, response, call);
        var items = new List<T>();
        await foreach (T item in reader.ReadAsync(default))
        {
            items.Add(item);
        }
        return (items, reader.Total);
    }
}
