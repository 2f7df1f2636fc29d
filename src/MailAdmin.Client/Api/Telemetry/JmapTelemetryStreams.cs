using System.Text.Json;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>
/// The live streams of a server from 0.16 on: <c>/live/tracing</c> and <c>/live/metrics</c> (docs/api-0.16.md §8.7). It makes the keys of a filter small before it looks them up by
/// their names in camelCase: so it knows those of one word alone, and for the others sends every event.
/// </summary>
internal sealed class JmapTelemetryStreams(ServerInfo? server) : ITelemetryStreams
{
    private static readonly string[] s_keys =
    [
        "collection", "contents", "details", "domain", "due", "expires", "from", "hostname", "id", "key", "path", "policy", "reason", "result", "source", "strict", "tls", "to", "type", "url",
        "value", "version",
    ];

    public Operation WatchTraces => Operations.WatchTracesLive;

    public Operation WatchMetrics => Operations.WatchMetricsLive;

    public IReadOnlyList<KeyValuePair<string, string?>> GetQuery(TraceFilter filter) =>
        filter.Query.FirstOrDefault(pair => pair.Key != TraceFilter.AnyKey && !s_keys.Contains(pair.Key)) is { Key: { } key }
            ? throw MailServerException.CreateUnsupported(Operations.WatchTracesLive, key, $"from 0.16 on the server does not filter live events by '{key}': it would ignore it and send every event. It filters by {string.Join(", ", s_keys)}; a text alone is looked for in all values.")
            : filter.Query;

    public IReadOnlyList<MailTraceEvent> ReadEvents(ref Utf8JsonReader reader) => JmapTraceReader.ReadFrame(ref reader);

    public IReadOnlyList<MailMetric> ReadMetrics(ref Utf8JsonReader reader) => JmapMetricReader.ReadList(ref reader);

    public MailServerException Explain(MailServerException e) => JmapTelemetryErrors.ExplainLicence(e, server);
}
