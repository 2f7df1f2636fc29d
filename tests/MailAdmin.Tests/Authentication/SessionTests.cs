// Tokens end: they are renewed in time, once, whoever waits.
using System.Net;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Authentication;

public sealed class SessionTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Fifty_calls_that_meet_a_dead_token_renew_it_once()
    {
        var server = new FakeServer { Time = _time };
        using MailClient client = await server.ConnectAsync();
        server.Intercept = r => r.Authorization == "Bearer token-1" ? TestResponses.Problem(401, "Unauthorized") : null;

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => client.Raw.SendAsync(HttpMethod.Get, $"logs/{i}", null, null, s_cancellationToken)));

        server.AllRequests.Count(r => r.Body.StartsWith("grant_type=refresh_token", StringComparison.Ordinal)).ShouldBe(1);
        server.Requests.Where(r => r.Authorization == "Bearer token-2").Select(r => r.Target).Distinct().Count().ShouldBe(50);
    }

    [Fact]
    public async Task A_token_is_renewed_a_minute_before_its_end_and_not_earlier()
    {
        var server = new FakeServer { Time = _time, TokenLifetime = 3600 };
        using MailClient client = await server.ConnectAsync();
        client.TokenExpires.ShouldBe(_time.GetUtcNow().AddHours(1));
        _time.Advance(TimeSpan.FromSeconds(3539));
        await CallAsync(client);
        _time.Advance(TimeSpan.FromSeconds(1));
        await CallAsync(client);
        await CallAsync(client);

        server.Requests.Select(r => r.Authorization).ShouldBe(["Bearer token-1", "Bearer token-2", "Bearer token-2"]);
        client.TokenExpires.ShouldBe(_time.GetUtcNow().AddHours(1));
    }

    [Fact]
    public async Task The_refresh_token_is_kept_until_the_server_sends_another()
    {
        var server = new FakeServer { Time = _time };
        using MailClient client = await server.ConnectAsync();
        string?[] next = [null, "refresh-2", null];
        int turn = 0;
        server.OnToken = () => server.CreateTokenResponse(next[turn++]);
        for (int i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromHours(2));
            await CallAsync(client);
        }
        server.AllRequests.Where(r => r.Body.Contains("refresh_token=", StringComparison.Ordinal))
            .Select(r => r.Body.Split('&')[1]).ShouldBe(["refresh_token=refresh-1", "refresh_token=refresh-1", "refresh_token=refresh-2"]);
    }

    [Fact]
    public async Task A_dead_refresh_token_ends_the_session_for_every_call()
    {
        var server = new FakeServer { Time = _time };
        using MailClient client = await server.ConnectAsync();
        server.OnToken = () => TestResponses.Json(HttpStatusCode.BadRequest, """{"error":"invalid_grant"}""");
        _time.Advance(TimeSpan.FromHours(2));
        for (int i = 0; i < 3; i++)
        {
            MailServerException e = await Should.ThrowAsync<MailServerException>(CallAsync(client));
            e.Code.ShouldBe(MailErrorCode.SessionExpired);
            e.Message.ShouldContain("Connect again");
        }
        server.AllRequests.Count(r => r.Uri.AbsolutePath == "/auth/token").ShouldBe(2);
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_renewal_that_fails_on_the_way_is_tried_again_by_the_next_call()
    {
        var server = new FakeServer { Time = _time };
        using MailClient client = await server.ConnectAsync(null, o => o with { MaximumRetryCount = 0 });
        _time.Advance(TimeSpan.FromHours(2));
        server.OnToken = TestResponses.ConnectionLost;
        (await Should.ThrowAsync<MailServerException>(CallAsync(client))).Code.ShouldBe(MailErrorCode.Unreachable);
        server.OnToken = null;
        await CallAsync(client);
        server.Requests.Single().Authorization.ShouldBe("Bearer token-2");
    }

    [Fact]
    public async Task A_call_that_gives_up_does_not_end_the_renewal_of_the_others()
    {
        var gate = new TaskCompletionSource();
        var started = new TaskCompletionSource();
        var server = new FakeServer { Time = _time };
        using MailClient client = await server.ConnectAsync();
        _time.Advance(TimeSpan.FromHours(2));
        server.TokenDelay = () =>
        {
            started.TrySetResult();
            return gate.Task;
        };
        using var impatient = new CancellationTokenSource();
        Task first = client.Raw.SendAsync(HttpMethod.Get, "logs", null, null, impatient.Token);
        await started.Task.WaitAsync(s_cancellationToken);
        Task second = CallAsync(client);
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        gate.SetResult();
        await second;
        server.AllRequests.Count(r => r.Uri.AbsolutePath == "/auth/token").ShouldBe(2);
    }

    [Fact]
    public async Task A_second_401_after_the_renewal_ends_it()
    {
        var server = new FakeServer { Time = _time };
        using MailClient client = await server.ConnectAsync();
        server.Intercept = r => r.Uri.AbsolutePath == "/auth/token" ? null : TestResponses.Problem(401, "Unauthorized");
        (await Should.ThrowAsync<MailServerException>(CallAsync(client))).Code.ShouldBe(MailErrorCode.SessionExpired);
        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_given_token_that_ends_says_so()
    {
        var server = new FakeServer { Time = _time };
        using MailClient client = await server.ConnectAsync(MailCredential.FromToken("given"));
        server.Intercept = _ => TestResponses.Problem(401, "Unauthorized");
        (await Should.ThrowAsync<MailServerException>(CallAsync(client))).Code.ShouldBe(MailErrorCode.SessionExpired);
        server.Requests.Count.ShouldBe(1);
    }

    private static Task<RawResponse> CallAsync(MailClient client) => client.Raw.SendAsync(HttpMethod.Get, "logs", null, null, s_cancellationToken);
}
