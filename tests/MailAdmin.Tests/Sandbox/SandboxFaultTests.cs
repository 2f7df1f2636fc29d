using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Sandbox;

public sealed class SandboxFaultTests
{
    private readonly SandboxServer _server = new(new SandboxOptions { Empty = true });

    [Theory]
    [InlineData(429, 7)]
    [InlineData(503, null)]
    public async Task A_status_answers_in_place_of_the_server_as_often_as_asked(int status, int? retryAfter)
    {
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/api/principal", Method = "post", Count = 2, Status = status, RetryAfter = retryAfter });
        for (int i = 0; i < 2; i++)
        {
            CapturedResponse answer = await CreateAsync("twice");
            answer.Status.ShouldBe(status);
            answer.Response.Headers.Select(header => header.Value).ShouldBe(retryAfter is null ? [] : [$"{retryAfter}"]);
        }

        (await _server.SendAsync("GET", "/api/principal/twice")).Error.ShouldBe("notFound", "it was not executed");
        (await CreateAsync("twice")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_reset_comes_before_the_request_is_executed_and_a_loss_after()
    {
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Reset, Count = 1 });
        (await CreateAsync("early")).Response.IsReset.ShouldBeTrue();
        (await _server.SendAsync("GET", "/api/principal/early")).Error.ShouldBe("notFound");

        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Lost, Count = 1 });
        (await CreateAsync("late")).Response.IsReset.ShouldBeTrue();
        (await _server.SendAsync("GET", "/api/principal/late")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Through_HttpClient_a_reset_and_a_truncation_are_errors_of_the_transport()
    {
        using var client = new HttpClient(_server.CreateHandler()) { BaseAddress = new Uri("http://mx.example.org") };
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Reset, Count = 1 });
        (await Should.ThrowAsync<HttpRequestException>(() => client.GetAsync(new Uri("/healthz/live", UriKind.Relative)))).HttpRequestError.ShouldBe(HttpRequestError.ResponseEnded);
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Truncate, Count = 1 });
        await Should.ThrowAsync<HttpRequestException>(() => client.GetStringAsync(new Uri("/healthz/live", UriKind.Relative)));
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Truncate, Count = 1 });
        using HttpResponseMessage answer = await client.GetAsync(new Uri("/healthz/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Stream stream = await answer.Content.ReadAsStreamAsync();
        await Should.ThrowAsync<HttpIOException>(() => stream.CopyToAsync(Stream.Null));
        (await client.GetStringAsync(new Uri("/healthz/live", UriKind.Relative))).ShouldContain("OK");
    }

    [Fact]
    public async Task An_expired_token_stays_dead_and_a_refresh_brings_a_living_one()
    {
        (string access, string refresh) = await _server.SignInAsync();
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.ExpireToken, Count = 1 });
        (await _server.SendAsync("GET", "/api/principal", authorization: $"Bearer {access}")).Status.ShouldBe(401);
        (await _server.SendAsync("GET", "/api/principal", authorization: $"Bearer {access}")).Status.ShouldBe(401);
        string? renewed = (await _server.RefreshAsync(refresh)).Json.GetProperty("access_token").GetString();
        (await _server.SendAsync("GET", "/api/principal", authorization: $"Bearer {renewed}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_conflict_is_a_500_that_applied_nothing()
    {
        await CreateAsync("jane");
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Conflict, Count = 1 });
        const string Change = """[{"action":"set","field":"description","value":"changed"}]""";
        (await _server.SendAsync("PATCH", "/api/principal/jane", Change)).Status.ShouldBe(500);
        (await _server.SendAsync("GET", "/api/principal/jane")).Data.TryGetProperty("description", out _).ShouldBeFalse();
        (await _server.SendAsync("PATCH", "/api/principal/jane", Change)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_drip_arrives_whole_in_the_end()
    {
        await CreateAsync("jane");
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Drip, Delay = TimeSpan.Zero });
        (await _server.SendAsync("GET", "/api/principal/jane")).Data.GetProperty("name").GetString().ShouldBe("jane");
    }

    [Fact]
    public async Task A_seed_makes_chance_repeat_itself()
    {
        static async Task<string> RollAsync()
        {
            var server = new SandboxServer(new SandboxOptions { Empty = true });
            server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Probability = 0.5, Seed = 11 });
            var statuses = new List<int>();
            for (int i = 0; i < 40; i++)
            {
                statuses.Add((await server.SendAsync("GET", "/healthz/live")).Status);
            }

            return string.Join(' ', statuses);
        }

        string first = await RollAsync();
        first.ShouldContain("200");
        first.ShouldContain("503");
        (await RollAsync()).ShouldBe(first);
    }

    [Fact]
    public async Task Every_request_is_counted_and_listed_refused_ones_too()
    {
        await CreateAsync("jane");
        await _server.SendAsync("GET", "/api/principal?limit=1", authorization: null);
        _server.RequestCount.ShouldBe(2);
        _server.RequestLog.ShouldBe(["POST /api/principal", "GET /api/principal?limit=1"]);
    }

    private Task<CapturedResponse> CreateAsync(string name) => _server.SendAsync("POST", "/api/principal", $$"""{"type":"group","name":"{{name}}"}""");
}
