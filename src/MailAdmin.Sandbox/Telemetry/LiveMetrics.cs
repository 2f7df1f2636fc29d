using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary><c>GET /telemetry/metrics/live</c>, from 0.16 <c>GET /live/metrics</c>: the metrics at once, and again after each interval.</summary>
/// <param name="metrics">Counts them.</param>
/// <param name="clock">The sandbox's clock.</param>
/// <param name="write">Writes a metric.</param>
internal sealed class LiveMetrics(MetricStore metrics, TimeProvider clock, Action<Utf8JsonWriter, Metric> write)
{
    private const int DefaultIntervalSeconds = 30;
    private const int MaxIntervalSeconds = 24 * 60 * 60;

    /// <summary>Names of events select counters, other names select gauges and histograms; a group of which none is named is sent in full.</summary>
    public async Task RunAsync(QueryValues query, ServerSentEventWriter events, CancellationToken cancellationToken)
    {
        string[] names = (query["metrics"] ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var levels = names.Where(MetricNames.All.Contains).ToHashSet(StringComparer.Ordinal);
        var counters = names.Where(name => !levels.Contains(name) && EventNames.IsEvent(name)).ToHashSet(StringComparer.Ordinal);
        int seconds = query.GetInt32("interval");
        var interval = TimeSpan.FromSeconds(seconds > 0 ? Math.Min(seconds, MaxIntervalSeconds) : DefaultIntervalSeconds);
        while (true)
        {
            Metric[] selected = metrics.GetCurrent(clock.GetUtcNow()).Where(metric => IsSelected(metric, metric.Kind == MetricKind.Counter ? counters : levels)).ToArray();
            await events.WriteAsync("metrics", json => Write(json, selected), cancellationToken).ConfigureAwait(false);
            await Task.Delay(interval, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsSelected(Metric metric, HashSet<string> names) => names.Count == 0 || names.Contains(metric.Id);

    private void Write(Utf8JsonWriter json, Metric[] metrics)
    {
        json.WriteStartArray();
        foreach (Metric metric in metrics)
        {
            write(json, metric);
        }

        json.WriteEndArray();
    }
}
