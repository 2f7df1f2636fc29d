namespace MailAdmin.Sandbox.Telemetry;

/// <summary>Counts events and measures, since the start and hour by hour. An hour that is over is history.</summary>
/// <param name="readGauges">Reads the gauges as they stand.</param>
internal sealed class MetricBook(Func<IReadOnlyList<(string Id, long Value)>> readGauges)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, long> counters = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Count, long Sum)> histograms = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> countersOfHour = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (long Count, long Sum)> histogramsOfHour = new(StringComparer.Ordinal);
    private readonly List<Metric> history = [];
    private DateTimeOffset hourEnds;

    public void Count(string id, DateTimeOffset at)
    {
        lock (gate)
        {
            Turn(at);
            counters[id] = counters.GetValueOrDefault(id) + 1;
            countersOfHour[id] = countersOfHour.GetValueOrDefault(id) + 1;
        }
    }

    public void Measure(string id, long value, DateTimeOffset at)
    {
        lock (gate)
        {
            Turn(at);
            Measure(histograms, id, value);
            Measure(histogramsOfHour, id, value);
        }
    }

    /// <summary>Everything as it stands: sums since the start.</summary>
    public IReadOnlyList<Metric> Current(DateTimeOffset now)
    {
        lock (gate)
            return [.. Rows(now, counters, histograms)];
    }

    /// <summary>What was noted at the end of each hour: how much came in it.</summary>
    public IReadOnlyList<Metric> History(DateTimeOffset? after, DateTimeOffset? before, DateTimeOffset now)
    {
        lock (gate)
        {
            Turn(now);
            return [.. history.Where(metric => (after is null || metric.At >= after) && (before is null || metric.At < before))];
        }
    }

    private static void Measure(SortedDictionary<string, (long Count, long Sum)> into, string id, long value)
    {
        var (count, sum) = into.GetValueOrDefault(id);
        into[id] = (count + 1, sum + value);
    }

    /// <summary>Closes the hours that are over by then.</summary>
    private void Turn(DateTimeOffset now)
    {
        if (hourEnds == default || now - hourEnds > Kept)
            hourEnds = new DateTimeOffset(now.Ticks - (now.Ticks % Hour.Ticks), TimeSpan.Zero) + Hour;
        for (; hourEnds <= now; hourEnds += Hour)
        {
            history.AddRange(Rows(hourEnds, countersOfHour, histogramsOfHour));
            countersOfHour.Clear();
            histogramsOfHour.Clear();
            if (history.Count > 0 && history[0].At < hourEnds - Kept)
                history.RemoveAll(metric => metric.At < hourEnds - Kept);
        }
    }

    private IEnumerable<Metric> Rows(
        DateTimeOffset at, SortedDictionary<string, long> counts, SortedDictionary<string, (long Count, long Sum)> measures) =>
    [
        .. counts.Select(pair => new Metric(MetricKind.Counter, pair.Key, at, pair.Value, 0)),
        .. readGauges().Select(gauge => new Metric(MetricKind.Gauge, gauge.Id, at, gauge.Value, 0)),
        .. measures.Select(pair => new Metric(MetricKind.Histogram, pair.Key, at, pair.Value.Count, pair.Value.Sum)),
    ];
}
