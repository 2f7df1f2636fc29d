// The log of a server from 0.16 on: its ids move with each new file, and no line comes twice or is left out for that.
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Jmap;
using MailAdmin.Tests.Recordings;

namespace MailAdmin.Tests.Logs;

public sealed class JmapLogTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_real_server_answered_is_read()
    {
        RecordedExchange recorded = RecordedJmapAnswers.ReadAll().Single(exchange => exchange.Id == "874");
        var server = new FakeJmapServer(_ => recorded.ToResponse());
        using MailClient client = await server.ConnectAsync();
        MailLogEntry[] entries = await client.Logs.ListAsync(new LogQuery { Text = "queue", First = 3 }, cancellationToken: s_cancellationToken).ToArrayAsync(s_cancellationToken);
        entries.Select(entry => entry.EventId).ShouldBe(["delivery.attempt-end", "delivery.completed", "delivery.dsn-success"]);
        entries.ShouldAllBe(entry => entry.Level == LogLevel.Info && entry.Timestamp == new DateTimeOffset(2026, 11, 29, 5, 2, 41, TimeSpan.Zero) && entry.Event.Length == 0);
        entries[0].Data["queueId"].ShouldBe("343195908759888896");
        entries[0].AdditionalData.ShouldBeEmpty();
        server.Requests.Single().Calls[0].Arguments.GetProperty("filter").GetRawText().ShouldBe("""{"text":"queue"}""");
    }

    [Fact]
    public async Task The_newest_entries_come_first_in_as_few_calls_as_there_are_pages()
    {
        FakeJmapLog log = Create(1300);
        using MailClient client = await log.Server.ConnectAsync();
        (await ListAsync(client, new LogQuery { First = 3, Skip = 1 })).ShouldBe(["line 1298", "line 1297", "line 1296"]);
        log.RequestCount.ShouldBe(1);
        (await ListAsync(client, new LogQuery())).ShouldBe(Enumerable.Range(0, 1300).Reverse().Select(number => $"line {number}"));
        log.RequestCount.ShouldBe(4);
        (await ListAsync(client, new LogQuery { Text = "line 77", First = 2 })).ShouldBe(["line 779", "line 778"]);
        (await ListAsync(client, new LogQuery { Text = "LINE 77" })).ShouldBeEmpty();
        (await ListAsync(client, new LogQuery { Match = entry => entry.Details.EndsWith("00", StringComparison.Ordinal), First = 2, Skip = 1 })).ShouldBe(["line 1100", "line 1000"]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_new_file_between_two_pages_neither_repeats_nor_hides_a_line(int request)
    {
        FakeJmapLog log = Create(1300);
        log.BeforeRequest = number =>
        {
            if (number == request)
            {
                log.Rotate();
                log.Add(5000, "new file");
            }
        };
        using MailClient client = await log.Server.ConnectAsync();
        (await ListAsync(client, new LogQuery())).ShouldBe(Enumerable.Range(0, 1300).Reverse().Select(number => $"line {number}"));
    }

    [Fact]
    public async Task A_new_file_whose_lines_stand_where_the_old_ones_stood_is_seen()
    {
        FakeJmapLog log = Create(1300);
        log.BeforeRequest = number =>
        {
            if (number == 2)
            {
                log.Rotate();
                for (int i = 0; i < 1400; i++)
                {
                    log.Add(6000 + i, $"new {i}");
                }
            }
        };
        using MailClient client = await log.Server.ConnectAsync();
        (await ListAsync(client, new LogQuery())).ShouldBe(Enumerable.Range(0, 1300).Reverse().Select(number => $"line {number}"));
    }

    [Fact]
    public async Task Equal_lines_of_one_second_are_all_there_after_a_new_file()
    {
        var log = new FakeJmapLog();
        for (int i = 0; i < 1200; i++)
        {
            log.Add(100, "the same");
        }
        log.BeforeRequest = number =>
        {
            if (number == 2)
            {
                log.Rotate();
            }
        };
        using MailClient client = await log.Server.ConnectAsync();
        (await ListAsync(client, new LogQuery())).Length.ShouldBe(1200);
    }

    [Fact]
    public async Task Lines_of_an_event_that_the_server_does_not_know_end_nothing()
    {
        var log = new FakeJmapLog();
        for (int i = 0; i < 1200; i++)
        {
            log.Add(i, $"line {i}", eventId: i % 3 == 0 ? "unknown" : "test.line");
        }
        using MailClient client = await log.Server.ConnectAsync();
        (await ListAsync(client, new LogQuery())).Length.ShouldBe(800);
    }

    [Fact]
    public async Task What_the_own_requests_write_is_left_out()
    {
        FakeJmapLog log = Create(600);
        log.LogsRequests = true;
        using MailClient client = await log.Server.ConnectAsync();
        (await ListAsync(client, new LogQuery { First = 2 })).ShouldBe(["line 599", "line 598"]);
        string[] all = await ListAsync(client, new LogQuery());
        // The lines of the command before are those of others.
        all.Where(details => details.StartsWith("line", StringComparison.Ordinal)).Count().ShouldBe(600);
        all.Length.ShouldBe(601);
    }

    [Fact]
    public async Task Following_gives_each_new_line_once()
    {
        FakeJmapLog log = Create(50);
        int written = 0;
        log.BeforeRequest = number =>
        {
            if (number > 1)
            {
                log.Add(2000 + number, $"new {written++}");
            }
            if (number == 3)
            {
                log.Rotate();
            }
        };
        using MailClient client = await log.Server.ConnectAsync();
        var followed = new List<string>();
        await foreach (MailLogEntry entry in client.Logs.FollowAsync(new LogFollowQuery { Tail = 2, Interval = TimeSpan.FromMilliseconds(1) }, cancellationToken: s_cancellationToken))
        {
            followed.Add(entry.Details);
            if (followed.Count == 6)
            {
                break;
            }
        }
        followed.ShouldBe(["line 48", "line 49", "new 0", "new 1", "new 2", "new 3"]);
    }

    [Fact]
    public async Task A_server_without_log_files_is_told()
    {
        var server = new FakeJmapServer(request => FakeJmapServer.Answer(request.Calls.Select(call => ("error", """{"type":"invalidArguments","description":"…"}""", call.Id))));
        using MailClient client = await server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(() => ListAsync(client, new LogQuery()));
        (e.Code, e.Message).ShouldBe((MailErrorCode.Unsupported, "The server has no tracer that writes log files, so that there is no log to read."));
    }

    private static FakeJmapLog Create(int count)
    {
        var log = new FakeJmapLog();
        for (int i = 0; i < count; i++)
        {
            log.Add(i / 7, $"line {i}");
        }
        return log;
    }

    private static async Task<string[]> ListAsync(MailClient client, LogQuery query) =>
        [.. (await client.Logs.ListAsync(query, cancellationToken: s_cancellationToken).ToArrayAsync(s_cancellationToken)).Select(entry => entry.Details)];
}
