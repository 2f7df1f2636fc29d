// Metrics and traces of a server from 0.16 on, as its source says that they are sent (docs/api-0.16.md §8.7): no recording shows them, since they take a licence.
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.Client;
using MailAdmin.Client.Jmap;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Telemetry;

public sealed class JmapTelemetryTests
{
    private const string Message = "From: press@delivered.test\r\nTo: jane@example.org\r\nSubject: News\r\n\r\nHello\r\n";
    private const string AdminPassword = "sandbox-admin-secret";
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset s_noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Metrics_of_three_kinds_are_read()
    {
        FakeJmapServer server = Licensed(request => FakeJmapServer.Answer(
            ("x:Metric/query", """{"ids":["b","c","d","e"]}""", request.Calls[0].Id),
            ("x:Metric/get", """
                {"list":[{"metric":"queue.message-queued","count":9007199254740993,"@type":"Counter","timestamp":"2026-11-23T12:00:00Z","id":"b"},
                 {"metric":"queue.count","count":7,"@type":"Gauge","timestamp":"2026-11-23T12:00:00Z","id":"c"},
                 {"metric":"delivery.total-time","count":4,"sum":10,"@type":"Histogram","timestamp":"2026-11-23T12:00:00Z","id":"d"},
                 {"metric":"x.y","@type":"Sketch","max":1,"timestamp":"2026-11-23T12:00:00Z","id":"e"}],"notFound":[]}
                """, request.Calls[1].Id)));
        using MailClient client = await server.ConnectAsync();
        IReadOnlyList<MailMetric> metrics = await client.Telemetry.ListMetricsAsync(s_noon.AddTicks(1), s_noon.AddSeconds(1), s_cancellationToken, ["Queue.Count", "queue.message-queued"]);
        metrics.Select(m => (m.Id, m.Kind, m.Value, m.Count, m.Sum, m.Average)).ShouldBe(
        [
            ("queue.message-queued", "Counter", 9007199254740993, null, null, null),
            ("queue.count", "Gauge", 7, null, null, null),
            ("delivery.total-time", "Histogram", null, 4, 10, 2.5),
            ("x.y", "Sketch", null, null, null, null),
        ]);
        metrics.ShouldAllBe(m => m.Timestamp == s_noon);
        metrics.Select(m => m.AdditionalData.Count).ShouldBe([0, 0, 0, 1]);
        metrics[3].AdditionalData["max"].ShouldBe(1L);
        // A second more than asked for: the server places bounds late.
        server.Requests.Single().Calls[0].Arguments.GetRawText().ShouldBe(
            """{"filter":{"timestampIsGreaterThanOrEqual":"2026-11-23T11:59:59Z","timestampIsLessThanOrEqual":"2026-11-23T12:00:01Z","metric":["queue.count","queue.message-queued"]},"sort":[{"property":"id","isAscending":true}],"limit":500}""");
    }

    [Fact]
    public async Task An_event_keeps_what_the_server_noted_of_each_kind()
    {
        const ulong Span = 342084653895266305;
        string id = JmapId.FromNumber(Span);
        FakeJmapServer server = Licensed(request => FakeJmapServer.Answer(("x:Trace/get", $$"""
            {"list":[{"events":{"0":{"event":"smtp.ehlo","timestamp":"2026-11-23T12:00:00Z","news":1,"keyValues":{
              "0":{"key":"remoteIp","value":{"@type":"IpAddr","value":"192.0.2.1"} },"1":{"key":"remotePort","value":{"@type":"UnsignedInt","value":25} },
              "2":{"key":"queueId","value":{"@type":"UnsignedInt","value":342084653895266304} },"3":{"key":"from","value":{"@type":"String","value":""} },
              "4":{"key":"to","value":{"@type":"List","value":{"0":{"@type":"String","value":"a@b.test"},"1":{"@type":"String","value":"c@d.test"} } } },
              "5":{"key":"elapsed","value":{"@type":"Duration","value":1500} },"6":{"key":"uid","value":{"@type":"UnsignedInt","value":18446744073709551615} },
              "7":{"key":"result","value":{"@type":"Float","value":0.5} },"8":{"key":"tls","value":{"@type":"Boolean","value":true} },"9":{"key":"version","value":{"@type":"Null"} },
              "10":{"key":"nextRetry","value":{"@type":"UTCDateTime","value":"2026-11-23T12:02:00Z"} },"11":{"key":"value","value":{"@type":"Integer","value":-3} },
              "12":{"key":"causedBy","value":{"@type":"Event","event":"store.data-corruption","value":{"0":{"key":"reason","value":{"@type":"String","value":"bad"} } } } },
              "13":{"key":"details","value":{"@type":"Sketch","max":1} } } },
             "1":{"event":"smtp.connection-end","timestamp":"2026-11-23T12:00:01Z","keyValues":{} } },"id":"{{id}}"}],"notFound":[]}
            """, request.Calls[0].Id)));
        using MailClient client = await server.ConnectAsync();
        IReadOnlyList<MailTraceEvent> events = await client.Telemetry.GetTraceAsync(Span, s_cancellationToken);
        events.Select(happened => (happened.Type, happened.Created, happened.SpanId)).ShouldBe([("smtp.ehlo", s_noon, Span), ("smtp.connection-end", s_noon.AddSeconds(1), Span)]);
        MailTraceEvent e = events[0];
        (e.Text, e.Details, e.QueueId, e.RemoteIp, e.From, e.To.ToString(), e.Elapsed).ShouldBe((null, null, (ulong?)342084653895266304, "192.0.2.1", "", "a@b.test;c@d.test", TimeSpan.FromSeconds(1.5)));
        e.Data.Keys.ShouldBe(["remoteIp", "remotePort", "queueId", "from", "to", "elapsed", "uid", "result", "tls", "version", "nextRetry", "value", "causedBy", "details"]);
        (e.Data["REMOTEPORT"], e.Data["uid"], e.Data["result"], e.Data["tls"], e.Data["version"], e.Data["value"]).ShouldBe((25L, ulong.MaxValue, 0.5, true, null, -3L));
        e.Data["nextRetry"].ShouldBe(s_noon.AddMinutes(2));
        MailTraceCause cause = e.Data["causedBy"].ShouldBeOfType<MailTraceCause>();
        (cause.Type, cause.Text, cause.Data["reason"], cause.ToString()).ShouldBe(("store.data-corruption", null, "bad", "bad"));
        e.Data["details"].ShouldBeOfType<NamedValues>()["max"].ShouldBe(1L);
        e.AdditionalData.Keys.ShouldBe(["news"]);
        events[1].Data.ShouldBeEmpty();
        server.Requests.Single().Calls[0].Arguments.GetRawText().ShouldBe($$"""{"ids":["{{id}}"],"properties":["events"]}""");
    }

    [Theory]
    [InlineData("delivery.connect delivery.attempt-start queue.rescheduled", 1)]
    [InlineData("smtp.connection-start queue.authenticated-message-queued", 1)]
    [InlineData("smtp.connection-start queue.dsn-queued delivery.attempt-start", 1)]
    [InlineData("smtp.connection-start queue.rescheduled", 0)]
    public async Task A_trace_is_shown_by_its_first_attempt_or_queued_message(string types, int shown)
    {
        JsonObject events = new(types.Split(' ').Index().Select(type => KeyValuePair.Create($"{type.Index}", JsonNode.Parse($$"""{"event":"{{type.Item}}","timestamp":"2026-11-23T12:00:0{{type.Index}}Z","keyValues":{} }"""))));
        FakeJmapServer server = Licensed(request => FakeJmapServer.Answer(request.Calls.Select(call => call.Method == "x:Trace/query"
            ? (call.Method, """{"ids":["b"]}""", call.Id)
            : (call.Method, $$"""{"list":[{"events":{{events.ToJsonString()}},"id":"b"}],"notFound":[]}""", call.Id))));
        using MailClient client = await server.ConnectAsync();
        MailTrace trace = (await ListAsync(client, new TraceQuery())).ShouldHaveSingleItem();
        (trace.SpanId, trace.Type, trace.Created).ShouldBe((1UL, types.Split(' ')[shown], s_noon.AddSeconds(shown)));
    }

    [Fact]
    public async Task Traces_come_whole_and_once_whatever_the_size_of_a_page()
    {
        (SandboxServer server, _, MailClient client) = await StartAsync();
        using MailClient connected = client;
        await DeliverAsync(server, 13);
        List<MailTrace> all = await ListAsync(client, new TraceQuery());
        all.Count.ShouldBe(26);
        all.Select(trace => trace.SpanId).ShouldBe(all.Select(trace => trace.SpanId).Order().Reverse());
        (await server.UpdateAsync("Jmap", "singleton", """{"queryMaxResults":3,"getMaxResults":2}""")).ShouldBeNull();
        await ReloadAsync(server);
        using MailClient limited = await ConnectAsync(server);
        var totals = new List<long>();
        int before = server.RequestCount;
        (await ListAsync(limited, new TraceQuery(), totals.Add)).Select(trace => trace.SpanId).ShouldBe(all.Select(trace => trace.SpanId));
        totals.ShouldBe([26]);
        (server.RequestCount - before).ShouldBeGreaterThan(13, "a page has two traces");
        (await ListAsync(limited, new TraceQuery { Skip = 4, First = 7 })).Select(trace => trace.SpanId).ShouldBe(all.Skip(4).Take(7).Select(trace => trace.SpanId));
        (await ListAsync(limited, new TraceQuery { Type = "Delivery.Attempt-Start" })).Select(trace => trace.SpanId).ShouldBe(all.Where(trace => trace.Type == "delivery.attempt-start").Select(trace => trace.SpanId));
    }

    [Fact]
    public async Task The_first_few_traces_cost_two_requests()
    {
        (SandboxServer server, _, MailClient client) = await StartAsync();
        using MailClient connected = client;
        await DeliverAsync(server, 13);
        int before = server.RequestCount;
        (await ListAsync(client, new TraceQuery { First = 2, Skip = 1 })).Count.ShouldBe(2);
        (server.RequestCount - before).ShouldBe(2);
        (await ListAsync(client, new TraceQuery { First = 0 })).ShouldBeEmpty();
        (server.RequestCount - before).ShouldBe(2);
    }

    // The server reckons a bound by whole seconds from now on: at 700 ms past a second it is 700 ms late.
    [Fact]
    public async Task A_time_leaves_out_nothing_of_its_second_and_nothing_more_comes()
    {
        (SandboxServer server, FrozenTime time, MailClient client) = await StartAsync();
        using MailClient connected = client;
        time.Now = s_noon.AddMilliseconds(10);
        await DeliverAsync(server, 1);
        time.Now = s_noon.AddSeconds(1).AddMilliseconds(10);
        await DeliverAsync(server, 1);
        foreach (TimeSpan later in (TimeSpan[])[TimeSpan.FromMilliseconds(700), TimeSpan.FromMinutes(5), TimeSpan.FromHours(3), TimeSpan.FromDays(3)])
        {
            time.Now = s_noon.AddSeconds(1).AddMilliseconds(700) + later;
            (await CountAsync(client, s_noon, null)).ShouldBe(4, $"{later}");
            (await CountAsync(client, s_noon.AddMilliseconds(500), null)).ShouldBe(4, $"{later}");
            (await CountAsync(client, s_noon.AddSeconds(1), null)).ShouldBe(2, $"{later}");
            (await CountAsync(client, s_noon.AddSeconds(2), null)).ShouldBe(0, $"{later}");
            (await CountAsync(client, null, s_noon.AddSeconds(1))).ShouldBe(2, $"{later}");
            (await CountAsync(client, null, s_noon.AddSeconds(2))).ShouldBe(4, $"{later}");
            (await CountAsync(client, null, time.Now.AddDays(1))).ShouldBe(4, $"{later}");
            (await CountAsync(client, time.Now.AddDays(1), null)).ShouldBe(0, $"{later}");
            (await CountAsync(client, s_noon, s_noon.AddSeconds(1))).ShouldBe(2, $"{later}");
            (await CountAsync(client, DateTimeOffset.MinValue, DateTimeOffset.MaxValue)).ShouldBe(4, $"{later}");
            // What a query without any time covers.
            (await CountAsync(client, null, null)).ShouldBe(later < TimeSpan.FromDays(1) ? 4 : 0, $"{later}");
        }
    }

    [Fact]
    public async Task Texts_and_messages_find_their_traces()
    {
        (SandboxServer server, _, MailClient client) = await StartAsync();
        using MailClient connected = client;
        await DeliverAsync(server, 2);
        server.Deliver(null, "orders@remote.test", ["jane@example.org"], Encoding.ASCII.GetBytes(Message)).ShouldBeNull();
        List<MailTrace> all = await ListAsync(client, new TraceQuery());
        (await ListAsync(client, new TraceQuery { Text = "ORDERS@remote.test" })).Count.ShouldBe(2);
        (await ListAsync(client, new TraceQuery { Text = "\"orders\" remote" })).Count.ShouldBe(2);
        (await ListAsync(client, new TraceQuery { Text = "order" })).ShouldBeEmpty();
        ulong message = all[0].QueueId!.Value;
        List<MailTrace> found = await ListAsync(client, new TraceQuery { QueueId = message });
        found.Select(trace => trace.Type).ShouldBe(["delivery.attempt-start", "queue.message-queued"]);
        found.ShouldAllBe(trace => trace.QueueId == message && trace.From == "orders@remote.test" && trace.To.ToString() == "jane@example.org" && trace.Size > 0);
    }

    [Fact]
    public async Task The_history_of_metrics_comes_whole_and_a_name_of_none_finds_none()
    {
        (SandboxServer server, FrozenTime time, MailClient client) = await StartAsync();
        using MailClient connected = client;
        for (int hour = 0; hour < 3; hour++)
        {
            await DeliverAsync(server, hour + 1);
            time.Now = time.Now.AddHours(1);
        }
        time.Now = time.Now.AddMilliseconds(700);
        IReadOnlyList<MailMetric> all = await client.Telemetry.ListMetricsAsync(null, null, s_cancellationToken);
        all.Where(metric => metric.Id == "queue.message-queued").Select(metric => metric.Value).ShouldBe([1, 2, 3]);
        // A histogram of the history is that since the start.
        all.Where(metric => metric.Id == "delivery.attempt-time").Select(metric => metric.Count).ShouldBe([1, 3, 6]);
        all.Select(metric => metric.Timestamp).ShouldBeInOrder();
        (await server.UpdateAsync("Jmap", "singleton", """{"queryMaxResults":2}""")).ShouldBeNull();
        await ReloadAsync(server);
        using MailClient limited = await ConnectAsync(server);
        (await limited.Telemetry.ListMetricsAsync(null, null, s_cancellationToken)).Select(Describe).ShouldBe(all.Select(Describe));
        DateTimeOffset[] hours = [.. all.Select(metric => metric.Timestamp!.Value).Distinct()];
        hours.Length.ShouldBe(3);
        (await limited.Telemetry.ListMetricsAsync(hours[1], null, s_cancellationToken)).Select(Describe).ShouldBe(all.Where(metric => metric.Timestamp >= hours[1]).Select(Describe));
        (await limited.Telemetry.ListMetricsAsync(null, hours[1], s_cancellationToken)).Select(Describe).ShouldBe(all.Where(metric => metric.Timestamp < hours[1]).Select(Describe));
        (await limited.Telemetry.ListMetricsAsync(time.Now.AddDays(1), null, s_cancellationToken)).ShouldBeEmpty();
        (await limited.Telemetry.ListMetricsAsync(null, null, s_cancellationToken, ["QUEUE.message-queued", "no-such.metric"])).Select(metric => metric.Value).ShouldBe([1, 2, 3]);
        (await limited.Telemetry.ListMetricsAsync(null, null, s_cancellationToken, ["nothing"])).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_missing_trace_is_not_found()
    {
        (_, _, MailClient client) = await StartAsync();
        using MailClient connected = client;
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Telemetry.GetTraceAsync(42, s_cancellationToken));
        (e.Code, e.Item, e.Operation).ShouldBe((MailErrorCode.NotFound, "42", Operations.CallJmap));
    }

    [Theory]
    [InlineData(SandboxEdition.Community, "Metrics and traces need a Stalwart Enterprise licence, and this server has none.")]
    [InlineData(SandboxEdition.Oss, "Metrics and traces are part of Stalwart Enterprise; this build has none of it.")]
    public async Task Without_a_licence_that_is_said(SandboxEdition edition, string message)
    {
        var server = new SandboxServer(new SandboxOptions { Empty = true, Edition = edition, ServerVersion = "0.16" });
        using MailClient client = await ConnectAsync(server);
        Func<Task>[] calls =
        [
            () => client.Telemetry.ListMetricsAsync(null, null, s_cancellationToken),
            () => ListAsync(client, new TraceQuery()),
            () => client.Telemetry.GetTraceAsync(1, s_cancellationToken),
            async () => await client.Live.WatchTracesAsync(TraceFilter.None, s_cancellationToken).GetAsyncEnumerator(s_cancellationToken).MoveNextAsync(),
            async () => await client.Live.WatchMetricsAsync([], TimeSpan.FromSeconds(5), null, s_cancellationToken).GetAsyncEnumerator(s_cancellationToken).MoveNextAsync(),
        ];
        foreach (Func<Task> call in calls)
        {
            MailServerException e = await Should.ThrowAsync<MailServerException>(call);
            (e.Code, e.Message).ShouldBe((MailErrorCode.Unsupported, message));
        }
    }

    [Fact]
    public async Task A_missing_permission_is_not_a_missing_licence()
    {
        (SandboxServer server, _, _) = await StartAsync();
        using MailClient jane = await ConnectAsync(server, "jane@example.org", JmapSandbox.Password);
        foreach (Func<Task> call in (Func<Task>[])[() => jane.Telemetry.ListMetricsAsync(null, null, s_cancellationToken), () => ListAsync(jane, new TraceQuery()),
            async () => await jane.Live.WatchTracesAsync(TraceFilter.None, s_cancellationToken).GetAsyncEnumerator(s_cancellationToken).MoveNextAsync()])
        {
            (await Should.ThrowAsync<MailServerException>(call)).Code.ShouldBe(MailErrorCode.Forbidden);
        }
    }

    [Fact]
    public async Task Where_no_history_is_kept_that_is_said_and_not_that_nothing_happened()
    {
        (SandboxServer server, _, MailClient client) = await StartAsync();
        using MailClient connected = client;
        await DeliverAsync(server, 1);
        ulong known = (await ListAsync(client, new TraceQuery()))[0].SpanId;
        (await server.UpdateAsync("TracingStore", "singleton", """{"@type":"Disabled"}""")).ShouldBeNull();
        (await server.UpdateAsync("MetricsStore", "singleton", """{"@type":"Disabled"}""")).ShouldBeNull();
        await ReloadAsync(server);
        (string Store, Func<Task> Call)[] calls =
        [
            ("MetricsStore", () => client.Telemetry.ListMetricsAsync(null, null, s_cancellationToken)),
            ("TracingStore", () => ListAsync(client, new TraceQuery())),
            ("TracingStore", () => ListAsync(client, new TraceQuery { Text = "nobody" })),
            ("TracingStore", () => client.Telemetry.GetTraceAsync(known, s_cancellationToken)),
        ];
        foreach ((string store, Func<Task> call) in calls)
        {
            MailServerException e = await Should.ThrowAsync<MailServerException>(call);
            (e.Code, e.Field).ShouldBe((MailErrorCode.Unsupported, store));
            e.Message.ShouldContain("keeps no history");
        }
    }

    [Fact]
    public async Task A_failure_of_the_server_stays_one()
    {
        FakeJmapServer server = Licensed(request => FakeJmapServer.Answer(request.Calls.Select(call => call.Method.StartsWith("x:MetricsStore", StringComparison.Ordinal)
            ? (call.Method, """{"list":[{"@type":"Default","id":"singleton"}],"notFound":[]}""", call.Id)
            : ("error", """{"type":"serverUnavailable"}""", call.Id))));
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Telemetry.ListMetricsAsync(null, null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.ServerError);
    }

    [Theory]
    [InlineData("remoteIp")]
    [InlineData("accountName")]
    [InlineData("protocol")]
    public async Task A_key_that_the_server_would_ignore_is_refused_and_nothing_is_sent(string key)
    {
        (SandboxServer server, _, MailClient client) = await StartAsync();
        using MailClient connected = client;
        int before = server.RequestCount;
        MailServerException e = Should.Throw<MailServerException>(() => client.Live.WatchTracesAsync(TraceFilter.Create([KeyValuePair.Create<string, string?>(key, "x")]), s_cancellationToken));
        (e.Code, e.Operation).ShouldBe((MailErrorCode.Unsupported, Operations.WatchTracesLive));
        e.Message.ShouldContain("send every event");
        server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public async Task Get_MailObject_pages_them_too()
    {
        (SandboxServer server, FrozenTime time, MailClient client) = await StartAsync();
        using MailClient connected = client;
        await DeliverAsync(server, 3);
        time.Now = time.Now.AddDays(2);
        (await server.UpdateAsync("Jmap", "singleton", """{"queryMaxResults":4}""")).ShouldBeNull();
        await ReloadAsync(server);
        foreach (string type in (string[])["Trace", "Metric"])
        {
            MailObject[] objects = await client.Objects.ListAsync(new ObjectQuery(type), s_cancellationToken).ToArrayAsync(s_cancellationToken);
            objects.Select(one => one.Id).ShouldBeUnique();
            objects.Length.ShouldBeGreaterThan(5);
        }
    }

    private static FakeJmapServer Licensed(Func<JmapRequestBody, HttpResponseMessage> answer) => new(answer) { Edition = "enterprise" };

    private static async Task<(SandboxServer Server, FrozenTime Time, MailClient Client)> StartAsync()
    {
        var time = new FrozenTime();
        var sandbox = new SandboxServer(new SandboxOptions { Empty = true, Enterprise = true, ServerVersion = "0.16", Seed = 1, TimeProvider = time });
        string domain = await sandbox.QueryAsync("Domain", """{"filter":{"name":"example.org"}}""");
        await sandbox.CreateAsync("Account", $$"""{"@type":"User","name":"jane","domainId":"{{domain}}","credentials":{"0":{"@type":"Password","secret":"{{JmapSandbox.Password}}"} } }""");
        return (sandbox, time, await ConnectAsync(sandbox));
    }

    private static Task<MailClient> ConnectAsync(SandboxServer server, string login = "admin", string password = AdminPassword) => MailClient.ConnectAsync(
        new MailClientOptions { BaseUri = new Uri("https://mx.example.org"), RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler, Transport = server.CreateHandler, Time = server.Clock },
        MailCredential.FromPassword(login, password),
        s_cancellationToken);

    // No host of Pyzor is found here, and then nothing is taken over.
    private static async Task ReloadAsync(SandboxServer server)
    {
        (await server.UpdateAsync("SpamPyzor", "singleton", """{"enable":false}""")).ShouldBeNull();
        await server.CreateAsync("Action", """{"@type":"ReloadSettings"}""");
    }

    private static async Task DeliverAsync(SandboxServer server, int count)
    {
        for (int i = 0; i < count; i++)
        {
            server.Deliver(null, "press@delivered.test", ["jane@example.org"], Encoding.ASCII.GetBytes(Message)).ShouldBeNull();
        }
        // What is due is delivered before the next answer.
        await server.CallAsync("x:Domain/query", "{}");
    }

    private static async Task<int> CountAsync(MailClient client, DateTimeOffset? after, DateTimeOffset? before)
    {
        var totals = new List<long>();
        int count = (await ListAsync(client, new TraceQuery { After = after, Before = before }, totals.Add)).Count;
        totals.ShouldBe([count]);
        return count;
    }

    private static async Task<List<MailTrace>> ListAsync(MailClient client, TraceQuery query, Action<long>? onTotal = null)
    {
        var traces = new List<MailTrace>();
        await foreach (MailTrace trace in client.Telemetry.ListTracesAsync(query, onTotal, s_cancellationToken))
        {
            traces.Add(trace);
        }
        return traces;
    }

    private static (string, DateTimeOffset?, long?, long?) Describe(MailMetric metric) => (metric.Id, metric.Timestamp, metric.Value, metric.Count);
}
