using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

/// <summary>What the three editions answer differently (docs/api.md §11).</summary>
public sealed class SandboxEditionTests
{
    public static TheoryData<string, string> EnterpriseCalls => new(Operations.All.Except(CmdletMap.OfNewerServers).Where(operation => operation.IsEnterprise)
        .Select(operation => (operation.Method.Method, ("/api" + operation.Template).Replace("{account}", "jane", StringComparison.Ordinal).Replace("{id}", "1", StringComparison.Ordinal))));

    [Fact]
    public void All_of_telemetry_and_of_undelete_is_part_of_Enterprise_and_nothing_else() =>
        Operations.All.Where(operation => operation.IsEnterprise)
            .ShouldBe(Operations.All.Where(operation => operation == Operations.WatchTracesLive || operation == Operations.WatchMetricsLive
                || operation.Template.StartsWith("/telemetry", StringComparison.Ordinal) || operation.Template.StartsWith("/store/undelete", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(EnterpriseCalls))]
    public async Task Built_without_the_code_the_server_knows_no_such_path(string method, string path)
    {
        SandboxServer server = await StartAsync(SandboxEdition.Oss);
        CapturedResponse answer = await server.SendAsync(method, path, method == "POST" ? "null" : null);
        answer.Status.ShouldBe(404);
        answer.Text.ShouldBe((await server.SendAsync("GET", "/api/no/such/path")).Text);
        (await server.SendAsync(method, path + "?token=x", authorization: "")).Status.ShouldBe(401, "who is not signed in learns nothing");

        // Where the route does not exist, no permission is tested.
        await server.AddUserAsync("plain", "secret");
        (await server.SendAsync(method, path, authorization: SandboxServerExtensions.CreateBasicAuthorization("plain", "secret"))).Status.ShouldBe(404);
    }

    [Theory]
    [MemberData(nameof(EnterpriseCalls))]
    public async Task Without_a_licence_the_server_says_so(string method, string path) =>
        (await (await StartAsync(SandboxEdition.Community)).SendAsync(method, path, method == "POST" ? "null" : null)).Error.ShouldBe("unsupported");

    [Theory]
    [MemberData(nameof(EnterpriseCalls))]
    public async Task With_a_licence_it_answers(string method, string path)
    {
        SandboxServer server = await StartAsync(SandboxEdition.Enterprise);
        SandboxResponse answer = await server.HandleAsync(new SandboxRequest
        {
            Method = method,
            Target = path,
            Authorization = SandboxServerExtensions.AdminAuthorization,
            Body = method == "POST" ? "null"u8.ToArray() : ReadOnlyMemory<byte>.Empty,
        });
        answer.Status.ShouldBe(200);
        // A live stream has no end.
        if (path.EndsWith("/live", StringComparison.Ordinal))
        {
            answer.ContentType.ShouldStartWith("text/event-stream");
            return;
        }
        using var body = new MemoryStream();
        await answer.WriteToAsync(body, TestContext.Current.CancellationToken);
        JsonElement.Parse(body.ToArray()).TryGetProperty("data", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData(SandboxEdition.Oss, null, false)]
    [InlineData(SandboxEdition.Community, "unsupported", false)]
    [InlineData(SandboxEdition.Enterprise, null, true)]
    public async Task Tenants_need_a_licence_only_where_the_code_asks_for_one(SandboxEdition edition, string? expected, bool assigns)
    {
        SandboxServer server = await StartAsync(edition);
        (await server.SendAsync("POST", "/api/principal", """{"type":"tenant","name":"acme"}""")).Error.ShouldBe(expected);
        (await server.SendAsync("GET", "/api/principal?types=tenant")).Error.ShouldBe(expected);
        (await server.SendAsync("POST", "/api/principal", """{"type":"domain","name":"acme.org","tenant":"acme"}""")).Error.ShouldBe(expected);
        if (expected is null)
        {
            (await server.SendAsync("GET", "/api/principal/acme")).Data.GetProperty("type").GetString().ShouldBe("tenant");
            (await server.SendAsync("GET", "/api/principal/acme.org")).Data.TryGetProperty("tenant", out JsonElement _).ShouldBe(assigns);
            (await server.SendAsync("PATCH", "/api/principal/acme.org", """[{"action":"set","field":"tenant","value":"acme"}]""")).Error.ShouldBe(assigns ? null : "other");
            (await server.SendAsync("DELETE", "/api/principal/acme.org")).Error.ShouldBeNull();
            (await server.SendAsync("DELETE", "/api/principal/acme")).Error.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData(SandboxEdition.Oss, false)]
    [InlineData(SandboxEdition.Community, false)]
    [InlineData(SandboxEdition.Enterprise, true)]
    public async Task The_edition_is_told_when_someone_signs_in(SandboxEdition edition, bool isEnterprise)
    {
        CapturedResponse answer = await (await StartAsync(edition)).SendAsync("POST", "/api/oauth", """{"type":"code","client_id":"x","redirect_uri":null}""");
        answer.Data.GetProperty("isEnterprise").GetBoolean().ShouldBe(isEnterprise);
    }

    [Fact]
    public void The_host_takes_the_edition_and_the_old_switch()
    {
        Parse("--edition", "oss").ShouldBe(SandboxEdition.Oss);
        Parse("--edition", "Community").ShouldBe(SandboxEdition.Community);
        Parse("--edition", "enterprise").ShouldBe(SandboxEdition.Enterprise);
        Parse("--enterprise").ShouldBe(SandboxEdition.Enterprise);
        Parse().ShouldBeNull("the server chooses by its content");
        Should.Throw<ArgumentException>(() => Parse("--edition", "pro")).Message.ShouldContain("oss, community, enterprise");
        Should.Throw<ArgumentException>(() => Parse("--edition")).Message.ShouldContain("requires a value");
    }

    private static SandboxEdition? Parse(params string[] args) => HostArguments.Parse(args).Options.Edition;

    private static async Task<SandboxServer> StartAsync(SandboxEdition edition)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true, Edition = edition });
        await server.AddUserAsync("jane", "secret");
        return server;
    }
}
