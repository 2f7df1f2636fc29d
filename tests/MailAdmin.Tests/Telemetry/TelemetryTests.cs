// Metrics and traces as a licensed server sends them (docs/api.md §6.13, §7.2, §7.3), and what an unlicensed one says.
using System.Collections.Specialized;
using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Telemetry;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Telemetry;

public sealed class TelemetryTests
{
    private const ulong Span = 342084653895266305;
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset s_noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Metrics_of_three_kinds_are_read()
    {
        FakeServer server = Licensed(_ => TestResponses.Data("""
            [{"type":"counter","id":"smtp.ehlo","timestamp":"2026-11-23T12:00:00Z","value":9007199254740993},
             {"type":"gauge","id":"queue.count","timestamp":"2026-11-23T12:00:00Z","value":7},
             {"type":"histogram","id":"delivery.total-time","timestamp":"2026-11-23T12:00:00Z","count":4,"sum":10},
             {"type":"histogram","id":"dns.lookup-time","timestamp":"2026-11-23T12:00:00Z","count":0,"sum":0,"max":1},
             {"type":"sketch","id":"x.y","timestamp":"2026-11-23T12:00:00Z"}]
            """));
        using MailClient client = await server.ConnectAsync();
        IReadOnlyList<MailMetric> metrics = await client.Telemetry.ListMetricsAsync(s_noon.AddTicks(-1), s_noon.AddTicks(1), s_cancellationToken);
        server.RequestLines.ShouldBe(["GET /api/telemetry/metrics?after=2026-11-23T11%3A59%3A59Z&before=2026-11-23T12%3A00%3A01Z"]);
        metrics.Select(m => (m.Id, m.Kind, m.Value, m.Count, m.Sum, m.Average)).ShouldBe(
        [
            ("smtp.ehlo", "Counter", 9007199254740993, null, null, null),
            ("queue.count", "Gauge", 7, null, null, null),
            ("delivery.total-time", "Histogram", null, 4, 10, 2.5),
            ("dns.lookup-time", "Histogram", null, 0, 0, null),
            ("x.y", "sketch", null, null, null, null),
        ]);
        metrics.ShouldAllBe(m => m.Timestamp == s_noon);
        metrics[3].AdditionalData["max"].ShouldBe(1L);
        metrics[0].Kind.ShouldBe(MetricKind.Counter);
        default(MetricKind).ShouldBe(MetricKind.Parse("COUNTER"));
    }

    [Fact]
    public void A_live_metric_has_no_time()
    {
        var reader = new Utf8JsonReader("""[{"id":"server.memory","type":"gauge","value":123}]"""u8);
        reader.Read();
        MailMetric metric = MetricReader.ReadList(ref reader).ShouldHaveSingleItem();
        (metric.Timestamp, metric.Value).ShouldBe((null, 123));
    }

    [Fact]
    public async Task An_event_keeps_what_the_server_noted()
    {
        FakeServer server = Licensed(_ => TestResponses.Data("""
            [{"text":"SMTP EHLO command","details":"The remote greeted","createdAt":"2026-11-23T12:00:00Z","type":"smtp.ehlo","data":{
              "remoteIp":"192.0.2.1","remotePort":25,"queueId":342084653895266304,"from":"","to":["a@b.test","c@d.test"],"accountName":"jane","elapsed":1500,
              "big":18446744073709551615,"ratio":0.5,"tls":true,"nothing":null,"nextRetry":"2026-11-23T12:02:00Z","day":"2026-11-23","list":[1,[2,"x"]],
              "causedBy":{"type":"store.data-corruption","text":"Data corruption","details":"d","data":{"reason":"bad","id":342084653895266306}},"plain":{"a":1}},"news":1}]
            """));
        using MailClient client = await server.ConnectAsync();
        MailTraceEvent e = (await client.Telemetry.GetTraceAsync(Span, s_cancellationToken)).ShouldHaveSingleItem();
        server.RequestLines.ShouldBe([$"GET /api/telemetry/trace/{Span}"]);
        (e.Created, e.Type, e.Text, e.Details, e.SpanId, e.QueueId).ShouldBe((s_noon, "smtp.ehlo", "SMTP EHLO command", "The remote greeted", (ulong?)Span, (ulong?)342084653895266304));
        (e.RemoteIp, e.From, e.To.ToString(), e.Account, e.Elapsed, e.Hostname).ShouldBe(("192.0.2.1", "", "a@b.test;c@d.test", "jane", TimeSpan.FromSeconds(1.5), null));
        e.Reason.ShouldBe("bad");
        e.Data.Keys.Take(3).ShouldBe(["remoteIp", "remotePort", "queueId"]);
        e.Data["REMOTEPORT"].ShouldBe(25L);
        e.Data["big"].ShouldBe(ulong.MaxValue);
        e.Data["ratio"].ShouldBe(0.5);
        e.Data["tls"].ShouldBe(true);
        e.Data["nothing"].ShouldBeNull();
        e.Data["nextRetry"].ShouldBe(s_noon.AddMinutes(2));
        e.Data["day"].ShouldBe("2026-11-23");
        e.Data["list"].ShouldBeAssignableTo<IReadOnlyList<object?>>()![1].ShouldBeAssignableTo<IReadOnlyList<object?>>()![1].ShouldBe("x");
        MailTraceCause cause = e.Data["causedBy"].ShouldBeOfType<MailTraceCause>();
        (cause.Type, cause.Text, cause.Data["id"]).ShouldBe(("store.data-corruption", "Data corruption", 342084653895266306));
        e.Data["plain"].ShouldBeAssignableTo<IReadOnlyDictionary<string, object?>>()!["a"].ShouldBe(1L);
        e.AdditionalData.Keys.ShouldBe(["news"]);
    }

    [Fact]
    public async Task A_trace_without_events_is_not_found()
    {
        using MailClient client = await Licensed(_ => TestResponses.Data("[]")).ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Telemetry.GetTraceAsync(Span, s_cancellationToken));
        (e.Code, e.Item).ShouldBe((MailErrorCode.NotFound, $"{Span}"));
    }

    [Fact]
    public async Task Traces_come_page_by_page_though_pages_are_short_and_move()
    {
        // Every third span has nothing to show for; while the pages are read, one more comes in at the front.
        var spans = Enumerable.Range(0, 500).Select(i => Span + (ulong)i).ToList();
        int page = 0;
        FakeServer server = Licensed(request =>
        {
            if (++page == 2)
            {
                spans.Insert(0, Span + 9999);
            }
            NameValueCollection query = System.Web.HttpUtility.ParseQueryString(request.Uri.Query);
            int limit = int.Parse(query["limit"]!, null), number = int.Parse(query["page"]!, null);
            IEnumerable<ulong> items = spans.Skip((number - 1) * limit).Take(limit).Where(id => id % 3 != 0);
            return TestResponses.Data($$"""{"items":[{{string.Join(',', items.Select(Listed))}}],"total":{{spans.Count}}}""");
        });
        using MailClient client = await server.ConnectAsync();
        var totals = new List<long>();
        List<MailTrace> traces = await ReadAsync(client, new TraceQuery { Type = "Delivery.Attempt-Start", Text = "\"two words\" more", After = s_noon, QueueId = Span }, totals);
        ulong[] shown = [.. spans.Skip(1).Where(id => id % 3 != 0)];
        traces.Select(t => t.SpanId).ShouldBe(shown);
        totals.ShouldBe([500]);
        server.RequestLines.First().ShouldBe($"GET /api/telemetry/traces?type=delivery.attempt-start&queue_id={Span}&filter=%22two%20words%22%20more&after=2026-11-23T12%3A00%3A00Z&values=1&page=1&limit=64");
        server.Requests.Count.ShouldBe(4);
        (traces[0].Type, traces[0].From, traces[0].To.ToString(), traces[0].Size, traces[0].QueueId).ShouldBe(("delivery.attempt-start", "a@b.test", "c@d.test", 9, Span));

        // What is left out and how many are wanted count what is given.
        (await ReadAsync(client, new TraceQuery { Skip = 10, First = 50 })).Select(t => t.SpanId).ShouldBe(((IEnumerable<ulong>)[Span + 9999, .. shown]).Where(id => id % 3 != 0).Skip(10).Take(50));
    }

    [Fact]
    public async Task A_server_that_sends_ids_alone_is_understood()
    {
        using MailClient client = await Licensed(_ => TestResponses.Data($$"""{"items":[{{Span}},{{Span + 1}}],"total":2}""")).ConnectAsync();
        List<MailTrace> traces = await ReadAsync(client, new TraceQuery());
        traces.Select(t => (t.SpanId, t.Type, t.Created)).ShouldBe([(Span, null, null), (Span + 1, null, null)]);
    }

    [Fact]
    public async Task A_page_whose_connection_dies_is_asked_for_again()
    {
        int calls = 0;
        FakeServer server = Licensed(_ =>
        {
            HttpResponseMessage response = TestResponses.Data($$"""{"items":[{{Listed(Span)}},{{Listed(Span + 1)}}],"total":2}""");
            if (++calls == 1)
            {
                byte[] body = Encoding.UTF8.GetBytes($$$"""{"data":{"items":[{{{Listed(Span)}}},{{{Listed(Span + 1)}}}],"total":2}}""");
                response.Content = new StreamContent(new DisconnectingStream(new MemoryStream(body), body.Length - 60));
                response.Content.Headers.ContentType = new("application/json");
            }
            return response;
        });
        using MailClient client = await server.ConnectAsync();
        (await ReadAsync(client, new TraceQuery())).Select(t => t.SpanId).ShouldBe([Span, Span + 1]);
        calls.ShouldBe(2);
    }

    [Theory]
    [InlineData(" ", null)]
    [InlineData(null, " ")]
    [InlineData("delivery.*", null)]
    [InlineData(null, "jane?")]
    public async Task What_the_server_would_ignore_is_refused(string? type, string? text)
    {
        FakeServer server = Licensed(_ => TestResponses.Data("""{"items":[],"total":0}"""));
        using MailClient client = await server.ConnectAsync();
        Should.Throw<MailServerException>(() => client.Telemetry.ListTracesAsync(new TraceQuery { Type = type, Text = text })).Code.ShouldBe(MailErrorCode.RejectedByClient);
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false, "licence", null)]
    [InlineData(true, "no store is configured", "tracing.history")]
    public async Task The_edition_tells_a_missing_licence_from_a_missing_store(bool licensed, string said, string? field)
    {
        var server = new FakeServer(_ => TestResponses.Json(HttpStatusCode.OK, """{"error":"unsupported","details":"…"}""")) { IsEnterprise = licensed };
        using MailClient client = await server.ConnectAsync();
        foreach (MailServerException e in new[]
        {
            await Should.ThrowAsync<MailServerException>(client.Telemetry.GetTraceAsync(Span, s_cancellationToken)),
            await Should.ThrowAsync<MailServerException>(async () => await ReadAsync(client, new TraceQuery())),
        })
        {
            (e.Code, e.Field).ShouldBe((MailErrorCode.Unsupported, field));
            e.Message.ShouldContain(said);
        }
    }

    [Fact]
    public async Task Metrics_without_a_store_say_so()
    {
        FakeServer server = Licensed(_ => TestResponses.Json(HttpStatusCode.OK, """{"error":"other","details":"…","reason":null}"""));
        using MailClient client = await server.ConnectAsync();
        MailServerException store = await Should.ThrowAsync<MailServerException>(client.Telemetry.ListMetricsAsync(null, null, s_cancellationToken));
        (store.Code, store.Field).ShouldBe((MailErrorCode.RejectedByServer, "metrics.history"));
        server.OnRequest = _ => TestResponses.Problem(403, "Forbidden");
        (await Should.ThrowAsync<MailServerException>(client.Telemetry.ListMetricsAsync(null, null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.Forbidden);
    }

    private static FakeServer Licensed(Func<RecordedRequest, HttpResponseMessage> answer) => new(answer) { IsEnterprise = true };

    private static string Listed(ulong span) => $$"""
        {"createdAt":"2026-11-23T12:00:00Z","type":"delivery.attempt-start","data":{"spanId":{{span}},"queueId":{{Span}},"from":"a@b.test","to":["c@d.test"],"size":9} }
        """;

    private static async Task<List<MailTrace>> ReadAsync(MailClient client, TraceQuery query, List<long>? totals = null)
    {
        var traces = new List<MailTrace>();
        await foreach (MailTrace trace in client.Telemetry.ListTracesAsync(query, totals is null ? null : totals.Add, s_cancellationToken))
        {
            traces.Add(trace);
        }
        return traces;
    }
}
