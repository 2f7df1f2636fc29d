using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>The history of a server before 0.16: <c>/telemetry</c> (docs/api.md §6.13).</summary>
internal sealed class RestTelemetry(ApiChannel channel, ServerInfo? server) : ITelemetry
{
    public Operation ReadTrace => Operations.GetTrace;

    // The server sends all metrics, whatever is asked for.
    public async Task<IReadOnlyList<MailMetric>> ListMetricsAsync(DateTimeOffset? after, DateTimeOffset? before, IReadOnlyCollection<string>? ids, CancellationToken cancellationToken)
    {
        Uri target = channel.Uri.ForQuery(Operations.ListMetrics,
        [
            KeyValuePair.Create("after", WireTime.Floor(after)),
            KeyValuePair.Create("before", WireTime.Ceiling(before)),
        ]);
        IReadOnlyList<MailMetric> metrics = await ExplainErrorsAsync(
            channel.ReadAsync(new ApiRequestContext(Operations.ListMetrics), target, MetricReader.ReadList, cancellationToken), TelemetryErrorExplainer.MetricsStore).ConfigureAwait(false);
        return ids is null ? metrics : [.. metrics.Where(metric => ids.Contains(metric.Id, StringComparer.OrdinalIgnoreCase))];
    }

    public IAsyncEnumerable<MailTrace> ListTracesAsync(TraceQuery query, Action<long>? onTotal, CancellationToken cancellationToken) =>
        new TraceListing(channel, server, query, onTotal).RunAsync(cancellationToken);

    // The server answers unknown ids with no events.
    public Task<IReadOnlyList<MailTraceEvent>> GetTraceAsync(ulong spanId, CancellationToken cancellationToken) => ExplainErrorsAsync(
        channel.ReadAsync(
            new ApiRequestContext(Operations.GetTrace),
            channel.Uri.For(Operations.GetTrace, spanId.ToString(CultureInfo.InvariantCulture)),
            (ref Utf8JsonReader reader) => TraceReader.ReadEvents(ref reader, spanId),
            cancellationToken),
        TelemetryErrorExplainer.TracingStore);

    private Task<T> ExplainErrorsAsync<T>(Task<T> call, string store) => TelemetryErrorExplainer.ExplainAsync(new ValueTask<T>(call), server, store).AsTask();
}
