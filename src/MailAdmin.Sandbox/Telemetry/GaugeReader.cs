namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The current values of the gauges.</summary>
internal static class GaugeReader
{
    public static IReadOnlyList<(string Id, long Value)> Read(int requests, int deliveries, int queuedMessages, int users, int domains) =>
    [
        ("http.active-connections", requests),
        ("imap.active-connections", 0),
        ("pop3.active-connections", 0),
        ("smtp.active-connections", 0),
        ("sieve.active-connections", 0),
        ("delivery.active-connections", deliveries),
        ("server.memory", GC.GetTotalMemory(forceFullCollection: false)),
        ("queue.count", queuedMessages),
        ("user.count", users),
        ("domain.count", domains),
    ];
}
