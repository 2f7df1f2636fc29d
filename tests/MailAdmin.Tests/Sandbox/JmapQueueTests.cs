using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

/// <summary>The queue of a sandbox of 0.16, beyond what the recording tells of it.</summary>
public sealed class JmapQueueTests
{
    private readonly JmapSandbox _sandbox = new(new FrozenTime());

    [Fact]
    public async Task Each_recipient_is_tried_and_the_sender_is_told_of_those_who_never_got_it()
    {
        await _sandbox.AddAccountAsync("jane");
        Send("jane@example.org", "ok@delivered.test", "gone@bounce.test", "wait@remote.test", "slow@silent.test");
        _sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(1));

        JsonElement message = (await ListAsync()).ShouldHaveSingleItem();
        Status(message, "ok@delivered.test").ShouldBe("Completed");
        Status(message, "gone@bounce.test").ShouldBe("PermanentFailure");
        Status(message, "wait@remote.test").ShouldBe("TemporaryFailure");
        message.GetProperty("recipients").GetProperty("slow@silent.test").GetProperty("status").GetProperty("errorType").GetString().ShouldBe("dnsError");
        long first = await GetUsedAsync();
        first.ShouldBeGreaterThan(0, "the bounce is in her mailbox");

        _sandbox.Server.Clock.Advance(TimeSpan.FromDays(3));
        (await ListAsync()).ShouldBeEmpty("it has expired");
        (await GetUsedAsync()).ShouldBeGreaterThan(first);
    }

    [Fact]
    public async Task A_paused_queue_keeps_what_is_due_until_it_runs_again()
    {
        await _sandbox.AddAccountAsync("jane");
        await ActAsync("PauseMtaQueue");
        Send("jane@example.org", "ok@delivered.test");
        _sandbox.Server.Clock.Advance(TimeSpan.FromHours(5));
        Status((await ListAsync()).ShouldHaveSingleItem(), "ok@delivered.test").ShouldBe("Scheduled");
        await ActAsync("ResumeMtaQueue");
        _sandbox.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_cancelled_for_everybody_goes_without_a_bounce()
    {
        await _sandbox.AddAccountAsync("jane");
        Send("jane@example.org", "a@remote.test", "b@remote.test");
        _sandbox.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        string id = (await ListAsync()).ShouldHaveSingleItem().GetProperty("id").GetString()!;
        await _sandbox.CallAsync("x:QueuedMessage/set", $$"""{"update":{"{{id}}":{"recipients/a@remote.test":null,"recipients/b@remote.test":null} } }""");
        (await ListAsync()).ShouldBeEmpty();
        (await GetUsedAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_cancelled_for_one_is_in_the_bounce_of_the_rest()
    {
        await _sandbox.AddAccountAsync("jane");
        Send("jane@example.org", "a@remote.test", "b@remote.test");
        _sandbox.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        string id = (await ListAsync()).ShouldHaveSingleItem().GetProperty("id").GetString()!;
        await _sandbox.CallAsync("x:QueuedMessage/set", $$"""{"update":{"{{id}}":{"recipients/a@remote.test":null} } }""");
        Status((await ListAsync()).ShouldHaveSingleItem(), "a@remote.test").ShouldBe("PermanentFailure");
        _sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(3));
        (await GetUsedAsync()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_recipient_that_was_tried_as_often_as_wanted_has_expired()
    {
        await _sandbox.AddAccountAsync("jane");
        Send("jane@example.org", "a@remote.test");
        _sandbox.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        string id = (await ListAsync()).ShouldHaveSingleItem().GetProperty("id").GetString()!;
        await _sandbox.CallAsync("x:QueuedMessage/set", $$"""{"update":{"{{id}}":{"recipients/a@remote.test/expires":{"@type":"Attempts","expiresAttempts":1} } } }""");
        _sandbox.Server.Clock.Advance(TimeSpan.FromMinutes(3));
        (await ListAsync()).ShouldBeEmpty("one attempt was made, and no more were wanted");
    }

    [Fact]
    public async Task A_list_is_opened_with_the_lists_in_it()
    {
        string domain = (await _sandbox.CallAsync("x:Domain/query", """{"filter":{"name":"example.org"}}""")).GetProperty("ids")[0].GetString()!;
        await _sandbox.CallAsync("x:MailingList/set", $$"""
            {"create":{"a":{"name":"all","domainId":"{{domain}}","recipients":{"some@example.org":true,"x@remote.test":true} },
            "b":{"name":"some","domainId":"{{domain}}","recipients":{"all@example.org":true,"y@Remote.Test":true} } } }
            """);
        Send(null, "all@example.org").ShouldBeNull();
        JsonElement message = (await ListAsync()).ShouldHaveSingleItem();
        message.GetProperty("recipients").EnumerateObject().Select(recipient => recipient.Name).ShouldBe(["x@remote.test", "y@remote.test"], ignoreOrder: true);
        message.GetProperty("recipients").GetProperty("y@remote.test").GetProperty("orcpt").GetString().ShouldBe("rfc822;all@example.org");
    }

    [Fact]
    public async Task Only_who_acts_for_everybody_reads_a_queued_message()
    {
        await _sandbox.AddAccountAsync("jane");
        Send("jane@example.org", "a@remote.test");
        string blob = (await ListAsync()).ShouldHaveSingleItem().GetProperty("blobId").GetString()!;
        CapturedResponse read = await _sandbox.Server.SendAsync("GET", $"/jmap/download/d333333/{blob}/m.eml?accept=message/rfc822");
        read.Response.ContentType.ShouldBe("message/rfc822");
        read.Text.ShouldBe("Subject: Hello\r\n\r\nA line.\r\n");
        (await _sandbox.Server.SendAsync("GET", $"/jmap/download/d333333/{blob}/m.eml", authorization: JmapSandbox.Jane)).Status.ShouldBe(404);
    }

    [Fact]
    public void Mail_to_others_is_taken_from_users_only_and_to_nobody_never()
    {
        Send(null, "a@remote.test").ShouldNotBeNull();
        Send(null, "nobody@example.org").ShouldNotBeNull();
        Send("nobody@example.org", "a@remote.test").ShouldNotBeNull();
    }

    [Fact]
    public void Both_families_have_the_same_mail_in_their_queue()
    {
        var time = new FrozenTime();
        string[] rest = [.. new SandboxServer(new SandboxOptions { ServerVersion = "0.15", TimeProvider = time }).Rest.Queue.Find(_ => true).Select(Describe).Order(StringComparer.Ordinal)];
        string[] jmap = [.. new SandboxServer(new SandboxOptions { ServerVersion = "0.16", TimeProvider = time }).Jmap.Queue.Find(_ => true).Select(Describe).Order(StringComparer.Ordinal)];
        jmap.ShouldBe(rest);
        jmap.Length.ShouldBeGreaterThan(5);
        string Describe(MailAdmin.Sandbox.Queue.QueuedMessage message) =>
            $"{message.ReturnPath} {message.Created} {string.Join(' ', message.Recipients.Select(recipient => $"{recipient.Address} {recipient.Outcome.Kind}").Order(StringComparer.Ordinal))}";
    }

    private string? Send(string? from, params string[] to) =>
        _sandbox.Server.Deliver(from, from ?? "ann@delivered.test", to, Encoding.ASCII.GetBytes("Subject: Hello\n\nA line.\n"));

    private Task<JsonElement> ActAsync(string action) => _sandbox.CallAsync("x:Action/set", $$"""{"create":{"a":{"@type":"{{action}}"} } }""");

    private async Task<JsonElement[]> ListAsync() => [.. (await _sandbox.CallAsync("x:QueuedMessage/get", """{"ids":null}""")).GetProperty("list").EnumerateArray()];

    private async Task<long> GetUsedAsync() => (await _sandbox.CallAsync("x:Account/get", """{"ids":null,"properties":["name","usedDiskQuota"]}""")).GetProperty("list")
        .EnumerateArray().Single(account => account.GetProperty("name").GetString() == "jane").GetProperty("usedDiskQuota").GetInt64();

    private static string Status(JsonElement message, string recipient) =>
        message.GetProperty("recipients").GetProperty(recipient).GetProperty("status").GetProperty("@type").GetString()!;
}
