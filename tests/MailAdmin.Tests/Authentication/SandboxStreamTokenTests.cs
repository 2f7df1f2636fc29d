using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Authentication;

public sealed class SandboxStreamTokenTests
{
    [Theory]
    [InlineData("/api/troubleshoot/token")]
    [InlineData("/api/telemetry/live/metrics-token")]
    [InlineData("/api/telemetry/live/tracing-token")]
    public async Task A_licensed_server_gives_a_token_for_each_stream_to_those_who_may(string path)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true, Enterprise = true });
        await server.AddUserAsync("jane", "jane-secret");
        string token = (await server.SendAsync("GET", path)).Data.GetString()!;
        Convert.FromBase64String(token).Length.ShouldBeGreaterThan(40);
        (await server.SendAsync("GET", path, authorization: SandboxServerExtensions.CreateBasicAuthorization("jane", "jane-secret"))).Status.ShouldBe(403);
        (await server.SendAsync("GET", "/api/principal", authorization: $"Bearer {token}")).Status.ShouldBe(401, "it opens streams, nothing else");
    }

    [Fact]
    public async Task Without_a_licence_only_the_delivery_test_has_a_token()
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true });
        (await server.SendAsync("GET", "/api/troubleshoot/token")).Error.ShouldBeNull();
        (await server.SendAsync("GET", "/api/telemetry/live/metrics-token")).Error.ShouldBe("unsupported");
    }
}
