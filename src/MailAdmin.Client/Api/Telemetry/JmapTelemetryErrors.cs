using MailAdmin.Client.Calls;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>
/// Explains why a server from 0.16 on has no telemetry: it needs a licence, of which the server says no more than <c>forbidden</c> or 404, and a store, without which it fails, or
/// has no traces.
/// </summary>
internal sealed class JmapTelemetryErrors(JmapChannel channel, ServerInfo? server)
{
    public const string MetricsStore = "MetricsStore";
    public const string TracingStore = "TracingStore";
    private const string Variant = "@type";
    private const string Disabled = "Disabled";

    // What a server says that has no store for what it is asked, among others.
    private const string Unavailable = "serverUnavailable";

    /// <summary>The error as it is to be reported: with the missing licence, or with the missing store as its <c>Field</c>; others as they are.</summary>
    /// <param name="e">The error of the server.</param>
    /// <param name="store">The type of the object that says where the history is kept.</param>
    /// <param name="cancellationToken">Cancels the look at the store.</param>
    public async Task<MailServerException> ExplainAsync(MailServerException e, string store, CancellationToken cancellationToken)
    {
        MailServerException explained = ExplainLicence(e, server);
        return explained != e || e.ServerCode != Unavailable || !await IsDisabledAsync(store, cancellationToken).ConfigureAwait(false) ? explained : CreateMissingStore(store, e);
    }

    /// <summary>Fails where no history is kept: an empty list would say that nothing happened.</summary>
    /// <exception cref="MailServerException"><c>Unsupported</c>.</exception>
    public async Task ThrowIfDisabledAsync(string store, CancellationToken cancellationToken)
    {
        if (await IsDisabledAsync(store, cancellationToken).ConfigureAwait(false))
        {
            throw CreateMissingStore(store, null);
        }
    }

    /// <summary>The error with the missing licence, where the server is known to have none; others as they are.</summary>
    public static MailServerException ExplainLicence(MailServerException e, ServerInfo? server) =>
        server is { IsEnterprise: false } && e.Code is MailErrorCode.Forbidden or MailErrorCode.Unsupported
            ? MissingLicence.CreateError(e, server.IsOpenSource ? "Metrics and traces are part of Stalwart Enterprise; this build has none of it." : TelemetryErrorExplainer.MissingLicence)
            : e;

    // Who may not look does not learn it.
    private async Task<bool> IsDisabledAsync(string store, CancellationToken cancellationToken)
    {
        try
        {
            GetAnswer<string?> answer = await channel.GetAsync(ObjectTypeName.ToWire(store), ["singleton"], item => item.GetText(Variant), cancellationToken, [Variant]).ConfigureAwait(false);
            return answer.Items is [Disabled];
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return false;
        }
    }

    private static MailServerException CreateMissingStore(string store, MailServerException? e) => new(
        MailErrorCode.Unsupported,
        Operations.CallJmap,
        $"The server keeps no history of {(store == MetricsStore ? "metrics" : "traces")}: no store is configured for it (x:{store}).",
        e)
    {
        ServerCode = e?.ServerCode,
        Details = e?.Details,
        Method = e?.Method ?? (store == MetricsStore ? "x:Metric/query" : "x:Trace/query"),
        Field = store,
    };
}
