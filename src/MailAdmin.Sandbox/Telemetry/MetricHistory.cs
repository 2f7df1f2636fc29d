namespace MailAdmin.Sandbox.Telemetry;

/// <summary>What a server writes into its history of metrics.</summary>
/// <param name="Kept">The names of what it writes; null for all.</param>
/// <param name="SumsHistograms">Whether a histogram holds all measurements since the start, and not those of the hour.</param>
internal sealed record MetricHistory(IReadOnlySet<string>? Kept, bool SumsHistograms)
{
    /// <summary>Before 0.16.</summary>
    public static MetricHistory Hourly { get; } = new(null, SumsHistograms: false);

    /// <summary>From 0.16.</summary>
    public static MetricHistory Newer { get; } = new(
        new HashSet<string>(StringComparer.Ordinal)
        {
            "smtp.connection-start", "imap.connection-start", "pop3.connection-start", "manage-sieve.connection-start", "http.connection-start", "delivery.attempt-start",
            "queue.message-queued", "queue.authenticated-message-queued", "queue.dsn-queued", "queue.report-queued", "message-ingest.ham", "message-ingest.spam", "auth.failed",
            "security.authentication-ban", "security.scan-ban", "security.abuse-ban", "security.loiter-ban", "security.ip-blocked", "incoming-report.dmarc-report",
            "incoming-report.dmarc-report-with-warnings", "incoming-report.tls-report", "incoming-report.tls-report-with-warnings",
            "queue.count", "server.memory",
            "message-ingest.time", "message-ingest.index-time", "delivery.total-time", "delivery.attempt-time", "dns.lookup-time", "store.data-read-time", "store.data-write-time",
            "store.blob-read-time", "store.blob-write-time",
        },
        SumsHistograms: true);

    /// <summary>Whether a measurement is written; a gauge of nothing is not where the rest is chosen too.</summary>
    public bool Keeps(Metric metric) => Kept is null || (Kept.Contains(metric.Id) && (metric.Kind != MetricKind.Gauge || metric.Value > 0));
}
