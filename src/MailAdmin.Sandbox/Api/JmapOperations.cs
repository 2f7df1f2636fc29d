namespace MailAdmin.Sandbox.Api;

/// <summary>The paths that there are from 0.16 on only, and that no client here calls. All others are in <see cref="Operations"/>.</summary>
internal static class JmapOperations
{
    public static Operation DescribeProtectedResource { get; } = new(HttpMethod.Get, "/.well-known/oauth-protected-resource", Idempotency.Idempotent, "who signs callers in", isUnderApi: false);
    public static Operation IssueNoToken { get; } = new(HttpMethod.Get, "/token", Idempotency.Idempotent, "nothing, to who has signed in");
    public static Operation IssueDeliveryToken { get; } = new(HttpMethod.Get, "/token/delivery", Idempotency.Idempotent, "a token for the delivery test");
    public static Operation IssueTracingToken { get; } = new(HttpMethod.Get, "/token/tracing", Idempotency.Idempotent, "a token for the stream of events", isEnterprise: true);
    public static Operation IssueMetricsToken { get; } = new(HttpMethod.Get, "/token/metrics", Idempotency.Idempotent, "a token for the stream of metrics", isEnterprise: true);
    public static Operation ShowDevicePage { get; } = new(HttpMethod.Get, "/device", Idempotency.Idempotent, "the page to approve a device", isUnderApi: false);
    public static Operation ShowRoot { get; } = new(HttpMethod.Get, "/", Idempotency.Idempotent, "the way to the web interface", isUnderApi: false);
}
