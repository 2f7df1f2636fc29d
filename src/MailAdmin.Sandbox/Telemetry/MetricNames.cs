namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The names of gauges and histograms; counters go by the names of events.</summary>
internal static class MetricNames
{
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "message-ingest.time", "message-ingest.index-time", "delivery.total-time", "delivery.attempt-time", "message.size", "message.authenticated-size",
        "outgoing-report.size", "store.data-read-time", "store.data-write-time", "store.blob-read-time", "store.blob-write-time", "dns.lookup-time",
        "http.request-time", "imap.request-time", "pop3.request-time", "smtp.request-time", "sieve.request-time", "http.active-connections",
        "imap.active-connections", "pop3.active-connections", "smtp.active-connections", "sieve.active-connections", "delivery.active-connections",
        "server.memory", "queue.count", "user.count", "domain.count",
    };
}
