using System.Text.Json;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>The live streams of a server before 0.16: <c>/telemetry/traces/live</c> and <c>/telemetry/metrics/live</c> (docs/api.md §7).</summary>
internal sealed class RestTelemetryStreams(ServerInfo? server) : ITelemetryStreams
{
    public Operation WatchTraces => Operations.WatchTraces;

    public Operation WatchMetrics => Operations.WatchMetrics;

    public IReadOnlyList<KeyValuePair<string, string?>> GetQuery(TraceFilter filter) => filter.Query;

    public IReadOnlyList<MailTraceEvent> ReadEvents(ref Utf8JsonReader reader) => TraceReader.ReadEvents(ref reader);

    public IReadOnlyList<MailMetric> ReadMetrics(ref Utf8JsonReader reader) => MetricReader.ReadList(ref reader);

    public MailServerException Explain(MailServerException e) => TelemetryErrorExplainer.Explain(e, server, null);
}
