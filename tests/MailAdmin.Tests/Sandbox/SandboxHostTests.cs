using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

public sealed class SandboxHostTests : IAsyncLifetime
{
    private RunningSandbox _sandbox = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new SandboxServer(new SandboxOptions { Empty = true }));
        _client = new HttpClient { BaseAddress = _sandbox.BaseUri };
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.AdminAuthorization);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _sandbox.DisposeAsync();
    }

    [Fact]
    public async Task The_api_answers_over_a_socket_on_a_port_of_its_own()
    {
        _sandbox.BaseUri.IsLoopback.ShouldBeTrue();
        _sandbox.BaseUri.Port.ShouldNotBe(0);
        using HttpResponseMessage created = await _client.PostAsJsonAsync("/api/principal", new { type = "group", name = "a+b=c&d/é" });
        (await created.Content.ReadFromJsonAsync<JsonElement>()).TryGetProperty("data", out _).ShouldBeTrue();
        created.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=utf-8");
        (await _client.GetFromJsonAsync<JsonElement>("/api/principal/a%2Bb%3Dc%26d%2F%C3%A9")).GetProperty("data").GetProperty("name").GetString().ShouldBe("a+b=c&d/é");
        (await _client.GetFromJsonAsync<JsonElement>("/api/principal/a+b")).GetProperty("item").GetString().ShouldBe("a b");
    }

    [Fact]
    public async Task A_body_of_two_mebibytes_is_read_and_thrown_away()
    {
        using var large = new ByteArrayContent(new byte[2 * 1024 * 1024]);
        using HttpResponseMessage answer = await _client.PostAsync(new Uri("/api/principal", UriKind.Relative), large);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Faults_are_set_and_cleared_by_other_processes()
    {
        await PostAsync("/sandbox/fault", """{"kind":"status","path":"/api","method":"GET","status":429,"retryAfter":3,"count":1}""");
        using (HttpResponseMessage refused = await _client.GetAsync(new Uri("/api/principal", UriKind.Relative)))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
            refused.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
        }

        await PostAsync("/sandbox/fault", """{"kind":"reset","count":1}""");
        await Should.ThrowAsync<HttpRequestException>(() => _client.GetAsync(new Uri("/api/principal", UriKind.Relative)));
        await PostAsync("/sandbox/fault", """{"kind":"truncate","count":1}""");
        await Should.ThrowAsync<HttpRequestException>(() => _client.GetStringAsync(new Uri("/api/principal", UriKind.Relative)));
        await PostAsync("/sandbox/fault", """{"kind":"status","status":500}""");
        using (HttpResponseMessage cleared = await _client.DeleteAsync(new Uri("/sandbox/fault", UriKind.Relative)))
        {
            cleared.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await PostAsync("/sandbox/fault", """{"kind":"drip","delayMs":1,"count":1}""");
        (await _client.GetStringAsync(new Uri("/api/principal", UriKind.Relative))).ShouldBe("""{"data":{"items":[],"total":0}}""");

        using HttpResponseMessage bad = await _client.PostAsync(new Uri("/sandbox/fault", UriKind.Relative), new StringContent("""{"kind":"nope"}"""));
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_delayed_call_ends_when_the_clock_is_moved_far_enough()
    {
        await PostAsync("/sandbox/fault", """{"kind":"delay","path":"/api","delayMsMin":3600000,"delayMsMax":3700000,"count":1}""");
        Task<HttpResponseMessage> slow = _client.GetAsync(new Uri("/api/principal", UriKind.Relative));

        // Nobody tells when the call has arrived: the clock goes on until it has been answered.
        while (!slow.IsCompleted)
        {
            await PostAsync("/sandbox/clock", """{"advanceSeconds":3700}""");
        }

        using HttpResponseMessage answer = await slow;
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Mail_for_a_local_mailbox_is_taken_and_relaying_is_refused()
    {
        await _sandbox.Server.AddUserAsync("jane", "secret");
        (await DeliverAsync(null, "out@remote.test", "jane@example.org")).ShouldBe(HttpStatusCode.OK);
        (await DeliverAsync(null, "out@remote.test", "nobody@example.org")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await DeliverAsync(null, "out@remote.test", "x@elsewhere.test")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await DeliverAsync("jane", "jane@example.org", "x@elsewhere.test")).ShouldBe(HttpStatusCode.OK);
        (await DeliverAsync("jane", "boss@example.org", "x@elsewhere.test")).ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await _client.GetFromJsonAsync<JsonElement>("/api/principal/jane")).GetProperty("data").GetProperty("usedQuota").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task The_log_shows_requests_of_the_api_and_the_clock_moves()
    {
        using (await _client.GetAsync(new Uri("/api/principal?limit=2", UriKind.Relative)))
        {
            DateTimeOffset before = _sandbox.Server.Clock.GetUtcNow();
            await PostAsync("/sandbox/clock", """{"advanceSeconds":90}""");
            (_sandbox.Server.Clock.GetUtcNow() - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(90));
        }

        JsonElement log = await _client.GetFromJsonAsync<JsonElement>("/sandbox/log");
        log.GetProperty("count").GetInt32().ShouldBe(1);
        log.GetProperty("lines")[0].GetString().ShouldBe("GET /api/principal?limit=2");
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://192.0.2.1:8080")]
    [InlineData("https://127.0.0.1:0")]
    [InlineData("nonsense")]
    public async Task Nothing_but_loopback_is_bound(string url) =>
        await Should.ThrowAsync<ArgumentException>(() => SandboxHost.StartAsync(_sandbox.Server, url));

    [Fact]
    public async Task A_large_page_streams_through_the_socket()
    {
        for (int i = 0; i < 3000; i++)
        {
            await _sandbox.Server.SendAsync("POST", "/api/principal", $$"""{"type":"group","name":"group{{i}}","description":"{{new string('x', 100)}}"}""");
        }

        using HttpResponseMessage answer = await _client.GetAsync(new Uri("/api/principal", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.Content.Headers.ContentLength.ShouldBeNull("the server does not hold the page in memory");
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("items").GetArrayLength().ShouldBe(3000);
    }

    private async Task PostAsync(string path, string json)
    {
        using var content = new StringContent(json);
        using HttpResponseMessage answer = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<HttpStatusCode> DeliverAsync(string? authenticatedAs, string mailFrom, string recipient)
    {
        using HttpResponseMessage answer = await _client.PostAsJsonAsync("/sandbox/deliver", new { authenticatedAs, mailFrom, rcptTo = new[] { recipient }, messageBase64 = "QUJD" });
        return answer.StatusCode;
    }
}
