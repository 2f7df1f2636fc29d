// The queue's client against a scripted server: pages, filters, what is refused unsent, and cancellations that are seen through.
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Queue;

public sealed class QueueResourceTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_goes_on_from_the_last_id_so_that_deliveries_move_nothing_out_of_sight()
    {
        var queue = new FakeQueue(700);
        using MailClient client = await queue.Server.ConnectAsync();
        ulong[] expected = [.. queue.Messages.Keys];
        var seen = new List<ulong>();
        long total = 0;
        await foreach (MailQueueMessage message in client.Queue.ListAsync(new QueueQuery(), t => total = t, s_cancellationToken))
        {
            seen.Add(message.Id);
            // Delivered as soon as it is seen: page numbers would skip as many.
            queue.Messages.Remove(message.Id);
        }
        seen.ShouldBe(expected);
        total.ShouldBe(700);
        queue.Server.RequestLines.ShouldBe(
        [
            "GET /api/queue/messages?values=1&page=1&limit=64",
            $"GET /api/queue/messages?values=1&range-start={expected[63] + 1}&limit=512&max-total=512",
            $"GET /api/queue/messages?values=1&range-start={expected[575] + 1}&limit=4096&max-total=4096",
        ]);
    }

    [Theory]
    [InlineData(0, 3L, 1)]
    [InlineData(5, 3L, 1)]
    [InlineData(70, 20L, 1)]
    [InlineData(70, 200L, 2)]
    [InlineData(299, null, 1)]
    [InlineData(400, null, 1)]
    public async Task Skip_and_first_ask_for_what_is_wanted(long skip, long? first, int requests)
    {
        var queue = new FakeQueue(300);
        using MailClient client = await queue.Server.ConnectAsync();
        ulong[] ids = await IdsAsync(client.Queue.ListAsync(new QueueQuery { Skip = skip, First = first }, null, s_cancellationToken));
        ids.ShouldBe(queue.Messages.Keys.Skip((int)skip).Take((int)(first ?? 1000)));
        queue.Server.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task First_zero_asks_for_nothing_or_for_the_total_alone()
    {
        var queue = new FakeQueue(30);
        using MailClient client = await queue.Server.ConnectAsync();
        (await IdsAsync(client.Queue.ListAsync(new QueueQuery { First = 0 }, null, s_cancellationToken))).ShouldBeEmpty();
        queue.Server.Requests.ShouldBeEmpty();
        long total = 0;
        (await IdsAsync(client.Queue.ListAsync(new QueueQuery { First = 0 }, t => total = t, s_cancellationToken))).ShouldBeEmpty();
        total.ShouldBe(30);
        queue.Server.RequestLines.Single().ShouldEndWith("limit=1");
    }

    [Fact]
    public async Task Filters_travel_in_lower_case_and_times_as_whole_seconds()
    {
        var time = new ManualTime();
        var queue = new FakeQueue(1, time);
        using MailClient client = await queue.Server.ConnectAsync();
        var query = new QueueQuery { Filter = QueueFilter.Create(null, "John", " @Remote.TEST "), DueBefore = time.GetUtcNow().AddHours(1).AddMilliseconds(1), DueAfter = time.GetUtcNow().AddMilliseconds(1) };
        await IdsAsync(client.Queue.ListAsync(query, null, s_cancellationToken));
        queue.Server.RequestLines.Single().ShouldBe(
            "GET /api/queue/messages?from=john&to=%40remote.test&before=2026-11-01T09%3A00%3A01Z&after=2026-11-01T08%3A00%3A01Z&values=1&page=1&limit=64");
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData("  ", null, null)]
    [InlineData("*", null, null)]
    [InlineData("john*", null, null)]
    [InlineData(null, "", null)]
    [InlineData(null, null, "a?c")]
    [InlineData("john", "john", null)]
    [InlineData(null, null, null)]
    public void A_filter_that_the_server_would_ignore_cannot_be_made(string? text, string? from, string? to) =>
        Should.Throw<MailServerException>(() => QueueFilter.Create(text, from, to)).Code.ShouldBe(MailErrorCode.RejectedByClient);

    [Fact]
    public async Task A_time_in_the_past_is_refused_unsent()
    {
        var time = new ManualTime();
        var queue = new FakeQueue(1, time);
        using MailClient client = await queue.Server.ConnectAsync();
        DateTimeOffset past = time.GetUtcNow();
        ulong id = queue.Messages.Keys.First();
        Should.Throw<MailServerException>(() => client.Queue.ListAsync(new QueueQuery { DueBefore = past })).Code.ShouldBe(MailErrorCode.RejectedByClient);
        Should.Throw<MailServerException>(() => client.Queue.ListAsync(new QueueQuery { DueAfter = past })).Code.ShouldBe(MailErrorCode.RejectedByClient);
        await RefusedAsync(() => client.Queue.RescheduleAsync(id, past, null, s_cancellationToken));
        await RefusedAsync(() => client.Queue.RescheduleAsync(QueueFilter.Everything, past, s_cancellationToken));
        queue.Server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("0.12.5", false)]
    [InlineData("0.13.4", true)]
    [InlineData("of today", false)]
    public async Task A_time_beyond_the_expiry_writes_nothing(string version, bool canBeMovedOnceRescheduled)
    {
        var time = new ManualTime();
        var queue = new FakeQueue(3, time) { Lifetime = TimeSpan.FromHours(2), Server = { Version = version } };
        using MailClient client = await queue.Server.ConnectAsync();
        ulong id = queue.Messages.Keys.First();
        MailServerException one = await RefusedAsync(() => client.Queue.RescheduleAsync(id, time.GetUtcNow().AddHours(3), null, s_cancellationToken));
        one.Message.Contains("no longer expires", StringComparison.Ordinal).ShouldBe(canBeMovedOnceRescheduled);
        MailServerException bulk = await RefusedAsync(() => client.Queue.RescheduleAsync(QueueFilter.Everything, time.GetUtcNow().AddHours(3), s_cancellationToken));
        bulk.Message.ShouldContain("3 of the messages");
        bulk.Message.Contains("no longer expire", StringComparison.Ordinal).ShouldBe(canBeMovedOnceRescheduled);
        bulk.Message.ShouldContain(id.ToString(null, null));
        queue.WriteRequests.ShouldBeEmpty();

        (await client.Queue.RescheduleAsync(id, time.GetUtcNow().AddHours(1), null, s_cancellationToken)).ShouldBeTrue();
        queue.WriteRequests.Single().ShouldBe($"PATCH /api/queue/messages/{id}?at=2026-11-01T09%3A00%3A00Z");
    }

    [Fact]
    public async Task A_domain_that_is_part_of_another_is_refused_and_an_unknown_one_not_found()
    {
        var queue = new FakeQueue();
        queue.Add(342084653895266304, "john@example.org", "a@remote.test", "b@sub.remote.test", "c@other.test");
        using MailClient client = await queue.Server.ConnectAsync();
        (await RefusedAsync(() => client.Queue.RescheduleAsync(342084653895266304, null, "remote.test", s_cancellationToken))).Message.ShouldContain("b@sub.remote.test");
        MailServerException missing = await Should.ThrowAsync<MailServerException>(client.Queue.RescheduleAsync(342084653895266304, null, "nowhere.test", s_cancellationToken));
        missing.Code.ShouldBe(MailErrorCode.NotFound);
        queue.WriteRequests.ShouldBeEmpty();
        (await client.Queue.RescheduleAsync(342084653895266304, null, "SUB.remote.test", s_cancellationToken)).ShouldBeTrue();
        queue.WriteRequests.Single().ShouldBe("PATCH /api/queue/messages/342084653895266304?filter=sub.remote.test");
    }

    [Fact]
    public async Task A_recipient_whose_address_is_part_of_anothers_is_refused()
    {
        var queue = new FakeQueue();
        queue.Add(342084653895266304, "john@example.org", "ann@remote.test", "joann@remote.test", "c@other.test");
        using MailClient client = await queue.Server.ConnectAsync();
        (await RefusedAsync(() => client.Queue.CancelAsync(342084653895266304, "ann@remote.test", s_cancellationToken))).Message.ShouldContain("joann@remote.test");
        (await Should.ThrowAsync<MailServerException>(client.Queue.CancelAsync(342084653895266304, "dan@remote.test", s_cancellationToken))).Code.ShouldBe(MailErrorCode.NotFound);
        queue.WriteRequests.ShouldBeEmpty();
        (await client.Queue.CancelAsync(342084653895266304, "JOANN@remote.test", s_cancellationToken)).ShouldBeTrue();
        (await client.Queue.CancelAsync(342084653895266304, "@remote.test", s_cancellationToken)).ShouldBeTrue();
        queue.WriteRequests.ShouldBe(["DELETE /api/queue/messages/342084653895266304?filter=joann%40remote.test", "DELETE /api/queue/messages/342084653895266304?filter=%40remote.test"]);
    }

    [Fact]
    public async Task A_bulk_cancellation_is_seen_through_to_the_last_survivor()
    {
        var time = new ManualTime();
        var queue = new FakeQueue(5, time);
        ulong[] ids = [.. queue.Messages.Keys];
        queue.SurvivedCancellations[ids[1]] = 1;
        using MailClient client = await queue.Server.ConnectAsync();
        Task<QueueCancellation> cancelling = client.Queue.CancelAsync(QueueFilter.Create("remote.test", null, null), s_cancellationToken);
        // It looks again for some seconds, by the connection's clock.
        await AdvanceUntilDoneAsync(time, cancelling);
        QueueCancellation result = await cancelling;
        result.Matched.ShouldBe(ids);
        result.Remaining.ShouldBeEmpty();
        queue.WriteRequests.ShouldBe(["DELETE /api/queue/messages?text=remote.test", $"DELETE /api/queue/messages/{ids[1]}"]);
    }

    [Fact]
    public async Task A_message_that_will_not_go_is_named_and_one_that_came_meanwhile_is_left_alone()
    {
        var time = new ManualTime();
        var queue = new FakeQueue(3, time);
        ulong[] ids = [.. queue.Messages.Keys];
        queue.SurvivedCancellations[ids[2]] = int.MaxValue;
        using MailClient client = await queue.Server.ConnectAsync();
        Task<QueueCancellation> cancelling = client.Queue.CancelAsync(QueueFilter.Everything, s_cancellationToken);
        const ulong Newcomer = 342084999999999999;
        await AdvanceUntilDoneAsync(time, cancelling, () => queue.Add(Newcomer, "late@example.org", "x@remote.test"));
        (await cancelling).Remaining.ShouldBe([ids[2]]);
        queue.Messages.Keys.ShouldBe([ids[2], Newcomer]);
        queue.WriteRequests.ShouldNotContain(line => line.Contains("342084999999999999", StringComparison.Ordinal));
        queue.WriteRequests.Count(line => line == "DELETE /api/queue/messages").ShouldBe(1);
    }

    [Fact]
    public async Task A_message_that_a_worker_writes_back_later_is_cancelled_again()
    {
        var time = new ManualTime();
        var queue = new FakeQueue(2, time);
        ulong[] ids = [.. queue.Messages.Keys];
        using MailClient client = await queue.Server.ConnectAsync();
        DateTimeOffset start = time.GetUtcNow();
        Task<QueueCancellation> cancelling = client.Queue.CancelAsync(QueueFilter.Everything, s_cancellationToken);
        bool back = false;
        await AdvanceUntilDoneAsync(time, cancelling, () =>
        {
            if (!back && queue.Messages.Count == 0 && time.GetUtcNow() - start >= TimeSpan.FromSeconds(1))
            {
                back = true;
                queue.Add(ids[1], "sender1@example.org", "rcpt1@remote.test");
            }
        });
        (await cancelling).Remaining.ShouldBeEmpty();
        back.ShouldBeTrue();
        queue.Messages.ShouldBeEmpty();
        queue.WriteRequests.ShouldBe(["DELETE /api/queue/messages", $"DELETE /api/queue/messages/{ids[1]}"]);
    }

    [Fact]
    public async Task Suspending_looks_until_the_server_says_so()
    {
        var time = new ManualTime();
        var queue = new FakeQueue(0, time);
        int late = 2;
        queue.Server.Intercept = request => request.RequestLine == "GET /api/queue/status" && late-- > 0 ? TestResponses.Data("true") : null;
        using MailClient client = await queue.Server.ConnectAsync();
        Task<QueueStateChange> switching = client.Queue.SuspendAsync(s_cancellationToken);
        await AdvanceUntilDoneAsync(time, switching);
        (await switching).ShouldBeEquivalentTo(new QueueStateChange(true, new MailQueueStatus { Running = false }));
        queue.WriteRequests.ShouldBe(["PATCH /api/queue/status/stop"]);
        (await client.Queue.ResumeAsync(s_cancellationToken)).ShouldBeEquivalentTo(new QueueStateChange(false, new MailQueueStatus { Running = true }));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    public async Task That_nobody_can_look_whether_the_queue_switched_is_no_failure(int status)
    {
        var time = new AutoAdvancingTime(DateTimeOffset.UtcNow);
        var queue = new FakeQueue(0, time);
        queue.Server.Intercept = request => request.RequestLine == "GET /api/queue/status" ? TestResponses.Problem(status, "No") : null;
        using MailClient client = await queue.Server.ConnectAsync();
        QueueStateChange change = await client.Queue.SuspendAsync(s_cancellationToken);
        change.Status.ShouldBeNull();
        change.UnreadReason.ShouldNotBeNullOrEmpty();
        queue.WriteRequests.ShouldBe(["PATCH /api/queue/status/stop"]);
    }

    // No number is not the number 0.
    [Fact]
    public async Task A_count_without_a_total_is_an_error()
    {
        using MailClient client = await new FakeServer(_ => TestResponses.Data("""{"items":[]}""")).ConnectAsync();
        Func<Task>[] counts =
        [
            () => client.Queue.CountDueAsync(s_cancellationToken),
            () => client.Queue.SampleAsync(QueueFilter.Everything, 1, s_cancellationToken),
            () => client.Principals.CountAsync(new PrincipalQuery(), s_cancellationToken),
        ];
        foreach (Func<Task> count in counts)
        {
            (await Should.ThrowAsync<MailServerException>(count)).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        }
    }

    [Fact]
    public async Task A_queue_that_does_not_switch_is_an_error()
    {
        var time = new ManualTime();
        var queue = new FakeQueue(0, time);
        queue.Server.Intercept = request => request.RequestLine == "GET /api/queue/status" ? TestResponses.Data("true") : null;
        using MailClient client = await queue.Server.ConnectAsync();
        Task<QueueStateChange> switching = client.Queue.SuspendAsync(s_cancellationToken);
        await AdvanceUntilDoneAsync(time, switching);
        (await Should.ThrowAsync<MailServerException>(switching)).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
    }

    [Fact]
    public async Task A_lost_answer_to_a_cancellation_is_settled_by_looking()
    {
        var queue = new FakeQueue(2);
        ulong[] ids = [.. queue.Messages.Keys];
        queue.Server.Intercept = request =>
        {
            if (request.RequestLine == $"DELETE /api/queue/messages/{ids[0]}")
            {
                queue.Messages.Remove(ids[0]);
                return TestResponses.ConnectionLost();
            }
            return request.RequestLine == $"DELETE /api/queue/messages/{ids[1]}" ? TestResponses.ConnectionLost() : null;
        };
        using MailClient client = await queue.Server.ConnectAsync();
        (await client.Queue.CancelAsync(ids[0], null, s_cancellationToken)).ShouldBeTrue();
        (await Should.ThrowAsync<MailServerException>(client.Queue.CancelAsync(ids[1], null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
    }

    [Fact]
    public async Task A_missing_message_is_named()
    {
        using MailClient client = await new FakeQueue().Server.ConnectAsync();
        MailServerException e = await Should.ThrowAsync<MailServerException>(client.Queue.GetAsync(ulong.MaxValue, s_cancellationToken));
        (e.Code, e.Item).ShouldBe((MailErrorCode.NotFound, "18446744073709551615"));
        e.Message.ShouldContain("18446744073709551615");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("..")]
    [InlineData("1")]
    [InlineData("1_2/../../queue/messages")]
    [InlineData("1_2?text=x")]
    [InlineData("d!a!1!2!3")]
    public async Task A_malformed_id_of_a_report_is_refused_unsent(string id)
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        await RefusedAsync(() => client.IncomingReports.GetDmarcAsync(id, s_cancellationToken));
        await RefusedAsync(() => client.IncomingReports.DeleteAsync(MailReportKind.Arf, id, s_cancellationToken));
        if (!id.StartsWith("d!", StringComparison.Ordinal))
        {
            await RefusedAsync(() => client.QueueReports.GetAsync(id, s_cancellationToken));
            await RefusedAsync(() => client.QueueReports.DeleteAsync(id, s_cancellationToken));
        }
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => client.IncomingReports.DeleteAsync((MailReportKind)7, "1_2", s_cancellationToken));
        server.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("exam*")]
    public async Task A_filter_of_reports_that_would_be_ignored_is_refused_unsent(string text)
    {
        var server = new FakeServer();
        using MailClient client = await server.ConnectAsync();
        await RefusedAsync(() => client.IncomingReports.ListIdsAsync(MailReportKind.Tls, new ReportQuery { Text = text }, s_cancellationToken));
        await RefusedAsync(() => client.QueueReports.ListIdsAsync(new QueueReportQuery { Domain = text }, s_cancellationToken));
        await RefusedAsync(() => client.QueueReports.ListIdsAsync(new QueueReportQuery { Kind = MailReportKind.Arf }, s_cancellationToken));
        server.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_of_reports_are_filtered_in_lower_case_and_cut()
    {
        var server = new FakeServer(_ => TestResponses.Data("""{"items":["3_9","2_9","1_9"],"total":7}"""));
        using MailClient client = await server.ConnectAsync();
        ReportIdPage page = await client.IncomingReports.ListIdsAsync(MailReportKind.Arf, new ReportQuery { Text = "Example.ORG", Skip = 1, First = 1 }, s_cancellationToken);
        page.Ids.ShouldBe(["2_9"]);
        page.Total.ShouldBe(7);
        await client.QueueReports.ListIdsAsync(new QueueReportQuery { Kind = MailReportKind.Tls, Domain = "Example" }, s_cancellationToken);
        server.RequestLines.ShouldBe(["GET /api/reports/arf?text=example.org&page=1&limit=2", "GET /api/queue/reports?type=tls&domain=example"]);
    }

    private static async Task<MailServerException> RefusedAsync(Func<Task> call)
    {
        MailServerException e = await Should.ThrowAsync<MailServerException>(call);
        e.Code.ShouldBe(MailErrorCode.RejectedByClient);
        return e;
    }

    private static async Task<ulong[]> IdsAsync(IAsyncEnumerable<MailQueueMessage> messages)
    {
        var ids = new List<ulong>();
        await foreach (MailQueueMessage message in messages)
        {
            ids.Add(message.Id);
        }
        return [.. ids];
    }

    // The pipeline sets timers of its own, so the clock moves whenever something may wait for it.
    private static async Task AdvanceUntilDoneAsync(ManualTime time, Task task, Action? meanwhile = null)
    {
        while (!task.IsCompleted)
        {
            await Task.WhenAny(task, Task.Delay(5, s_cancellationToken));
            meanwhile?.Invoke();
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
