// The log: read backwards in one request or page by page, and followed without sleeping.
using MailAdmin.Client;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Api.Logs;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Recordings;

namespace MailAdmin.Tests.Logs;

public sealed class LogTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_wanted_comes_in_one_request()
    {
        FakeLog log = Numbered(300);
        using MailClient client = await log.Server.ConnectAsync();
        var totals = new List<long>();
        List<MailLogEntry> entries = await ReadAsync(client, new LogQuery { Skip = 5, First = 10 }, totals);
        entries.Select(e => e.Details).ShouldBe(Enumerable.Range(285, 10).Reverse().Select(i => $"line {i}"));
        log.Server.RequestLines.Select(WithoutMarker).ShouldBe(["GET /api/logs?limit=23"], "a few more, for the lines of the request itself");
        totals.ShouldBe([46]);
        (await ReadAsync(client, new LogQuery { Text = "line 7" })).Count.ShouldBe(11);
        WithoutMarker(log.Server.RequestLines.Last()).ShouldBe("GET /api/logs?limit=0&filter=line%207");
        (await ReadAsync(client, new LogQuery { First = 0 })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_search_goes_back_page_by_page_without_doubles_though_the_log_grows(bool grows)
    {
        FakeLog log = Numbered(5000);
        log.LogsRequests = true;
        if (grows)
        {
            log.BeforeRead = look => Enumerable.Range(0, 20).ToList().ForEach(i => log.Add(9000 + look, $"new {look}.{i}"));
        }
        using MailClient client = await log.Server.ConnectAsync();
        List<MailLogEntry> entries = await ReadAsync(client, new LogQuery { Match = entry => entry.Details.EndsWith('7') && entry.Details.StartsWith("line", StringComparison.Ordinal), Skip = 2, First = 400 });
        entries.Select(e => e.Details).ShouldBe(Enumerable.Range(0, 5000).Reverse().Where(i => i % 10 == 7).Skip(2).Take(400).Select(i => $"line {i}"));
        log.ReadCount.ShouldBeInRange(4, 12);

        (await ReadAsync(client, new LogQuery { Match = entry => entry.Details.StartsWith("line", StringComparison.Ordinal) })).Count.ShouldBe(5000);
    }

    [Fact]
    public void Pages_going_back_overlap_a_little_and_stay_within_bounds()
    {
        var page = new PageRequest(1, 256, 0);
        for (int i = 0; i < 60; i++)
        {
            PageRequest next = LogListing.GetNextPage(page);
            long start = next.End - next.Limit;
            start.ShouldBeLessThan(page.End);
            (page.End - start).ShouldBeLessThan(200);
            next.Limit.ShouldBeInRange(1, 65_536);
            next.End.ShouldBeGreaterThan(page.End);
            page = next;
        }
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("auth*")]
    public async Task A_text_that_would_be_everything_or_nothing_is_refused(string text)
    {
        var log = new FakeLog();
        using MailClient client = await log.Server.ConnectAsync();
        Should.Throw<MailServerException>(() => client.Logs.ListAsync(new LogQuery { Text = text })).Code.ShouldBe(MailErrorCode.RejectedByClient);
        Should.Throw<MailServerException>(() => client.Logs.FollowAsync(new LogFollowQuery { Text = text })).Code.ShouldBe(MailErrorCode.RejectedByClient);
        log.Server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Following_gives_the_tail_and_then_each_new_entry_once()
    {
        var time = new AutoAdvancingTime(DateTimeOffset.UnixEpoch);
        var log = new FakeLog(time);
        Enumerable.Range(0, 250).ToList().ForEach(i => log.Add(i / 7, $"line {i}"));
        int next = 250;
        log.BeforeRead = look =>
        {
            // The third look finds far more than it asked for.
            int count = look == 3 ? 900 : look > 1 ? 3 : 0;
            for (int i = 0; i < count; i++, next++)
            {
                log.Add(100 + (next / 7), $"line {next}");
            }
        };
        using MailClient client = await log.Server.ConnectAsync();
        var gaps = new List<LogGap>();
        List<MailLogEntry> entries = await FollowAsync(client, new LogFollowQuery { Tail = 5 }, 1000, gaps);
        entries.Select(e => e.Details).ShouldBe(Enumerable.Range(245, 1000).Select(i => $"line {i}"));
        gaps.ShouldBeEmpty();
        log.Server.RequestLines.Count(line => line.Contains("limit=1600", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Own_looks_are_left_out_and_nobody_elses()
    {
        var time = new AutoAdvancingTime(DateTimeOffset.UnixEpoch);
        var log = new FakeLog(time) { LogsRequests = true };
        Enumerable.Range(0, 20).ToList().ForEach(i => log.Add(i, $"line {i}"));
        log.BeforeRead = look =>
        {
            const string Other = "listenerId = \"http\", localPort = 8080, remoteIp = 192.0.2.7, remotePort = 50001";
            log.Add(100 + look, Other + ", url = \"/api/logs?limit=100\"", "DEBUG", "http.request-url");
            log.Add(100 + look, Other + ", accountName = \"admin\"", "INFO", "auth.success");
            log.Add(100 + look, Other + ", elapsed = 1ms", "DEBUG", "http.connection-end");
        };
        using MailClient client = await log.Server.ConnectAsync();
        List<MailLogEntry> entries = await FollowAsync(client, new LogFollowQuery { Tail = 5 }, 32, []);
        entries.Take(2).Select(e => e.Details).ShouldBe(["line 18", "line 19"]);
        entries.Skip(2).ShouldAllBe(e => e.Details.Contains("192.0.2.7", StringComparison.Ordinal));
        entries.Skip(2).Select(e => e.EventId).ShouldBe(Enumerable.Repeat(new[] { "http.request-url", "auth.success", "http.connection-end" }, 10).SelectMany(three => three));
    }

    [Fact]
    public async Task A_gap_is_told_before_what_comes_after_it()
    {
        var time = new AutoAdvancingTime(DateTimeOffset.UnixEpoch);
        var log = new FakeLog(time);
        log.Add(1, "old");
        log.BeforeRead = look =>
        {
            if (look == 2)
            {
                log.Lines.Clear();
                log.Add(50, "new");
            }
        };
        using MailClient client = await log.Server.ConnectAsync();
        var order = new List<string>();
        await foreach (MailLogEntry entry in client.Logs.FollowAsync(new LogFollowQuery(), gap => order.Add($"{gap}"), s_cancellationToken))
        {
            order.Add(entry.Details);
            if (order.Count == 3)
            {
                break;
            }
        }
        order.ShouldBe(["old", "LogReset", "new"]);
    }

    [Fact]
    public async Task A_look_whose_connection_dies_is_asked_for_again()
    {
        var log = new FakeLog(new AutoAdvancingTime(DateTimeOffset.UnixEpoch));
        Enumerable.Range(0, 30).ToList().ForEach(i => log.Add(i, $"line {i}"));
        Func<RecordedRequest, HttpResponseMessage> whole = log.Server.OnRequest;
        int calls = 0;
        log.Server.OnRequest = request =>
        {
            HttpResponseMessage response = whole(request);
            if (++calls == 1)
            {
                byte[] body = response.Content.ReadAsByteArrayAsync(s_cancellationToken).GetAwaiter().GetResult();
                response.Content = new StreamContent(new DisconnectingStream(new MemoryStream(body), body.Length / 2));
                response.Content.Headers.ContentType = new("application/json");
            }
            return response;
        };
        using MailClient client = await log.Server.ConnectAsync();
        (await FollowAsync(client, new LogFollowQuery { Tail = 3 }, 3, [])).Select(e => e.Details).ShouldBe(["line 27", "line 28", "line 29"]);
        calls.ShouldBe(2);
    }

    [Fact]
    public async Task Following_lives_through_a_restart_of_the_server()
    {
        var log = new FakeLog(new AutoAdvancingTime(DateTimeOffset.UnixEpoch));
        for (int i = 0; i < 3; i++)
        {
            log.Add(i, $"line {i}");
        }
        int calls = 0;
        log.BeforeRead = look => log.Add(10 + look, $"look {look}");
        log.Server.Intercept = request => request.Uri.AbsolutePath == "/api/logs" && ++calls is > 1 and < 8 ? TestResponses.Problem(500, "Internal Server Error") : null;
        using MailClient client = await log.Server.ConnectAsync(null, o => o with { OperationTimeout = Timeout.InfiniteTimeSpan });
        (await FollowAsync(client, new LogFollowQuery { Tail = 1 }, 3, [])).Select(e => e.Details).ShouldBe(["look 1", "look 2", "look 3"]);
        log.Server.Waits.ShouldContain(wait => wait.Reason.Contains("looked at again"));
    }

    [Fact]
    public async Task A_number_that_no_server_should_make_room_for_is_not_named()
    {
        var log = new FakeLog();
        for (int i = 0; i < 300; i++)
        {
            log.Add(i, $"line {i}");
        }
        using MailClient client = await log.Server.ConnectAsync();
        int count = 0;
        await foreach (MailLogEntry _ in client.Logs.ListAsync(new LogQuery { First = long.MaxValue, Skip = 1 }, cancellationToken: s_cancellationToken))
        {
            count++;
        }
        count.ShouldBe(299);
        log.Server.RequestLines.Select(WithoutMarker).ShouldBe(["GET /api/logs?limit=0"]);
    }

    [Fact]
    public async Task Following_ends_with_its_time_and_the_filter_counts_for_the_tail()
    {
        var time = new ManualTime();
        var log = new FakeLog(time);
        Enumerable.Range(0, 30).ToList().ForEach(i => log.Add(i, $"line {i}", i % 10 == 0 ? "ERROR" : "INFO"));
        using MailClient client = await log.Server.ConnectAsync();
        var query = new LogFollowQuery { Tail = 2, Match = e => e.Level >= LogLevel.Error, Duration = TimeSpan.FromSeconds(5) };
        var given = new List<string>();
        await foreach (MailLogEntry entry in client.Logs.FollowAsync(query, null, s_cancellationToken))
        {
            given.Add(entry.Details);
            if (given.Count == 2)
            {
                // Nothing more is written; only the time can end it.
                log.BeforeRead = _ => time.Advance(TimeSpan.FromSeconds(3));
                time.Advance(TimeSpan.FromSeconds(5));
            }
        }
        given.ShouldBe(["line 10", "line 20"]);
    }

    [Fact]
    public async Task No_log_is_an_error()
    {
        var server = new FakeServer(_ => TestResponses.Json(System.Net.HttpStatusCode.OK, """{"error":"unsupported","details":"…"}"""));
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(async () => await ReadAsync(client, new LogQuery { First = 5 }))).Code.ShouldBe(MailErrorCode.Unsupported);
    }

    [Fact]
    public void Levels_rank_and_an_unknown_one_is_never_hidden()
    {
        LogLevelWords.Find("WARN").ShouldBe(LogLevel.Warn);
        LogLevelWords.Find(" warning ").ShouldBe(LogLevel.Warn);
        LogLevelWords.Known.ShouldBe(LogLevelWords.Known.Order());
        Read("\"ERROR\"").Level.ShouldBe(LogLevel.Error);
        new MailLogEntry().Level.ShouldBe(LogLevel.Info);
        MailLogEntry odd = Read("\"FATAL\"");
        (odd.Level > LogLevel.Error).ShouldBeTrue();
        odd.AdditionalData["level"].ShouldBe("FATAL");

        static MailLogEntry Read(string level)
        {
            var reader = new System.Text.Json.Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes($"{{\"timestamp\":\"2026-11-30T09:00:00Z\",\"level\":{level}}}"));
            reader.Read();
            return MailLogEntry.Read(ref reader);
        }
    }

    [Theory]
    [InlineData("""listenerId = "http", remotePort = 54104, url = "/api/x?a=1, b = 2" """, "listenerId=http|remotePort=54104|url=/api/x?a=1, b = 2")]
    [InlineData("""details = Missing Authorization header., causedBy = crates/a.rs:115""", "details=Missing Authorization header.|causedBy=crates/a.rs:115")]
    [InlineData("""to = ["a@b.test", "c@d.test"], size = 12""", """to=["a@b.test", "c@d.test"]|size=12""")]
    [InlineData("""causedBy = Store error (store.data) { reason = "bad", size = 3 }, elapsed = 2ms""", """causedBy=Store error (store.data) { reason = "bad", size = 3 }|elapsed=2ms""")]
    [InlineData("""from = "a\", spanId = 9, x = \"b", size = 1""", """from=a", spanId = 9, x = "b|size=1""")]
    [InlineData("""remoteIp = 192.0.2.1, url = "/x", remoteIp = 127.0.0.1, y = "" """, "")]
    [InlineData("""url = "/open""", "")]
    [InlineData("no pairs at all", "")]
    [InlineData("", "")]
    public void Details_are_read_where_they_can_be_read_in_one_way(string details, string expected) =>
        string.Join('|', LogDetails.Parse(details.Trim()).Select(pair => $"{pair.Key}={pair.Value}")).ShouldBe(expected);

    [Theory]
    [InlineData("0.11.8")]
    [InlineData("0.13.4")]
    [InlineData("0.15.5")]
    public async Task Recorded_details_are_all_pairs(string version)
    {
        int seen = 0;
        string file = Path.Combine(AppContext.BaseDirectory, "Recordings", $"stalwart-{version}.jsonl");
        foreach (RecordedExchange exchange in RecordedExchange.ReadFile(file).Where(e => e.Section == "logs"))
        {
            var read = ((IReadOnlyList<MailLogEntry> Items, long? Total))(await RecordedExchangeReader.ReadAsync(exchange))!;
            foreach (MailLogEntry entry in read.Items)
            {
                entry.AdditionalData.ShouldBeEmpty();
                entry.Level.ShouldNotBe(LogLevel.Other);
                entry.Data.ShouldNotBeEmpty(entry.Details);
                if (entry.EventId == "http.request-url")
                {
                    entry.Data["remoteIp"].ShouldBe("127.0.0.1");
                }
                seen++;
            }
        }
        seen.ShouldBeGreaterThan(50);
    }

    private static FakeLog Numbered(int count)
    {
        var log = new FakeLog();
        for (int i = 0; i < count; i++)
        {
            log.Add(i / 5, $"line {i}");
        }
        return log;
    }

    private static async Task<List<MailLogEntry>> ReadAsync(MailClient client, LogQuery query, List<long>? totals = null)
    {
        var entries = new List<MailLogEntry>();
        await foreach (MailLogEntry entry in client.Logs.ListAsync(query, totals is null ? null : totals.Add, gap => throw new InvalidOperationException($"{gap}"), s_cancellationToken))
        {
            entries.Add(entry);
        }
        return entries;
    }

    private static async Task<List<MailLogEntry>> FollowAsync(MailClient client, LogFollowQuery query, int count, List<LogGap> gaps)
    {
        var entries = new List<MailLogEntry>();
        await foreach (MailLogEntry entry in client.Logs.FollowAsync(query, gaps.Add, s_cancellationToken))
        {
            entries.Add(entry);
            if (entries.Count == count)
            {
                break;
            }
        }
        return entries;
    }

    // By it the client knows its own lines.
    private static string WithoutMarker(string line) => System.Text.RegularExpressions.Regex.Replace(line, "[?&]mailadmin=[0-9a-f]+-[0-9]+$", "");
}
