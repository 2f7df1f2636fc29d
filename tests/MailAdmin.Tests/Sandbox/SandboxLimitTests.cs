using System.Net;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

public sealed class SandboxLimitTests
{
    private static readonly string s_jane = SandboxServerExtensions.CreateBasicAuthorization("jane", "secret");

    private readonly FrozenTime _time = new();

    [Fact]
    public async Task The_call_after_the_thousandth_of_a_clock_minute_is_429_until_the_minute_is_over()
    {
        SandboxServer server = await StartAsync();
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        for (int i = 0; i < 1000; i++)
        {
            (await server.SendAsync("GET", "/api/account/auth", authorization: s_jane)).Status.ShouldBe(200);
        }

        CapturedResponse refused = await server.SendAsync("GET", "/api/account/auth", authorization: s_jane);
        refused.Status.ShouldBe(429);
        refused.Json.GetProperty("title").GetString().ShouldBe("Too Many Requests");
        refused.Response.Headers.ShouldNotContain(header => header.Key == "Retry-After");
        (await server.SendAsync("GET", "/api/principal")).Status.ShouldBe(200, "the limit is the account's own");

        server.Clock.Advance(TimeSpan.FromSeconds(29));
        (await server.SendAsync("GET", "/api/account/auth", authorization: s_jane)).Status.ShouldBe(429);
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await server.SendAsync("GET", "/api/account/auth", authorization: s_jane)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task More_reads_of_groups_at_once_than_the_store_has_connections_hang_and_fail()
    {
        var server = new SandboxServer(new SandboxOptions { WedgeAfter = 2 });
        // On a busy machine the first would be done before the last one comes.
        server.Rest.ExpandedCalls.WorkTime = TimeSpan.FromSeconds(1);
        Task<CapturedResponse>[] reads = [.. Enumerable.Range(0, 4).Select(_ => server.SendAsync("GET", "/api/principal/sales"))];
        CapturedResponse[] served = await Task.WhenAll(reads[..2]);
        served.ShouldAllBe(response => response.Status == 200);
        reads[2].IsCompleted.ShouldBeFalse();
        server.Clock.Advance(TimeSpan.FromSeconds(30));
        (await reads[2]).Status.ShouldBe(500);
        (await reads[3]).Status.ShouldBe(500);
        server.Rest.ExpandedCalls.TripCount.ShouldBe(2);
        (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.SendAsync("GET", "/api/principal?fields=name&types=group")))).ShouldAllBe(response => response.Status == 200);
    }

    [Fact]
    public async Task An_account_with_unlimited_requests_has_no_limit()
    {
        SandboxServer server = await StartAsync();
        for (int i = 0; i < 1100; i++)
        {
            (await server.SendAsync("GET", "/api/account/auth")).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task Four_calls_of_an_account_run_at_once_and_the_fifth_is_a_400_that_was_not_executed()
    {
        SandboxServer server = await StartAsync();
        server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Delay, Path = "/api/account", Delay = TimeSpan.FromHours(1) });
        Task<CapturedResponse>[] running = Enumerable.Range(0, 4).Select(_ => server.SendAsync("GET", "/api/account/auth", authorization: s_jane)).ToArray();

        CapturedResponse refused = await server.SendAsync("POST", "/api/account/auth", """[{"type":"setPassword","password":"new"}]""", s_jane);
        refused.Status.ShouldBe(400);
        refused.Json.GetProperty("limit").GetString().ShouldBe("maxConcurrentRequests");
        refused.Json.TryGetProperty("title", out _).ShouldBeFalse();

        server.Clock.Advance(TimeSpan.FromHours(1));
        (await Task.WhenAll(running)).ShouldAllBe(answer => answer.Status == 200);
        server.Faults.Clear();
        (await server.SendAsync("GET", "/api/account/auth", authorization: s_jane)).Status.ShouldBe(200, "the old password still holds and the slots are free");
    }

    [Fact]
    public async Task The_101st_wrong_password_bans_the_address_and_then_connections_are_cut()
    {
        SandboxServer server = await StartAsync(everyoneIsLoopback: false);
        var here = IPAddress.Parse("192.0.2.7");
        for (int i = 0; i < 100; i++)
        {
            (await server.SendAsync("GET", "/api/account/auth", authorization: SandboxServerExtensions.CreateBasicAuthorization($"someone{i}", "x"), from: here)).Status.ShouldBe(401);
        }

        CapturedResponse last = await server.SendAsync("GET", "/api/account/auth", authorization: SandboxServerExtensions.CreateBasicAuthorization("jane", "x"), from: here);
        last.Status.ShouldBe(429);
        last.Json.GetProperty("title").GetString().ShouldBe("Too Many Authentication Attempts");
        (await server.SendAsync("GET", "/api/account/auth", authorization: s_jane, from: here)).Response.IsReset.ShouldBeTrue("the right password is too late");
        (await server.SendAsync("GET", "/api/account/auth", authorization: s_jane, from: IPAddress.Parse("192.0.2.8"))).Status.ShouldBe(200);
        (await server.SendAsync("GET", "/api/settings/list?prefix=server.blocked-ip")).Data.GetProperty("items").TryGetProperty("192.0.2.7", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Loopback_is_never_banned_and_bad_tokens_do_not_count()
    {
        SandboxServer server = await StartAsync(everyoneIsLoopback: false);
        for (int i = 0; i < 150; i++)
        {
            (await server.SendAsync("GET", "/api/account/auth", authorization: SandboxServerExtensions.CreateBasicAuthorization("jane", "x"), from: IPAddress.Loopback)).Status.ShouldBe(401);
        }

        var there = IPAddress.Parse("192.0.2.9");
        for (int i = 0; i < 100; i++)
        {
            (await server.SendAsync("GET", "/api/account/auth", authorization: "Bearer nonsense", from: there)).Status.ShouldBe(401);
        }

        (await server.SendAsync("GET", "/api/account/auth", authorization: "Bearer nonsense", from: there)).Status.ShouldBe(429, "a hundred a minute before sign-in");
        (await server.SendAsync("GET", "/api/account/auth", authorization: s_jane, from: there)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_token_that_was_good_once_does_not_count_as_a_stranger()
    {
        SandboxServer server = await StartAsync(everyoneIsLoopback: false);
        var there = IPAddress.Parse("192.0.2.10");
        (string access, string _) = await server.SignInAsync();
        for (int i = 0; i < 150; i++)
        {
            (await server.SendAsync("GET", "/api/account/auth", authorization: $"Bearer {access}", from: there)).Status.ShouldBe(200);
        }
    }

    private async Task<SandboxServer> StartAsync(bool everyoneIsLoopback = true)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true, TimeProvider = _time, TreatCallersAsLoopback = everyoneIsLoopback });
        await server.AddUserAsync("jane", "secret");
        return server;
    }
}
