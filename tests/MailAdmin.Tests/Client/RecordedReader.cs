using System.Text.Json;
using MailAdmin.Client.Authentication;
using MailAdmin.Client.Errors;
using MailAdmin.Client.Http;
using MailAdmin.Client.Models;
using MailAdmin.Client.Models.Account;
using MailAdmin.Client.Models.Store;
using MailAdmin.Client.Resources;
using MailAdmin.Client.Resources.Listing;

namespace MailAdmin.Tests.Client;

/// <summary>Reads a recorded answer with the reader that the client has for its operation.</summary>
internal static class RecordedReader
{
    /// <summary>Operations that the client has no reader of its own for yet.</summary>
    public const string Envelope = "envelope";

    /// <summary>Live streams, which no reader takes yet.</summary>
    public const string Stream = "stream";

    /// <summary>Which reader an answer is for.</summary>
    public static string KindOf(RecordedExchange exchange) => (exchange.Method, exchange.Route) switch
    {
        _ when exchange.IsStream => Stream,
        ("GET", "/api/principal") => "principals",
        ("POST", "/api/principal") => "id",
        ("GET", var route) when IsPrincipal(route) => "principal",
        ("PATCH" or "DELETE", var route) when IsPrincipal(route) => "done",
        ("POST", "/api/oauth") when exchange.RequestBody.Contains("\"device\"", StringComparison.Ordinal) => "approved",
        ("POST", "/api/oauth") => "code",
        ("POST", "/auth/token") => "tokens",
        ("POST", "/auth/device") => "device",
        ("GET", "/api/troubleshoot/token" or "/api/telemetry/live/metrics-token" or "/api/telemetry/live/tracing-token") => "stream token",
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
            Stream => null,
            "principals" => await ListAsync(response, call),
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
            "health" => response.IsSuccessStatusCode,
            _ => await RawResource.ReadAsync(response, call, default),
        };
    }

    private static bool IsPrincipal(string route) => route.StartsWith("/api/principal/", StringComparison.Ordinal);

    private static async Task<object?> DoneAsync(HttpResponseMessage response, Call call)
    {
        await AnswerReader.ReadDoneAsync(response, call, default);
        return null;
    }

    private static Task<T> DataAsync<T>(HttpResponseMessage response, Call call, DataReader<T> read) => AnswerReader.ReadDataAsync(response, call, read, default);

    private static async Task<(IReadOnlyList<MailPrincipal> Items, long? Total)> ListAsync(HttpResponseMessage response, Call call)
    {
        var reader = new PrincipalPageReader(response, call);
        var items = new List<MailPrincipal>();
        await foreach (MailPrincipal principal in reader.ReadAsync(default))
        {
            items.Add(principal);
        }
        return (items, reader.Total);
    }
}
