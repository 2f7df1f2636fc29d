// Live streams: opened with the header or a token, watched for silence, opened again when they break off, closed with their reader.
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Streams;

public sealed class LiveStreamTests
{
    private const string TracePath = "/api/telemetry/traces/live";
    private const string Ping = "event: ping\ndata: {\"interval\": 30000}\n\n";
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_arrive_as_objects_however_the_bytes_are_cut()
    {
        byte[] body = Encoding.UTF8.GetBytes(Frame("a", "ü") + Ping + Frame("b"));
        for (int piece = 1; piece < 40; piece += 3)
        {
            var server = new FakeServer(_ => Events(new ChunkedStream(body, piece)));
            using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
            List<string> seen = await TakeAsync(client, 3);
            seen.ShouldBe(["a", "ü", "b"]);
        }
    }

    [Fact]
    public async Task The_header_comes_first_and_no_token_is_asked_for()
    {
        var server = new FakeServer(_ => Events(Frame("a")));
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        await TakeAsync(client, 1);
        server.Requests.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            r => r.Target.ShouldBe(TracePath),
            r => r.Authorization.ShouldBe("Bearer token-1"));
    }

    [Fact]
    public async Task Where_the_header_does_not_arrive_a_token_in_the_address_opens_the_stream()
    {
        var server = new FakeServer(r => r.Uri.AbsolutePath switch
        {
            "/api/telemetry/live/tracing-token" => TestResponses.Data("\"a+b/c=\""),
            _ when r.Authorization is null => Events(Frame("a")),
            _ => TestResponses.Problem(401, "Unauthorized"),
        });
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        (await TakeAsync(client, 1)).ShouldBe(["a"]);
        RecordedRequest opened = server.Requests[^1];
        opened.Target.ShouldBe($"{TracePath}?token=a%2Bb%2Fc%3D");
        opened.Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_refused_token_is_not_in_the_error()
    {
        var server = new FakeServer(r => r.Uri.AbsolutePath == "/api/telemetry/live/tracing-token" ? TestResponses.Data("\"secret-token\"") : TestResponses.Problem(401, "Unauthorized"));
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        MailServerException e = await Should.ThrowAsync<MailServerException>(TakeAsync(client, 1));
        e.Code.ShouldBe(MailErrorCode.Unauthorized);
        e.ToString().ShouldNotContain("secret-token");
    }

    [Fact]
    public async Task A_refused_API_key_is_not_sent_a_second_time()
    {
        var server = new FakeServer(_ => TestResponses.Problem(401, "Unauthorized"));
        using MailClient client = await server.ConnectAsync(MailCredential.FromApiKey("api_a2V5OnNlY3JldA=="), WithoutTimeout);
        (await Should.ThrowAsync<MailServerException>(TakeAsync(client, 1))).Code.ShouldBe(MailErrorCode.SessionExpired);
        server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_refused_stream_is_an_error_like_any_other()
    {
        var server = new FakeServer(_ => TestResponses.Json(HttpStatusCode.OK, """{"error":"unsupported","details":"Enterprise feature"}"""));
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        (await Should.ThrowAsync<MailServerException>(TakeAsync(client, 1))).Code.ShouldBe(MailErrorCode.Unsupported);
        server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_answer_that_is_no_stream_is_none()
    {
        var server = new FakeServer(_ => TestResponses.Data("null"));
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        (await Should.ThrowAsync<MailServerException>(TakeAsync(client, 1))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
    }

    [Theory]
    [InlineData("event: trace\ndata: {\"no\":\"array\"}\n\n")]
    [InlineData("event: trace\ndata: [{\"type\":\"x\"\n\n")]
    [InlineData("event: trace\ndata: [{}]\n\n")]
    public async Task A_broken_frame_is_an_error_and_not_the_end(string frame)
    {
        var server = new FakeServer(_ => Events(frame));
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        (await Should.ThrowAsync<MailServerException>(TakeAsync(client, 1))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_stream_that_breaks_off_is_opened_again_after_a_pause_that_is_told()
    {
        var time = new ManualTime();
        int opened = 0;
        var server = new FakeServer(_ => ++opened switch
        {
            1 => Events(new DisconnectingStream(new ChunkedStream(Encoding.UTF8.GetBytes(Frame("a") + Frame("b")), 1000), Frame("a").Length)),
            2 => Events(Frame("c")),
            _ => Events(Frame("d")),
        })
        { Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        (await WithTimePassingAsync(time, TakeAsync(client, 3))).ShouldBe(["a", "c", "d"]);
        opened.ShouldBe(3);
        WaitNotice[] waits = [.. server.Waits];
        waits.Length.ShouldBe(2);
        waits.ShouldAllBe(w => w.Kind == WaitKind.Retry && w.Duration < TimeSpan.FromSeconds(1.3) && w.Reason.Contains("opened again"));
    }

    [Fact]
    public async Task Pauses_grow_while_nothing_arrives()
    {
        var time = new ManualTime();
        int opened = 0;
        var server = new FakeServer(_ => ++opened < 8 ? Events("") : Events(Frame("a"))) { Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        await WithTimePassingAsync(time, TakeAsync(client, 1));
        TimeSpan[] waits = [.. server.Waits.Select(w => w.Duration)];
        waits.Length.ShouldBe(7);
        waits[^1].ShouldBeGreaterThan(TimeSpan.FromSeconds(20));
        waits[0].ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task Silence_is_a_dead_connection_and_a_ping_is_life()
    {
        var time = new ManualTime();
        int opened = 0;
        var server = new FakeServer(_ => Events(++opened == 1 ? new StallingStream(Encoding.UTF8.GetBytes(Frame("a") + Ping)) : new ChunkedStream(Encoding.UTF8.GetBytes(Frame("b")), 100))) { Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        await using IAsyncEnumerator<MailTraceEvent> events = client.Live.WatchTracesAsync(TraceFilter.None, s_cancellationToken).GetAsyncEnumerator(s_cancellationToken);
        (await events.MoveNextAsync()).ShouldBeTrue();
        Task<bool> next = events.MoveNextAsync().AsTask();
        time.Advance(TimeSpan.FromSeconds(89));
        next.IsCompleted.ShouldBeFalse();
        opened.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(2));
        await WithTimePassingAsync(time, next);
        events.Current.Text.ShouldBe("b");
        server.Waits.ShouldHaveSingleItem().Reason.ShouldContain("90 seconds");
    }

    [Fact]
    public async Task A_server_that_does_not_come_back_is_given_up_after_five_minutes()
    {
        var time = new ManualTime();
        int opened = 0;
        var server = new FakeServer(_ => ++opened == 1 ? Events(Frame("a")) : TestResponses.ConnectionRefused()) { Time = time };
        using MailClient client = await server.ConnectAsync(null, o => WithoutTimeout(o) with { MaximumRetryCount = 0 });
        DateTimeOffset start = time.GetUtcNow();
        (await Should.ThrowAsync<MailServerException>(WithTimePassingAsync(time, TakeAsync(client, 2)))).Code.ShouldBe(MailErrorCode.Unreachable);
        (time.GetUtcNow() - start).ShouldBeInRange(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(8));
    }

    [Fact]
    public async Task A_server_that_was_never_reached_is_an_error_at_once()
    {
        var server = new FakeServer(_ => TestResponses.ConnectionRefused());
        using MailClient client = await server.ConnectAsync(null, o => WithoutTimeout(o) with { MaximumRetryCount = 0 });
        (await Should.ThrowAsync<MailServerException>(TakeAsync(client, 1))).Code.ShouldBe(MailErrorCode.Unreachable);
        server.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_refusal_ends_the_stream_that_was_open_before()
    {
        var time = new ManualTime();
        int opened = 0;
        var server = new FakeServer(_ => ++opened == 1 ? Events(Frame("a")) : TestResponses.Problem(403, "Forbidden")) { Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        (await Should.ThrowAsync<MailServerException>(WithTimePassingAsync(time, TakeAsync(client, 2)))).Code.ShouldBe(MailErrorCode.Forbidden);
        opened.ShouldBe(2);
    }

    [Fact]
    public async Task Leaving_the_sequence_closes_the_answer()
    {
        var body = new StallingStream(Encoding.UTF8.GetBytes(Frame("a")));
        var server = new FakeServer(_ => Events(body));
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        await TakeAsync(client, 1);
        body.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task Closing_the_connection_ends_its_streams()
    {
        var server = new FakeServer(_ => Events(new StallingStream(Encoding.UTF8.GetBytes(Frame("a")))));
        MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        await using IAsyncEnumerator<MailTraceEvent> events = client.Live.WatchTracesAsync(TraceFilter.None, s_cancellationToken).GetAsyncEnumerator(s_cancellationToken);
        await events.MoveNextAsync();
        Task<bool> next = events.MoveNextAsync().AsTask();
        client.Dispose();
        await Should.ThrowAsync<ObjectDisposedException>(next);
    }

    [Theory]
    [InlineData("remoteIp", "remote-ip")]
    [InlineData("remote-ip", "remote-ip")]
    [InlineData("account_name", "account-name")]
    [InlineData("From", "from")]
    public async Task A_key_is_sent_as_the_server_spells_it(string key, string sent)
    {
        var server = new FakeServer(_ => Events(Frame("a")));
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        await foreach (MailTraceEvent _ in client.Live.WatchTracesAsync(TraceFilter.Create([KeyValuePair.Create<string, string?>(key, "x y")]), s_cancellationToken))
        {
            break;
        }
        server.Requests[0].Target.ShouldBe($"{TracePath}?{sent}=x%20y");
    }

    [Theory]
    [InlineData("queueId", "1")]
    [InlineData("", "1")]
    [InlineData("token", "1")]
    [InlineData("remote ip", "1")]
    [InlineData("hostnam", "1")]
    [InlineData("from", " ")]
    [InlineData("from", null)]
    public void A_filter_that_would_let_everything_or_nothing_through_is_refused(string key, string? value) =>
        Should.Throw<MailServerException>(() => TraceFilter.Create([KeyValuePair.Create(key, value)])).Code.ShouldBe(MailErrorCode.RejectedByClient);

    [Fact]
    public void A_key_given_twice_is_refused() =>
        Should.Throw<MailServerException>(() => TraceFilter.Create([KeyValuePair.Create<string, string?>("from", "a"), KeyValuePair.Create<string, string?>("From", "b")])).Field.ShouldBe("from");

    [Fact]
    public async Task Metrics_of_a_class_of_which_none_was_named_are_dropped_here()
    {
        const string Frame = """
            event: metrics
            data: [{"id":"queue.count","type":"gauge","value":7},{"id":"smtp.ehlo","type":"counter","value":3},{"id":"message.size","type":"histogram","count":2,"sum":10}]


            """;
        var time = new FrozenTime();
        var server = new FakeServer(_ => Events(Frame)) { Time = time };
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        var seen = new List<MailMetric>();
        var absent = new List<IReadOnlyList<string>>();
        await foreach (MailMetric metric in client.Live.WatchMetricsAsync(["queue.count", "queue.cout", "message.size"], TimeSpan.FromSeconds(5), absent.Add, s_cancellationToken))
        {
            seen.Add(metric);
            if (seen.Count == 2)
            {
                break;
            }
        }
        server.Requests[0].Target.ShouldBe("/api/telemetry/metrics/live?metrics=queue.count%2Cqueue.cout%2Cmessage.size&interval=5");
        seen.Select(m => $"{m.Id} {m.Kind} {m.Value}{m.Average}").ShouldBe(["queue.count Gauge 7", "message.size Histogram 5"]);
        absent.ShouldHaveSingleItem().ShouldBe(["queue.cout"]);
        seen.ShouldAllBe(m => m.Timestamp == time.Now);
    }

    [Fact]
    public async Task A_delivery_test_that_is_not_completed_has_no_verdict()
    {
        var server = new FakeServer(_ => Events("event: event\ndata: [{\"type\":\"mxLookupStart\",\"domain\":\"x.test\"}]\n\n"));
        using MailClient client = await server.ConnectAsync(null, WithoutTimeout);
        var stages = new List<MailDeliveryStage>();
        MailServerException e = await Should.ThrowAsync<MailServerException>(async () =>
        {
            await foreach (MailDeliveryStage stage in client.DeliveryTest.RunAsync("X.test", TimeSpan.FromSeconds(5), s_cancellationToken))
            {
                stages.Add(stage);
            }
        });
        e.Code.ShouldBe(MailErrorCode.Unreachable);
        e.Message.ShouldContain("the MX look-up");
        stages.ShouldHaveSingleItem().Target.ShouldBe("x.test");
        server.Requests.ShouldHaveSingleItem().Target.ShouldBe("/api/troubleshoot/delivery/x.test?timeout=5");
    }

    private static MailClientOptions WithoutTimeout(MailClientOptions options) => options with { OperationTimeout = Timeout.InfiniteTimeSpan };

    private static string Frame(params string[] texts) =>
        $"event: trace\ndata: [{string.Join(',', texts.Select(text => $$$"""{"text":"{{{text}}}","details":"","createdAt":"2026-11-27T10:00:00Z","type":"smtp.ehlo","data":{}}"""))}]\n\n";

    private static HttpResponseMessage Events(string text) => Events(new ChunkedStream(Encoding.UTF8.GetBytes(text), int.MaxValue));

    private static HttpResponseMessage Events(Stream body)
    {
        var response = new HttpResponseMessage { Content = new StreamContent(body) };
        response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("text/event-stream");
        return response;
    }

    private static async Task<List<string>> TakeAsync(MailClient client, int count)
    {
        var seen = new List<string>();
        await foreach (MailTraceEvent happened in client.Live.WatchTracesAsync(TraceFilter.None, s_cancellationToken))
        {
            seen.Add(happened.Text!);
            if (seen.Count == count)
            {
                break;
            }
        }
        return seen;
    }

    // Whenever something waits, lets more time pass than any pause takes, and less than silence takes.
    private static async Task<T> WithTimePassingAsync<T>(ManualTime time, Task<T> task)
    {
        while (await Task.WhenAny(task, time.AdvanceWhenWaitingAsync(TimeSpan.FromSeconds(40))) != task)
        {
        }
        return await task;
    }
}
