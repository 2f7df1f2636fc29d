namespace MailAdmin.Sandbox.Api;

/// <summary>The one table of the paths that there are from 0.16 on only. What all versions share is in <see cref="Operations"/>.</summary>
internal static class JmapOperations
{
    public static Operation CallMethods { get; } = new(HttpMethod.Post, "/jmap", Idempotency.NotIdempotent, "call methods", isUnderApi: false);
    public static Operation ShowSession { get; } = new(HttpMethod.Get, "/jmap/session", Idempotency.Idempotent, "what the server can do, and the caller's accounts", isUnderApi: false);
    public static Operation ShowAccount { get; } = new(HttpMethod.Get, "/account", Idempotency.Idempotent, "what the caller may do");
    public static Operation FindSchema { get; } = new(HttpMethod.Get, "/schema", Idempotency.Idempotent, "where the schema is");
    public static Operation ShowSchema { get; } = new(HttpMethod.Get, "/schema/{hash}", Idempotency.Idempotent, "the types of objects");
    public static Operation Authorize { get; } = new(HttpMethod.Post, "/auth", Idempotency.NotIdempotent, "a code for name and password");
    public static Operation Discover { get; } = new(HttpMethod.Get, "/discover/{address}", Idempotency.Idempotent, "where an address signs in");
    public static Operation DescribeProtectedResource { get; } = new(HttpMethod.Get, "/.well-known/oauth-protected-resource", Idempotency.Idempotent, "who signs callers in", isUnderApi: false);
    public static Operation IssueNoToken { get; } = new(HttpMethod.Get, "/token", Idempotency.Idempotent, "nothing, to who has signed in");
    public static Operation IssueDeliveryToken { get; } = new(HttpMethod.Get, "/token/delivery", Idempotency.Idempotent, "a token for the delivery test");
    public static Operation TestDelivery { get; } = new(HttpMethod.Get, "/live/delivery/{target}", Idempotency.Idempotent, "the delivery test");
    public static Operation ShowLoginPage { get; } = new(HttpMethod.Get, "/login", Idempotency.Idempotent, "the page to sign in", isUnderApi: false);
    public static Operation ShowDevicePage { get; } = new(HttpMethod.Get, "/device", Idempotency.Idempotent, "the page to approve a device", isUnderApi: false);
    public static Operation ShowRoot { get; } = new(HttpMethod.Get, "/", Idempotency.Idempotent, "the way to the web interface", isUnderApi: false);
}
