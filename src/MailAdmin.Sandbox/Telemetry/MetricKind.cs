namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The kind of a metric.</summary>
internal enum MetricKind
{
    /// <summary>The number of events.</summary>
    Counter,

    /// <summary>The value at a moment.</summary>
    Gauge,

    /// <summary>The number of measurements and their sum.</summary>
    Histogram,
}
