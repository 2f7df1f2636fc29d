using MailAdmin.Sandbox.Directory;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>How much there is of everything at this moment.</summary>
internal static class Gauges
{
    public static IReadOnlyList<(string Id, long Value)> Read(SandboxServer server) =>
    [
        ("http.active-connections", server.Requests.Underway + server.OpenStreams),
        ("imap.active-connections", 0),
        ("pop3.active-connections", 0),
        ("smtp.active-connections", 0),
        ("sieve.active-connections", 0),
        ("delivery.active-connections", server.Queue.Underway),
        ("server.memory", GC.GetTotalMemory(forceFullCollection: false)),
        ("queue.count", server.Queue.Count),
        ("user.count", server.Store.Count(PrincipalType.Individual)),
        ("domain.count", server.Store.Count(PrincipalType.Domain)),
    ];
}
