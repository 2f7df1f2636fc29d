using System.Net;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>Explains why there is no telemetry: it needs a licence and a store. The server says "unsupported" to either lack; its edition shows which one it is.</summary>
internal static class TelemetryErrorExplainer
{
    public const string MetricsStore = "metrics.history";
    public const string TracingStore = "tracing.history";
    public const string MissingLicence = "Metrics and traces need a Stalwart Enterprise licence, and this server has none.";

    /// <summary>The error as it is to be reported: with the missing licence, or with the settings of the missing store as its <c>Field</c>; others as they are.</summary>
    /// <param name="e">The error of the server.</param>
    /// <param name="server">What is known of the server.</param>
    /// <param name="store">The settings of the store that the call reads; null for live streams, which need none.</param>
    public static MailServerException Explain(MailServerException e, ServerInfo? server, string? store)
    {
        // A build without the code, and not without a licence: the error says so already.
        if (e.Status == HttpStatusCode.NotFound)
        {
            return e;
        }
        if (e.Code == MailErrorCode.Unsupported && server is { IsEnterprise: false })
        {
            return CreateError(e, e.Code, MissingLicence, null);
        }
        // Metrics without a store are an "other", traces an "unsupported".
        bool isStore = e.Code == MailErrorCode.Unsupported || (e.Code == MailErrorCode.RejectedByServer && store == MetricsStore);
        return (isStore, store, server) switch
        {
            (true, not null, not null) => CreateError(e, e.Code, $"The server keeps no history of {GetStoreName(store)}: no store is configured for it ({store}).", store),
            (true, not null, null) => CreateError(e, e.Code, $"The server gives no history of {GetStoreName(store)}: it has no Stalwart Enterprise licence, or no store is configured ({store}).", store),
            _ => e,
        };
    }

    /// <summary>The outcome of <paramref name="reading"/>, its error explained as <see cref="Explain"/> does.</summary>
    public static async ValueTask<T> ExplainAsync<T>(ValueTask<T> reading, ServerInfo? server, string? store)
    {
        try
        {
            return await reading.ConfigureAwait(false);
        }
        catch (MailServerException e)
        {
            throw Explain(e, server, store);
        }
    }

    private static string GetStoreName(string store) => store == MetricsStore ? "metrics" : "traces";

    private static MailServerException CreateError(MailServerException e, MailErrorCode code, string message, string? field) => new(code, e.Operation, message, e)
    {
        Status = e.Status,
        ServerCode = e.ServerCode,
        Details = e.Details,
        Reason = e.Reason,
        Title = e.Title,
        Field = field,
    };
}
