using MailAdmin.Sandbox.Api;

namespace MailAdmin.Sandbox.Routing;

/// <summary>Requests that the server accepts in addition to the table of operations, since it does not check these paths strictly. No client needs them.</summary>
internal static class UnlistedOperations
{
    public static Operation SetQueueStatus { get; } = new(HttpMethod.Patch, "/queue/status/{word}", Idempotency.Idempotent, "start deliveries by any word that is not stop");

    public static Operation ReloadUnknown { get; } = new(HttpMethod.Get, "/reload/{word}", Idempotency.NotIdempotent, "reload all settings by a word that names no part");

    public static Operation GetTraces { get; } = new(HttpMethod.Get, "/telemetry/trace", Idempotency.Idempotent, "the events of the traces that the query names", isEnterprise: true);

    public static IReadOnlyList<Operation> All { get; } = [SetQueueStatus, ReloadUnknown, GetTraces];
}
