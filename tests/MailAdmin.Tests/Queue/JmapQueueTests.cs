// The queue of a server from 0.16 on: what it filters otherwise is compared here, and each message of a set is accounted for.
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Tests.Queue;

public sealed class JmapQueueTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_come_by_their_ids_though_the_server_sorts_them_by_their_next_attempt()
    {
        var queue = new FakeJmapQueue(7);
        using MailClient client = await queue.ConnectAsync();
        (await ListAsync(client, new QueueQuery())).Select(message => message.Id).ShouldBe(queue.Messages.Keys);
    }

    [Fact]
    public async Task First_and_skip_read_no_more_than_is_asked_for_and_the_total_is_that_of_the_queue()
    {
        var queue = new FakeJmapQueue(7);
        using MailClient client = await queue.ConnectAsync();
        long? total = null;
        MailQueueMessage[] page = await ListAsync(client, new QueueQuery { Skip = 2, First = 3 }, count => total = count);
        page.Select(message => message.Id).ShouldBe(queue.Messages.Keys.Skip(2).Take(3));
        total.ShouldBe(7);
        queue.Server.Requests[^1].Calls.Single().Arguments.GetProperty("ids").GetArrayLength().ShouldBe(3);
        total = null;
        (await ListAsync(client, new QueueQuery { First = 0 }, count => total = count)).ShouldBeEmpty();
        total.ShouldBe(7);
    }

    [Fact]
    public async Task A_message_that_leaves_while_it_is_listed_makes_room_for_another()
    {
        var queue = new FakeJmapQueue(7);
        queue.AfterQuery = () => queue.Messages.Remove(queue.Messages.Keys.First());
        using MailClient client = await queue.ConnectAsync();
        (await ListAsync(client, new QueueQuery { First = 3 })).Length.ShouldBe(3);
    }

    [Theory]
    [InlineData("upper@", null, null, "Upper@remote.test")]
    [InlineData("UPPER@Remote.TEST", null, null, "Upper@remote.test")]
    [InlineData("@remote.test", null, null, "Upper@remote.test a@remote.test")]
    [InlineData(null, "John", "remote", "Upper@remote.test")]
    [InlineData(null, "jane", null, "a@remote.test 42@third.test")]
    [InlineData(null, null, "42", "42@third.test")]
    [InlineData("nobody", null, null, "")]
    public async Task An_address_is_found_whatever_its_capitals(string? text, string? from, string? to, string found)
    {
        FakeJmapQueue queue = CreateMixed();
        using MailClient client = await queue.ConnectAsync();
        long? total = null;
        MailQueueMessage[] messages = await ListAsync(client, new QueueQuery { Filter = QueueFilter.Create(text, from, to) }, count => total = count);
        string.Join(' ', messages.SelectMany(message => message.To)).ShouldBe(found);
        total.ShouldBe(messages.Length);
    }

    [Theory]
    [InlineData("@remote.test", """{"to":"@remote.test"}""")]
    [InlineData("upper@remote.test", """{"to":"@remote.test"}""")]
    [InlineData("42", """{"to":"42"}""")]
    [InlineData("remote.test", null)]
    [InlineData("upper@", null)]
    public async Task Only_what_has_no_capitals_on_the_server_is_left_to_the_server(string to, string? filter)
    {
        FakeJmapQueue queue = CreateMixed();
        using MailClient client = await queue.ConnectAsync();
        await ListAsync(client, new QueueQuery { Filter = QueueFilter.Create(null, null, to) });
        JsonElement query = queue.Server.Requests[0].Calls.Single().Arguments;
        (query.TryGetProperty("filter", out JsonElement sent) ? sent.GetRawText() : null).ShouldBe(filter);
    }

    [Fact]
    public async Task Due_times_are_bounds_that_are_not_among_them_and_may_be_past()
    {
        var queue = new FakeJmapQueue();
        DateTimeOffset now = queue.Time.Now;
        ulong overdue = queue.Add("a@example.org", now.AddHours(-1), "a@remote.test");
        ulong exact = queue.Add("a@example.org", now.AddHours(1), "b@remote.test", "c@remote.test");
        ulong later = queue.Add("a@example.org", now.AddHours(2), "d@remote.test");
        using MailClient client = await queue.ConnectAsync();
        client.Queue.TakesPastDueTimes.ShouldBeTrue();
        (await ListIdsAsync(new QueueQuery { DueBefore = now })).ShouldBe([overdue]);
        (await ListIdsAsync(new QueueQuery { DueBefore = now.AddHours(1) })).ShouldBe([overdue]);
        (await ListIdsAsync(new QueueQuery { DueAfter = now.AddHours(1) })).ShouldBe([later]);
        (await ListIdsAsync(new QueueQuery { DueAfter = now, DueBefore = now.AddHours(2) })).ShouldBe([exact]);
        // The server takes a range without a second in it for an error.
        (await ListIdsAsync(new QueueQuery { DueAfter = now.AddHours(1).AddSeconds(-0.6), DueBefore = now.AddHours(1).AddSeconds(0.3) })).ShouldBe([exact]);
        (await ListIdsAsync(new QueueQuery { DueAfter = now.AddHours(2), DueBefore = now })).ShouldBeEmpty();

        async Task<ulong[]> ListIdsAsync(QueueQuery query) => [.. (await ListAsync(client, query)).Select(message => message.Id)];
    }

    [Fact]
    public async Task Of_a_long_queue_nothing_is_left_out_where_messages_leave_and_move_between_its_pages()
    {
        var queue = new FakeJmapQueue(12_000);
        ulong[] all = [.. queue.Messages.Keys];
        int queries = 0;
        queue.AfterQuery = () =>
        {
            // The first ones are tried: most are delivered, some wait again.
            queries++;
            foreach ((int place, ulong id) in queue.Messages.OrderBy(item => item.Value.Due).Take(1500).Select(item => item.Key).ToArray().Index())
            {
                if (place % 3 == 0)
                {
                    queue.Messages[id].Recipients[0].Due += TimeSpan.FromMinutes(90);
                }
                else
                {
                    queue.Messages.Remove(id);
                }
            }
        };
        using MailClient client = await queue.ConnectAsync();
        IReadOnlyList<ulong> ids = await client.Queue.ListIdsAsync(QueueFilter.Everything, s_cancellationToken);
        ids.ShouldBe(all);
        queries.ShouldBeInRange(3, 12);
    }

    [Fact]
    public async Task A_queue_of_messages_that_are_all_due_at_once_ends()
    {
        var queue = new FakeJmapQueue(11_000);
        foreach (FakeJmapQueue.Message message in queue.Messages.Values)
        {
            message.Recipients[0].Due = queue.Time.Now;
        }
        using MailClient client = await queue.ConnectAsync();
        (await client.Queue.ListIdsAsync(QueueFilter.Everything, s_cancellationToken)).Count.ShouldBe(11_000);
        queue.Calls.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_message_that_is_not_there_is_named_by_its_number()
    {
        var queue = new FakeJmapQueue(1);
        using MailClient client = await queue.ConnectAsync();
        foreach (Func<Task> call in (Func<Task>[])
        [
            () => client.Queue.GetAsync(342084653895266303, s_cancellationToken),
            () => client.Queue.CancelAsync(342084653895266303, null, s_cancellationToken),
            () => client.Queue.CancelAsync(342084653895266303, "a@remote.test", s_cancellationToken),
            () => client.Queue.RescheduleAsync(342084653895266303, null, null, s_cancellationToken),
        ])
        {
            MailServerException e = await call.ShouldThrowAsync<MailServerException>();
            (e.Code, e.Item).ShouldBe((MailErrorCode.NotFound, "342084653895266303"));
            e.Message.ShouldBe("Message 342084653895266303 is not in the queue.");
        }
    }

    [Fact]
    public async Task Of_a_recipient_that_has_its_mail_nothing_is_cancelled()
    {
        var queue = new FakeJmapQueue();
        ulong id = queue.Add("a@example.org", queue.Time.Now, "Done@remote.test", "a/b@remote.test", "c@other.test");
        queue.Messages[id].Recipients[0].Status = "Completed";
        using MailClient client = await queue.ConnectAsync();
        (await client.Queue.CancelAsync(id, "done@remote.test", s_cancellationToken)).ShouldBeFalse();
        queue.Sets.ShouldBeEmpty();
        (await client.Queue.CancelAsync(id, "@remote.test", s_cancellationToken)).ShouldBeTrue();
        queue.Sets.Single().GetProperty("update").GetProperty(JmapId.FromNumber(id)).GetRawText().ShouldBe("""{"recipients/a~1b@remote.test":null}""");
        (await client.Queue.CancelAsync(id, "a/b@remote.test", s_cancellationToken)).ShouldBeFalse();
        MailServerException e = await Should.ThrowAsync<MailServerException>(() => client.Queue.CancelAsync(id, "nobody@remote.test", s_cancellationToken));
        (e.Code, e.Item).ShouldBe((MailErrorCode.NotFound, "nobody@remote.test"));
    }

    [Fact]
    public async Task A_recipient_whose_address_is_a_part_of_another_is_cancelled_alone()
    {
        var queue = new FakeJmapQueue();
        ulong id = queue.Add("a@example.org", queue.Time.Now, "ann@remote.test", "joann@remote.test");
        using MailClient client = await queue.ConnectAsync();
        (await client.Queue.CancelAsync(id, "ann@remote.test", s_cancellationToken)).ShouldBeTrue();
        queue.Messages[id].Recipients.Select(recipient => recipient.Status).ShouldBe(["PermanentFailure", "Scheduled"]);
    }

    [Fact]
    public async Task All_that_match_are_cancelled_by_id_in_sets_and_what_had_left_is_told()
    {
        var queue = new FakeJmapQueue(1100);
        ulong other = queue.Add("a@example.org", queue.Time.Now.AddHours(1), "a@else.test");
        ulong[] matched = [.. queue.Messages.Keys.Except([other])];
        queue.InterceptSet = _ =>
        {
            queue.Messages.Remove(matched[0]);
            queue.InterceptSet = null;
            return null;
        };
        using MailClient client = await queue.ConnectAsync();
        QueueCancellation cancellation = await client.Queue.CancelAsync(QueueFilter.Create(null, null, "REMOTE.test"), s_cancellationToken);
        cancellation.Matched.ShouldBe(matched);
        cancellation.Remaining.ShouldBeEmpty();
        cancellation.LeftBefore.ShouldBe([matched[0]]);
        queue.Messages.Keys.ShouldBe([other]);
        queue.Sets.Select(set => set.GetProperty("destroy").GetArrayLength()).ShouldBe([500, 500, 100]);
    }

    [Fact]
    public async Task What_one_set_could_not_cancel_is_cancelled_by_id_afterwards()
    {
        var queue = new FakeJmapQueue(3);
        ulong stubborn = queue.Messages.Keys.First();
        queue.InterceptSet = arguments =>
        {
            queue.InterceptSet = null;
            string[] ids = [.. queue.Messages.Keys.Select(JmapId.FromNumber)];
            foreach (ulong id in queue.Messages.Keys.Skip(1).ToArray())
            {
                queue.Messages.Remove(id);
            }
            return ("x:QueuedMessage/set", $$$"""{"destroyed":["{{{ids[1]}}}","{{{ids[2]}}}"],"notDestroyed":{"{{{ids[0]}}}":{"type":"forbidden"} } }""");
        };
        using MailClient client = await queue.ConnectAsync();
        QueueCancellation cancellation = await client.Queue.CancelAsync(QueueFilter.Everything, s_cancellationToken);
        cancellation.Remaining.ShouldBeEmpty();
        queue.Sets[^1].GetProperty("destroy")[0].GetString().ShouldBe(JmapId.FromNumber(stubborn));
    }

    [Fact]
    public async Task A_set_that_is_forbidden_as_a_whole_ends_it()
    {
        var queue = new FakeJmapQueue(3) { InterceptSet = _ => ("error", """{"type":"forbidden"}""") };
        using MailClient client = await queue.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(() => client.Queue.CancelAsync(QueueFilter.Everything, s_cancellationToken))).Code.ShouldBe(MailErrorCode.Forbidden);
        (await Should.ThrowAsync<MailServerException>(() => client.Queue.RescheduleAsync(QueueFilter.Everything, null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.Forbidden);
        queue.Sets.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_reschedule_moves_all_of_a_message_or_the_recipients_of_one_domain()
    {
        var queue = new FakeJmapQueue();
        DateTimeOffset due = queue.Time.Now.AddMinutes(10);
        DateTimeOffset at = queue.Time.Now.AddHours(3);
        ulong id = queue.Add("a@example.org", due, "a@remote.test", "b@else.remote.test", "c@remote.test");
        queue.Messages[id].Recipients[2].Status = "Completed";
        using MailClient client = await queue.ConnectAsync();
        (await client.Queue.RescheduleAsync(id, at, "Remote.test", s_cancellationToken)).ShouldBeTrue();
        queue.Messages[id].Recipients.Select(recipient => recipient.Due).ShouldBe([at, due, due]);
        (await client.Queue.RescheduleAsync(id, null, null, s_cancellationToken)).ShouldBeTrue();
        queue.Messages[id].Recipients[0].Due.ShouldBe(queue.Time.Now);
        (await Should.ThrowAsync<MailServerException>(() => client.Queue.RescheduleAsync(id, at, "nobody.test", s_cancellationToken))).Code.ShouldBe(MailErrorCode.NotFound);
        MailServerException late = await Should.ThrowAsync<MailServerException>(() => client.Queue.RescheduleAsync(id, queue.Time.Now.AddDays(4), null, s_cancellationToken));
        (late.Code, late.Field).ShouldBe((MailErrorCode.RejectedByClient, "at"));
        // The expiry stays: later it cannot be moved further either.
        late.Message.ShouldEndWith("Choose an earlier time.");
        (await Should.ThrowAsync<MailServerException>(() => client.Queue.RescheduleAsync(id, queue.Time.Now.AddSeconds(-1), null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.RejectedByClient);
        queue.Sets.Count.ShouldBe(2);
    }

    [Fact]
    public async Task All_that_match_are_rescheduled_in_sets()
    {
        var queue = new FakeJmapQueue(700);
        DateTimeOffset at = queue.Time.Now.AddHours(5);
        using MailClient client = await queue.ConnectAsync();
        (await client.Queue.RescheduleAsync(QueueFilter.Create("@remote.test", null, null), at, s_cancellationToken)).ShouldBeTrue();
        queue.Messages.Values.ShouldAllBe(message => message.Due == at);
        queue.Sets.Select(set => set.GetProperty("update").EnumerateObject().Count()).ShouldBe([500, 200]);
        (await client.Queue.RescheduleAsync(QueueFilter.Create("nobody", null, null), at, s_cancellationToken)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_answer_is_looked_up(bool wasDone)
    {
        var queue = new FakeJmapQueue(1);
        ulong id = queue.Messages.Keys.Single();
        DateTimeOffset at = queue.Time.Now.AddHours(3);
        queue.InterceptSet = _ =>
        {
            queue.Messages[id].Recipients[0].Due = wasDone ? at : queue.Messages[id].Recipients[0].Due;
            return ("x:QueuedMessage/set", """{"updated":{}}""");
        };
        using MailClient client = await queue.ConnectAsync();
        Task<bool> run = client.Queue.RescheduleAsync(id, at, null, s_cancellationToken);
        if (wasDone)
        {
            (await run).ShouldBeTrue();
        }
        else
        {
            (await Should.ThrowAsync<MailServerException>(() => run)).Code.ShouldBe(MailErrorCode.OutcomeUnknown);
        }
        queue.Sets.Count.ShouldBe(1);
    }

    private static FakeJmapQueue CreateMixed()
    {
        var queue = new FakeJmapQueue();
        DateTimeOffset due = queue.Time.Now.AddMinutes(1);
        queue.Add("John@example.org", due, "Upper@remote.test");
        queue.Add("Jane@example.org", due, "a@remote.test");
        queue.Add("jane@example.org", due, "42@third.test");
        return queue;
    }

    private static async Task<MailQueueMessage[]> ListAsync(MailClient client, QueueQuery query, Action<long>? onTotal = null) =>
        await client.Queue.ListAsync(query, onTotal, s_cancellationToken).ToArrayAsync(s_cancellationToken);
}
