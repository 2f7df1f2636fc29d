using System.Text.Json;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Logs;

public sealed class SandboxLogTests
{
    private readonly FrozenTime _time = new();

    [Fact]
    public async Task A_call_shows_in_the_log_at_once_and_its_end_in_the_next_one()
    {
        SandboxServer server = Server("0.11");
        (await LinesAsync(server, "/api/logs?filter=http.request-url")).ShouldHaveSingleItem().GetProperty("event_id").GetString().ShouldBe("http.request-url");
        _time.Now += TimeSpan.FromMilliseconds(1500);
        JsonElement[] lines = await LinesAsync(server, "/api/logs");
        lines.Select(line => line.GetProperty("event_id").GetString()).ShouldBe(["http.request-url", "http.connection-start", "http.connection-end", "http.request-url", "http.connection-start", "server.startup"]);
        lines[3].ToString().ShouldBe(
            """{"timestamp":"2026-11-23T10:00:00Z","level":"DEBUG","event":"HTTP request URL","event_id":"http.request-url","details":"listenerId = \"http\", localPort = 8080, remoteIp = 127.0.0.1, remotePort = 32769, url = \"/api/logs?filter=http.request-url\""}""");
    }

    [Theory]
    [InlineData("0.11", "details = Enterprise feature")]
    [InlineData("0.15", "details = \"Enterprise feature\"")]
    public async Task Refusals_and_from_0_13_sign_ins_are_logged(string version, string details)
    {
        SandboxServer server = Server(version);
        await server.AddUserAsync("jane", "jane-secret");
        await server.SendAsync("GET", "/api/telemetry/metrics");
        JsonElement refused = (await LinesAsync(server, "/api/logs?filter=manage.not-supported")).Single(line => line.GetProperty("event_id").GetString() == "manage.not-supported");
        refused.GetProperty("details").GetString()!.ShouldEndWith(details);
        await server.SendAsync("GET", "/api/account/auth", authorization: SandboxServerExtensions.CreateBasicAuthorization("jane", "jane-secret"));
        JsonElement[] signedIn = [.. (await LinesAsync(server, "/api/logs?filter=auth.success&limit=0")).Where(line => line.GetProperty("event_id").GetString() == "auth.success")];
        if (version == "0.11")
        {
            signedIn.ShouldBeEmpty();
            return;
        }

        signedIn[0].GetProperty("details").GetString()!.ShouldEndWith("accountName = \"admin\"", Case.Sensitive, "the reader itself");
        signedIn[1].GetProperty("level").GetString().ShouldBe("INFO");
        signedIn[1].GetProperty("details").GetString()!.ShouldEndWith("accountName = \"jane\"");
        signedIn[^1].GetProperty("details").GetString()!.ShouldEndWith("accountName = \"admin\"");
    }

    [Fact]
    public async Task The_total_is_exact_at_the_end_and_a_page_too_long_before()
    {
        SandboxServer server = Server("0.11");
        for (int i = 0; i < 5; i++)
        {
            await server.SendAsync("GET", "/api/queue/status");
        }

        (await PageAsync(server, "filter=queue%2Fstatus&limit=2")).ShouldBe((2, 4));
        (await PageAsync(server, "filter=queue%2Fstatus&limit=2&page=2")).ShouldBe((2, 6));
        (await PageAsync(server, "filter=queue%2Fstatus&limit=2&page=3")).ShouldBe((1, 5));
        (await PageAsync(server, "filter=queue%2Fstatus&limit=5")).ShouldBe((5, 5));
        (await PageAsync(server, "filter=queue%2Fstatus&limit=0&page=9")).ShouldBe((5, 5));
        (await PageAsync(server, "filter=queue%2Fstatus&page=9")).ShouldBe((0, 5));
        (await PageAsync(server, "filter=QUEUE/status")).ShouldBe((1, 1), "the question itself");
        (await PageAsync(server, "limit=nonsense&filter=http")).Items.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task A_hundred_lines_are_a_page_and_ten_thousand_are_kept()
    {
        SandboxServer server = Server("0.11");
        for (int i = 0; i < 3400; i++)
        {
            await server.SendAsync("GET", "/api/queue/status");
        }

        (await PageAsync(server, "")).ShouldBe((100, 200));
        (await PageAsync(server, "limit=0")).ShouldBe((10_000, 10_000));
    }

    [Fact]
    public async Task Without_a_tracer_that_writes_one_there_is_no_log()
    {
        SandboxServer server = Server("0.11");
        await ChangeAsync(server, """{"type":"insert","prefix":"tracer.log","values":[["enable","false"]],"assert_empty":false}""");
        (await server.SendAsync("GET", "/api/logs")).Error.ShouldBe("unsupported");
        await ChangeAsync(server, """{"type":"clear","prefix":"tracer."}""");
        (await server.SendAsync("GET", "/api/logs")).Error.ShouldBe("unsupported");
        await ChangeAsync(server, """{"type":"insert","prefix":"tracer.file","values":[["type","log"],["level","error"]],"assert_empty":false}""");
        await server.SendAsync("GET", "/api/queue/status");
        await server.SendAsync("POST", "/api/principal", "nonsense");
        (await LinesAsync(server, "/api/logs?filter=queue%2Fstatus")).ShouldBeEmpty();
        (await LinesAsync(server, "/api/logs"))[0].GetProperty("event_id").GetString().ShouldBe("resource.bad-parameters");
    }

    [Fact]
    public async Task It_takes_a_permission()
    {
        SandboxServer server = Server("0.11");
        await server.AddUserAsync("jane", "jane-secret");
        (await server.SendAsync("GET", "/api/logs", authorization: SandboxServerExtensions.CreateBasicAuthorization("jane", "jane-secret"))).Status.ShouldBe(403);
    }

    private SandboxServer Server(string version) => new(new SandboxOptions { Empty = true, ServerVersion = version, TimeProvider = _time });

    private static async Task<JsonElement[]> LinesAsync(SandboxServer server, string target) =>
        [.. (await server.SendAsync("GET", target)).Data.GetProperty("items").EnumerateArray()];

    private static async Task<(int Items, int Total)> PageAsync(SandboxServer server, string query)
    {
        JsonElement data = (await server.SendAsync("GET", $"/api/logs?{query}")).Data;
        return (data.GetProperty("items").GetArrayLength(), data.GetProperty("total").GetInt32());
    }

    private static async Task ChangeAsync(SandboxServer server, string change)
    {
        await server.SendAsync("POST", "/api/settings", $$"""[{{change}},{"type":"insert","values":[["spam-filter.pyzor.enable","false"]],"assert_empty":false}]""");
        (await server.SendAsync("GET", "/api/reload")).Data.GetProperty("errors").EnumerateObject().ShouldBeEmpty();
    }
}
