// The minute limit is paced, not hit; and when it is hit all the same, it is waited out and nothing is lost.
using System.Collections.Concurrent;
using System.Net.Http.Headers;
using MailAdmin.Client;
using MailAdmin.Client.Http;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class PacingTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset s_noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(59.9)]
    public async Task A_long_job_never_exceeds_the_limit_and_loses_nothing(double secondsIntoTheMinute)
    {
        var time = new AutoAdvancingTime(s_noon.AddSeconds(secondsIntoTheMinute));
        var calls = new ConcurrentBag<(string Target, DateTimeOffset At)>();
        var server = new FakeServer(r =>
        {
            calls.Add((r.Target, time.GetUtcNow()));
            return TestResponses.Data("null");
        })
        { Permissions = FakeServer.AllListPermissions, Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        client.IsPaced.ShouldBeTrue();

        await Parallel.ForEachAsync(Enumerable.Range(0, 2500), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = s_cancellationToken },
            async (i, ct) => await client.Raw.SendAsync(HttpMethod.Get, $"x/{i}", null, null, ct));

        calls.Select(c => c.Target).Distinct().Count().ShouldBe(2500);
        calls.Count.ShouldBe(2500);
        int[] perMinute = [.. calls.GroupBy(c => c.At.Ticks / TimeSpan.TicksPerMinute).OrderBy(g => g.Key).Select(g => g.Count())];
        perMinute.ShouldAllBe(count => count < 1000);
        perMinute.Length.ShouldBeInRange(3, 4);
        server.Waits.ShouldContain(w => w.Kind == WaitKind.Pacing);
        server.Waits.Count.ShouldBeLessThan(6);
        server.Waits[0].Reason.ShouldContain("1,000 calls a minute");
    }

    [Fact]
    public async Task A_short_job_runs_at_full_speed()
    {
        var time = new AutoAdvancingTime(s_noon);
        var server = new FakeServer { Permissions = "authenticate", Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        for (int i = 0; i < 480; i++)
        {
            await client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken);
        }
        time.GetUtcNow().ShouldBe(s_noon);
        server.Waits.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_account_with_unlimited_requests_is_not_paced()
    {
        var time = new AutoAdvancingTime(s_noon);
        var server = new FakeServer { Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        for (int i = 0; i < 1500; i++)
        {
            await client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken);
        }
        time.GetUtcNow().ShouldBe(s_noon);
        client.EstimateDuration(1_000_000).ShouldBeNull();
    }

    [Fact]
    public async Task A_refused_call_waits_for_the_next_clock_minute_with_all_others()
    {
        var time = new AutoAdvancingTime(s_noon.AddSeconds(20));
        int refusals = 0;
        var server = new FakeServer(_ => time.GetUtcNow() < s_noon.AddMinutes(1) && ++refusals > 0 ? TestResponses.Problem(429, "Too Many Requests") : TestResponses.Data("null")) { Permissions = "authenticate", Time = time };
        using MailClient client = await server.ConnectAsync(null, o => WithoutTimeout(o) with { MaximumRetryCount = 0 });
        await client.Raw.SendAsync(HttpMethod.Post, "x", [], null, s_cancellationToken);
        refusals.ShouldBe(1);
        time.GetUtcNow().ShouldBeInRange(s_noon.AddMinutes(1), s_noon.AddMinutes(1).AddSeconds(0.5));
        WaitNotice wait = server.Waits.ShouldHaveSingleItem();
        wait.Kind.ShouldBe(WaitKind.RateLimit);
        wait.Duration.TotalSeconds.ShouldBeInRange(40, 40.3);
    }

    [Fact]
    public async Task Retry_After_says_how_long()
    {
        var time = new AutoAdvancingTime(s_noon);
        int calls = 0;
        var server = new FakeServer(_ =>
        {
            HttpResponseMessage refusal = TestResponses.Problem(429, "Too Many Requests");
            refusal.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(7));
            return ++calls == 1 ? refusal : TestResponses.Data("null");
        })
        { Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        await client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken);
        time.GetUtcNow().ShouldBe(s_noon.AddSeconds(7));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0, false)]
    [InlineData(-3600, true)]
    [InlineData(-3600, false)]
    [InlineData(1, false)]
    public async Task A_Retry_After_that_asks_for_no_pause_gets_one_that_grows_and_an_end(int seconds, bool dated)
    {
        var time = new AutoAdvancingTime(s_noon);
        int calls = 0;
        var server = new FakeServer(_ =>
        {
            calls++;
            HttpResponseMessage refusal = TestResponses.Problem(429, "Too Many Requests");
            refusal.Headers.RetryAfter = dated || seconds < 0
                ? new RetryConditionHeaderValue(time.GetUtcNow().AddSeconds(seconds))
                : new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
            return refusal;
        })
        { Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.RateLimited);
        calls.ShouldBeInRange(8, 20);
        time.GetUtcNow().ShouldBeLessThan(s_noon.AddMinutes(2.1));
        e.Message.ShouldContain("seconds (status 429, 'Too Many Requests')");
    }

    [Fact]
    public async Task A_dated_Retry_After_of_an_error_is_counted_by_the_clock_of_the_connection()
    {
        var server = new FakeServer(_ =>
        {
            HttpResponseMessage refusal = TestResponses.Problem(503, "Unavailable");
            refusal.Headers.RetryAfter = new RetryConditionHeaderValue(s_noon.AddHours(1));
            return refusal;
        })
        { Time = new AutoAdvancingTime(s_noon) };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        (await Should.ThrowAsync<MailServerException>(client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken))).RetryAfter.ShouldBe(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Waiting_ends_after_two_minutes()
    {
        var time = new AutoAdvancingTime(s_noon);
        var server = new FakeServer(_ => TestResponses.Problem(429, "Too Many Requests")) { Permissions = "authenticate", Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        (await Should.ThrowAsync<MailServerException>(client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.RateLimited);
        time.GetUtcNow().ShouldBeInRange(s_noon.AddMinutes(1), s_noon.AddMinutes(2.1));
    }

    [Fact]
    public async Task A_pause_of_a_minute_is_waited_for()
    {
        var time = new AutoAdvancingTime(s_noon);
        int calls = 0;
        var server = new FakeServer(_ =>
        {
            HttpResponseMessage refusal = TestResponses.Problem(429, "Too Many Requests");
            refusal.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(60));
            return ++calls <= 2 ? refusal : TestResponses.Data("null");
        })
        { Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        await client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken);
        time.GetUtcNow().ShouldBe(s_noon.AddMinutes(2));
    }

    [Theory]
    [InlineData(0, FakeServer.AllListPermissions + ",unlimited-requests")]
    [InlineData(0, "authenticate")]
    [InlineData(1, "authenticate")]
    [InlineData(60, FakeServer.AllListPermissions + ",unlimited-requests")]
    [InlineData(600, FakeServer.AllListPermissions + ",unlimited-requests")]
    public async Task A_batch_that_is_refused_for_two_minutes_stops_and_says_why(int seconds, string permissions)
    {
        var time = new AutoAdvancingTime(s_noon);
        int calls = 0;
        var server = new FakeServer(_ =>
        {
            calls++;
            HttpResponseMessage refusal = TestResponses.Problem(429, "Too Many Requests");
            refusal.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds));
            return refusal;
        })
        { Permissions = permissions, Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromMinutes(5)));
        var errors = new List<MailErrorCode>();
        for (int i = 0; i < 30; i++)
        {
            MailServerException e = await Should.ThrowAsync<MailServerException>(batch.Raw.SendAsync(HttpMethod.Post, $"x/{i}", [], null, s_cancellationToken));
            batch.Batch!.RecordOutcome(e);
            errors.Add(e.Code);
        }
        errors.ShouldBe([MailErrorCode.RateLimited, .. Enumerable.Repeat(MailErrorCode.NotSent, 29)]);
        calls.ShouldBeLessThan(20);
        time.GetUtcNow().ShouldBeLessThan(s_noon.AddMinutes(2.1));
        string reason = batch.Batch!.StoppedBy.ShouldNotBeNull().Message;
        reason.ShouldContain("status 429, 'Too Many Requests'");
    }

    [Fact]
    public async Task Of_a_credential_never_accepted_a_429_is_the_ban_and_not_repeated()
    {
        var server = new FakeServer { Intercept = _ => TestResponses.Problem(429, "Too Many Requests") };
        (await Should.ThrowAsync<MailServerException>(server.ConnectAsync(MailCredential.FromApiKey("api_eDp5")))).Code.ShouldBe(MailErrorCode.Banned);
        server.AllRequests.Count(request => request.Authorization is not null).ShouldBe(1);
    }

    [Fact]
    public async Task A_wait_can_be_cancelled_and_the_next_call_still_gets_its_turn()
    {
        var time = new ManualTime();
        var server = new FakeServer { Permissions = "authenticate", Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        for (int i = 0; i < MinuteBudget.BurstCalls - 1; i++)
        {
            await client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken);
        }
        using var stop = new CancellationTokenSource();
        Task waiting = client.Raw.SendAsync(HttpMethod.Get, "x", null, null, stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
        time.Advance(TimeSpan.FromMinutes(1));
        await client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken);
    }

    [Fact]
    public async Task Whoever_waits_when_the_connection_is_closed_learns_it_at_once()
    {
        var time = new ManualTime();
        var server = new FakeServer { Permissions = "authenticate", Time = time };
        MailClient client = await server.ConnectAsync(null, o => WithoutTimeout(o) with { MaximumRetryCount = 0 });
        for (int i = 0; i < MinuteBudget.BurstCalls - 1; i++)
        {
            await client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken);
        }
        Task[] waiting = [.. Enumerable.Range(0, 10).Select(_ => client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken))];
        client.Dispose();
        foreach (Task call in waiting)
        {
            await Should.ThrowAsync<ObjectDisposedException>(call.WaitAsync(TimeSpan.FromSeconds(20), s_cancellationToken));
        }
    }

    [Theory]
    [InlineData(490, null)]
    [InlineData(980, 60.0)]
    [InlineData(735, 30.0)]
    [InlineData(2500, 126.6)]
    public async Task The_estimate_follows_the_pacing(long calls, double? seconds)
    {
        var server = new FakeServer { Permissions = "authenticate" };
        using MailClient client = await server.ConnectAsync();
        TimeSpan? estimate = client.EstimateDuration(calls);
        estimate.HasValue.ShouldBe(seconds.HasValue);
        if (seconds is { } expected)
        {
            estimate!.Value.TotalSeconds.ShouldBe(expected, 0.5);
        }
    }

    private static MailClientOptions WithoutTimeout(MailClientOptions options) => options with { OperationTimeout = Timeout.InfiniteTimeSpan };
}
