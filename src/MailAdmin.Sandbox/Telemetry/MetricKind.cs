namespace MailAdmin.Sandbox.Telemetry;

/// <summary>How a metric counts.</summary>
internal enum MetricKind
{
    /// <summary>How often an event happened.</summary>
    Counter,

    /// <summary>How much there is of something at a moment.</summary>
    Gauge,

    /// <summary>How many measurements there were, and their sum.</summary>
    Histogram,
}
