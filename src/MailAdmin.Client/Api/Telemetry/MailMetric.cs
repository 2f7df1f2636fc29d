namespace MailAdmin.Client;

/// <summary>A measurement (GET /telemetry/metrics, GET /telemetry/metrics/live, from 0.16 on x:Metric, GET /live/metrics; Enterprise). Sizes are bytes, times milliseconds.</summary>
public sealed class MailMetric : ServerObject
{
    /// <summary>What was measured, such as <c>queue.count</c> or <c>delivery.total-time</c>; of a counter, the event that was counted.</summary>
    public string Id { get; internal set; } = "";
    /// <summary>Whether it is a count of events, a state, or a distribution.</summary>
    public string Kind { get; internal set; } = MetricKind.Counter;
    /// <summary>When it was taken; in the live stream, which does not say, when it arrived.</summary>
    public DateTimeOffset? Timestamp { get; internal set; }
    /// <summary>The count or the state; null for histograms.</summary>
    public long? Value { get; internal set; }
    /// <summary>How many measurements a histogram holds: in the history those of the hour, from 0.16 on and in the live stream all since the server started; null for others.</summary>
    public long? Count { get; internal set; }
    /// <summary>The sum of the measurements of a histogram; null for others.</summary>
    public long? Sum { get; internal set; }
    /// <summary>The mean of a histogram's measurements; null for others, and for an empty one.</summary>
    public double? Average => Count is > 0 && Sum is { } sum ? (double)sum / Count : null;
    /// <summary>Members of the answer this version does not know.</summary>
    public NamedValues AdditionalData { get; internal set; } = NamedValues.Empty;

    /// <inheritdoc/>
    public override string ToString() => Id;
}
