// A server that goes away while a command for many items is at work.
using System.Net;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class OutageTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    private readonly FakeServer _server;
    private volatile bool _isAway;
    private int _healthChecks;
    private int _checksUntilBack;
    private Func<RecordedRequest, HttpResponseMessage> _answerAway = _ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");

    public OutageTests()
    {
        _server = new FakeServer(_ => TestResponses.Data("true"))
        {
            Intercept = request =>
            {
                bool isCheck = request.Uri.AbsolutePath == "/healthz/live";
                if (isCheck && Interlocked.Increment(ref _healthChecks) >= _checksUntilBack)
                {
                    _isAway = false;
                }
                return _isAway ? _answerAway(request) : isCheck ? TestResponses.Json(HttpStatusCode.OK, "{}") : null;
            },
        };
    }

    public static TheoryData<string> Absences => ["refused", "status 502", "status 503"];

    [Theory]
    [MemberData(nameof(Absences))]
    public async Task Calls_of_a_batch_wait_until_the_server_is_back(string absence)
    {
        if (absence != "refused")
        {
            _answerAway = _ => TestResponses.Json((HttpStatusCode)int.Parse(absence[7..], System.Globalization.CultureInfo.InvariantCulture), "");
        }
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromMinutes(5)));
        await batch.Queue.GetStatusAsync(s_cancellationToken);
        GoAway(checksUntilBack: 6);

        MailQueueStatus[] all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => batch.Queue.GetStatusAsync(s_cancellationToken)));

        all.ShouldAllBe(status => status.Running);
        _healthChecks.ShouldBeInRange(6, 8);
        _server.Waits.Count(wait => wait is { Kind: WaitKind.Outage, IsAnnouncement: true }).ShouldBe(1);
        _server.Waits[^1].Reason.ShouldContain("answers again");
        _server.Waits[^1].Duration.ShouldBe(TimeSpan.Zero);
        batch.Batch!.StoppedBy.ShouldBeNull();
    }

    [Fact]
    public async Task While_the_server_is_away_it_is_asked_for_life_and_for_nothing_else()
    {
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromMinutes(5)));
        await batch.Queue.GetStatusAsync(s_cancellationToken);
        GoAway(checksUntilBack: 10);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => batch.Queue.GetStatusAsync(s_cancellationToken)));
        int calls = _server.Requests.Count(request => request.Uri.AbsolutePath != "/healthz/live");
        // Those in flight when it went away, once each: no call is repeated against a server that is away.
        calls.ShouldBeLessThanOrEqualTo(1 + 200 + client.ConcurrencyLimit);
    }

    [Fact]
    public async Task A_server_that_does_not_come_back_stops_the_batch()
    {
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromMilliseconds(100)));
        await batch.Queue.GetStatusAsync(s_cancellationToken);
        GoAway(checksUntilBack: int.MaxValue);
        (await Should.ThrowAsync<MailServerException>(batch.Queue.GetStatusAsync(s_cancellationToken))).Code.ShouldBe(MailErrorCode.Unreachable);
        batch.Batch!.StoppedBy.ShouldNotBeNull().Code.ShouldBe(MailErrorCode.Unreachable);
        (await Should.ThrowAsync<MailServerException>(batch.Queue.GetStatusAsync(s_cancellationToken))).Code.ShouldBe(MailErrorCode.NotSent);
    }

    [Theory]
    [InlineData(true, 300)]
    [InlineData(false, 0)]
    public async Task A_first_call_that_fails_and_a_batch_that_does_not_wait_end_at_once(bool isFirst, int timeout)
    {
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromSeconds(timeout)));
        if (!isFirst)
        {
            await batch.Queue.GetStatusAsync(s_cancellationToken);
        }
        GoAway(checksUntilBack: 1);
        (await Should.ThrowAsync<MailServerException>(batch.Queue.GetStatusAsync(s_cancellationToken))).Code.ShouldBe(MailErrorCode.Unreachable);
        _healthChecks.ShouldBe(0);
    }

    [Fact]
    public async Task A_write_that_was_lost_is_not_sent_again_unless_that_does_no_harm()
    {
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromMinutes(5)));
        await batch.Queue.GetStatusAsync(s_cancellationToken);
        _answerAway = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost");
        GoAway(checksUntilBack: 3);
        (await Should.ThrowAsync<MailServerException>(batch.Spam.TrainAsync("Subject: x\r\n\r\nx"u8.ToArray(), SpamClass.Spam, null, s_cancellationToken)))
            .Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        _server.Requests.Count(request => request.Method == HttpMethod.Post).ShouldBe(1);
    }

    [Fact]
    public async Task A_creation_that_was_lost_in_the_outage_is_looked_up_and_counted_once()
    {
        var exists = new HashSet<string>();
        _server.OnRequest = request =>
        {
            if (request.Method == HttpMethod.Post)
            {
                exists.Add("jane");
                GoAway(checksUntilBack: 4);
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost");
            }
            return request.Uri.AbsolutePath == "/api/queue/status" ? TestResponses.Data("true")
                : TestResponses.Data("""{"id":9,"type":"individual","name":"jane","roles":["user"]}""");
        };
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromMinutes(5)));
        await batch.Queue.GetStatusAsync(s_cancellationToken);
        uint id = await batch.Principals.CreateAsync(new NewPrincipal { Name = "jane", Type = PrincipalType.Individual, Role = ["user"] }, s_cancellationToken);
        id.ShouldBe(9u);
        _server.Requests.Count(request => request.Method == HttpMethod.Post).ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_takes_the_server_down_each_time_ends()
    {
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromMinutes(5)));
        await batch.Queue.GetStatusAsync(s_cancellationToken);
        _server.OnRequest = _ => throw new HttpRequestException(HttpRequestError.ResponseEnded, "down again");
        (await Should.ThrowAsync<MailServerException>(batch.Queue.GetStatusAsync(s_cancellationToken))).Code.ShouldBe(MailErrorCode.Unreachable);
        _server.Requests.Count(request => request.Uri.AbsolutePath == "/api/queue/status").ShouldBe(5);
    }

    [Fact]
    public async Task The_wait_ends_at_once_when_it_is_cancelled()
    {
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromMinutes(5)));
        await batch.Queue.GetStatusAsync(s_cancellationToken);
        GoAway(checksUntilBack: int.MaxValue);
        using var stop = new CancellationTokenSource();
        _answerAway = request =>
        {
            if (_healthChecks == 3)
            {
                stop.Cancel();
            }
            throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
        };
        await Should.ThrowAsync<OperationCanceledException>(batch.Queue.GetStatusAsync(stop.Token));
        _healthChecks.ShouldBe(3);
        batch.Batch!.StoppedBy.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_whose_first_attempt_was_lost_is_never_said_to_be_not_sent(bool waitsOutOutages)
    {
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromSeconds(waitsOutOutages ? 0.5 : 0)));
        await batch.Queue.GetStatusAsync(s_cancellationToken);
        int writes = 0;
        _server.OnRequest = request =>
        {
            if (request.Method == HttpMethod.Patch)
            {
                bool isFirst = ++writes == 1;
                _checksUntilBack = isFirst ? 0 : int.MaxValue;
                _isAway = !isFirst;
                throw new HttpRequestException(isFirst ? HttpRequestError.ResponseEnded : HttpRequestError.ConnectionError, "gone");
            }
            return TestResponses.Data("""{"id":9,"type":"individual","name":"jane","roles":["user"]}""");
        };
        (await Should.ThrowAsync<MailServerException>(batch.Principals.PatchAsync("jane", [PrincipalChange.Set(PrincipalField.Description, "x")], s_cancellationToken)))
            .Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        writes.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Each_command_of_a_connection_waits_for_as_long_as_it_was_told()
    {
        using MailClient client = await _server.ConnectAsync();
        MailClient patient = client.ForBatch(new Batch(TimeSpan.FromHours(1)));
        MailClient hasty = client.ForBatch(new Batch(TimeSpan.FromMilliseconds(50)));
        foreach (MailClient each in new[] { patient, hasty })
        {
            await each.Queue.GetStatusAsync(s_cancellationToken);
        }
        GoAway(checksUntilBack: int.MaxValue);
        using var stop = new CancellationTokenSource();
        Task waiting = patient.Queue.GetStatusAsync(stop.Token);
        while (_healthChecks == 0)
        {
            await Task.Yield();
        }
        (await Should.ThrowAsync<MailServerException>(hasty.Queue.GetStatusAsync(s_cancellationToken).WaitAsync(TimeSpan.FromSeconds(20), s_cancellationToken))).Code.ShouldBe(MailErrorCode.NotSent);
        hasty.Batch!.StoppedBy.ShouldNotBeNull().Code.ShouldBe(MailErrorCode.Unreachable);
        patient.Batch!.StoppedBy.ShouldBeNull();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Theory]
    [InlineData("status 503", 300)]
    [InlineData("status 503 of a proxy", 300)]
    [InlineData("status 502", 300)]
    [InlineData("lost", 300)]
    [InlineData("status 503", 0.1)]
    public async Task An_outage_is_not_over_while_the_calls_still_fail(string answer, double timeout)
    {
        _server.OnRequest = request => request.Method != HttpMethod.Post ? AnswerRead(request)
            : answer == "lost" ? TestResponses.ConnectionLost()
            : answer == "status 503" ? TestResponses.Problem(503, "Service Unavailable")
            : TestResponses.Html((HttpStatusCode)int.Parse(answer.AsSpan(7, 3), System.Globalization.CultureInfo.InvariantCulture));
        using MailClient client = await _server.ConnectAsync(null, timeout < 1 ? options => options with { RetryInterval = TimeSpan.FromMilliseconds(20) } : null);
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromSeconds(timeout)));
        await batch.Queue.GetStatusAsync(s_cancellationToken);

        MailErrorCode?[] errors = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => CreateAsync(batch, i)));

        // As many as may be in flight, up to nine times.
        _server.Requests.Count(request => request.Method == HttpMethod.Post).ShouldBeInRange(2, 30);
        _server.Requests.Count.ShouldBeLessThan(100);
        errors.Count(code => code == MailErrorCode.NotSent).ShouldBeGreaterThan(165);
        MailServerException reason = batch.Batch!.StoppedBy.ShouldNotBeNull();
        reason.Message.ShouldContain(answer == "lost" ? "was closed" : answer[..10]);
        _server.Waits.Count(wait => wait.IsAnnouncement).ShouldBe(1);
    }

    [Fact]
    public async Task One_answer_in_between_ends_the_outage()
    {
        int posts = 0;
        _server.OnRequest = request => request.Method == HttpMethod.Post
            ? (++posts % 3 == 0 ? TestResponses.Data("7") : TestResponses.Problem(503, "Service Unavailable"))
            : AnswerRead(request);
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromMinutes(5), 1));
        await batch.Queue.GetStatusAsync(s_cancellationToken);
        for (int i = 0; i < 20; i++)
        {
            (await CreateAsync(batch, i)).ShouldBeNull();
        }
        posts.ShouldBe(60);
        batch.Batch!.StoppedBy.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Three_failures_of_writes_stop_a_batch_with_one_outcome_for_all(bool isDone)
    {
        var made = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        _server.OnRequest = request =>
        {
            if (request.Method != HttpMethod.Post)
            {
                return AnswerRead(request, made.ContainsKey);
            }
            if (isDone)
            {
                made[System.Text.Json.JsonDocument.Parse(request.Body).RootElement.GetProperty("name").GetString()!] = true;
            }
            return TestResponses.Problem(500, "Internal Server Error");
        };
        using MailClient client = await _server.ConnectAsync();
        MailClient batch = client.ForBatch(new Batch(TimeSpan.FromMinutes(5)));
        await batch.Queue.GetStatusAsync(s_cancellationToken);

        MailErrorCode?[] errors = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => CreateAsync(batch, i)));

        int posts = _server.Requests.Count(request => request.Method == HttpMethod.Post);
        posts.ShouldBeInRange(3, 8);
        errors.Count(code => code == (isDone ? null : MailErrorCode.ServerError)).ShouldBe(posts);
        errors.Count(code => code == MailErrorCode.NotSent).ShouldBe(200 - posts);
        batch.Batch!.StoppedBy.ShouldNotBeNull().Message.ShouldContain("status 500");
    }

    [Fact]
    public async Task A_failure_in_hand_is_not_called_a_lost_response()
    {
        _server.OnRequest = _ => TestResponses.Problem(500, "Internal Server Error");
        using MailClient client = await _server.ConnectAsync();
        string message = (await Should.ThrowAsync<MailServerException>(client.Spam.TrainAsync("Subject: x\r\n\r\nx"u8.ToArray(), SpamClass.Spam, null, s_cancellationToken))).Message;
        message.ShouldContain("status 500");
        message.ShouldContain("not known whether it was done");
        message.ShouldNotContain("lost");
    }

    // Null = done.
    private static async Task<MailErrorCode?> CreateAsync(MailClient batch, int number)
    {
        try
        {
            await batch.Principals.CreateAsync(new NewPrincipal { Name = $"user{number}", Type = PrincipalType.Individual, Role = ["user"] }, s_cancellationToken);
            return null;
        }
        catch (MailServerException e)
        {
            return e.Code;
        }
    }

    private static HttpResponseMessage AnswerRead(RecordedRequest request, Func<string, bool>? exists = null)
    {
        string name = request.Uri.Segments[^1];
        return request.Uri.AbsolutePath == "/api/queue/status" ? TestResponses.Data("true")
            : exists?.Invoke(name) == true ? TestResponses.Data($$"""{"id":9,"type":"individual","name":"{{name}}","roles":["user"]}""")
            : TestResponses.Json(HttpStatusCode.OK, $$"""{"error":"notFound","item":"{{name}}"}""");
    }

    private void GoAway(int checksUntilBack)
    {
        _checksUntilBack = checksUntilBack;
        _isAway = true;
    }
}
