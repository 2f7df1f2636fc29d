using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>Counts events and measures, since the start and hour by hour. An hour that is over is history.</summary>
/// <param name="readGauges">Reads the current values of the gauges.</param>
/// <param name="ids">The numbers of what is written into the history.</param>
/// <param name="written">What is written there.</param>
internal sealed class MetricStore(Func<IReadOnlyList<(string Id, long Value)>> readGauges, SnowflakeIdGenerator ids, MetricHistory written)
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_retention = TimeSpan.FromDays(30);

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, long> _counters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Count, long Sum)> _histograms = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _countersOfHour = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Count, long Sum)> _histogramsOfHour = new(StringComparer.Ordinal);
    private readonly List<Metric> _history = [];
    private DateTimeOffset _hourEnds;

    public void Count(string id, DateTimeOffset at)
    {
        lock (_gate)
        {
            CloseFinishedHours(at);
            _counters[id] = _counters.GetValueOrDefault(id) + 1;
            _countersOfHour[id] = _countersOfHour.GetValueOrDefault(id) + 1;
        }
    }

    public void Measure(string id, long value, DateTimeOffset at)
    {
        lock (_gate)
        {
            CloseFinishedHours(at);
            Measure(_histograms, id, value);
            Measure(_histogramsOfHour, id, value);
        }
    }

    /// <summary>The current values: sums since the start.</summary>
    public IReadOnlyList<Metric> GetCurrent(DateTimeOffset now)
    {
        lock (_gate)
        {
            return [.. CreateMetrics(now, _counters, _histograms)];
        }
    }

    /// <summary>The values recorded at the end of each hour.</summary>
    public IReadOnlyList<Metric> GetHistory(DateTimeOffset? after, DateTimeOffset? before, DateTimeOffset now)
    {
        lock (_gate)
        {
            CloseFinishedHours(now);
            return [.. _history.Where(metric => (after is null || metric.At >= after) && (before is null || metric.At < before))];
        }
    }

    /// <summary>Of the histograms that something was added to in this hour.</summary>
    private SortedDictionary<string, (long Count, long Sum)> GetTotals() => new(_histogramsOfHour.Keys.ToDictionary(id => id, id => _histograms[id]), StringComparer.Ordinal);

    private static void Measure(SortedDictionary<string, (long Count, long Sum)> into, string id, long value)
    {
        (long count, long sum) = into.GetValueOrDefault(id);
        into[id] = (count + 1, sum + value);
    }

    /// <summary>Closes the hours that are over by then.</summary>
    private void CloseFinishedHours(DateTimeOffset now)
    {
        if (_hourEnds == default || now - _hourEnds > s_retention)
        {
            _hourEnds = new DateTimeOffset(now.Ticks - (now.Ticks % s_hour.Ticks), TimeSpan.Zero) + s_hour;
        }

        for (; _hourEnds <= now; _hourEnds += s_hour)
        {
            IEnumerable<Metric> ofHour = CreateMetrics(_hourEnds, _countersOfHour, written.SumsHistograms ? GetTotals() : _histogramsOfHour);
            _history.AddRange(ofHour.Where(written.Keeps).Select(metric => metric with { Number = ids.Next(metric.At) }));
            _countersOfHour.Clear();
            _histogramsOfHour.Clear();
            if (_history.Count > 0 && _history[0].At < _hourEnds - s_retention)
            {
                _history.RemoveAll(metric => metric.At < _hourEnds - s_retention);
            }
        }
    }

    private IEnumerable<Metric> CreateMetrics(
        DateTimeOffset at, SortedDictionary<string, long> counts, SortedDictionary<string, (long Count, long Sum)> measures) =>
    [
        .. counts.Select(pair => new Metric(MetricKind.Counter, pair.Key, at, pair.Value, 0)),
        .. readGauges().Select(gauge => new Metric(MetricKind.Gauge, gauge.Id, at, gauge.Value, 0)),
        .. measures.Select(pair => new Metric(MetricKind.Histogram, pair.Key, at, pair.Value.Count, pair.Value.Sum)),
    ];
}
