using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox;

/// <summary>What a sandbox of 0.16 keeps of mail: its log, reports, blobs, samples and tasks, beyond what the recording tells.</summary>
public sealed class JmapMailRecordTests
{
    private const string Mail = "From: ann@delivered.test\nSubject: Hello\n\nA line.\n";

    private readonly JmapSandbox _sandbox = new(new FrozenTime());

    [Fact]
    public async Task The_log_tells_of_each_message_by_events_that_the_server_knows()
    {
        await _sandbox.AddAccountAsync("jane");
        Deliver("jane@example.org", "jane@example.org", "gone@bounce.test", "down@elsewhere.test", "slow@silent.test", "jane@example.org");
        Deliver(null, "ann@delivered.test", "jane@example.org");
        _sandbox.Server.Clock.Advance(TimeSpan.FromDays(4));
        JsonElement[] lines = await ListAsync("Log");
        string[] events = [.. lines.Select(line => line.GetProperty("event").GetString()!).Distinct()];
        IReadOnlyList<string> known = MailAdmin.Sandbox.Registry.RegistrySchema.Default.Enums["EventType"];
        events.ShouldBeSubsetOf(known);
        string[] expected = ["queue.authenticated-message-queued", "queue.message-queued", "queue.dsn-queued", "delivery.completed", "message-ingest.ham", "queue.rescheduled", "delivery.dsn-perm-fail"];
        expected.ShouldBeSubsetOf(events);
        lines.Select(line => line.GetProperty("timestamp").GetString()).ShouldBeInOrder(SortDirection.Descending);
        lines.ShouldContain(line => line.GetProperty("details").GetString()!.Contains("to = [\"jane@example.org\"]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_logged_that_no_tracer_writes()
    {
        string id = (await ListAsync("Tracer")).ShouldHaveSingleItem().GetProperty("id").GetString()!;
        await _sandbox.CallAsync("x:Tracer/set", $$"""{"update":{"{{id}}":{"enable":false} } }""");
        await _sandbox.CallAsync("x:SpamPyzor/set", """{"update":{"singleton":{"enable":false}}}""");
        await _sandbox.CallAsync("x:Action/set", """{"create":{"a":{"@type":"ReloadSettings"}}}""");
        CapturedResponse refused = await _sandbox.Server.SendAsync(
            "POST", "/jmap", """{"using":["urn:ietf:params:jmap:core","urn:stalwart:jmap"],"methodCalls":[["x:Log/query",{},"0"]]}""", contentType: "application/json");
        refused.Json.GetProperty("methodResponses")[0][1].GetProperty("type").GetString().ShouldBe("invalidArguments");
    }

    [Fact]
    public async Task A_report_is_kept_for_thirty_days()
    {
        var server = new SandboxServer(new SandboxOptions { ServerVersion = "0.16", TimeProvider = new FrozenTime() });
        (await CountAsync(server, "DmarcExternalReport")).ShouldBe(3);
        (await CountAsync(server, "TlsExternalReport")).ShouldBe(2);
        (await CountAsync(server, "ArfExternalReport")).ShouldBe(2);
        server.Clock.Advance(TimeSpan.FromDays(31));
        (await CountAsync(server, "DmarcExternalReport")).ShouldBe(0);
    }

    [Fact]
    public async Task A_report_to_be_sent_that_was_put_off_is_still_there_after_its_day()
    {
        await _sandbox.AddAccountAsync("jane");
        Spoof("From: news@sender.test\n\nSpoofed\n");
        Spoof("From: news@sender.test\n\nSpoofed\n");
        JsonElement report = (await ListAsync("DmarcInternalReport")).ShouldHaveSingleItem();
        report.GetProperty("report").GetProperty("records").GetProperty("0").GetProperty("count").GetInt32().ShouldBe(2);
        string id = report.GetProperty("id").GetString()!;
        string later = (_sandbox.Server.Clock.GetUtcNow() + TimeSpan.FromDays(3)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        await _sandbox.CallAsync("x:DmarcInternalReport/set", $$"""{"update":{"{{id}}":{"deliverAt":"{{later}}"} } }""");
        _sandbox.Server.Clock.Advance(TimeSpan.FromDays(2));
        (await ListAsync("DmarcInternalReport")).ShouldHaveSingleItem().GetProperty("deliverAt").GetString().ShouldBe(later);
        _sandbox.Server.Clock.Advance(TimeSpan.FromDays(2));
        (await ListAsync("DmarcInternalReport")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_mail_of_users_is_not_searched_for_reports()
    {
        await _sandbox.AddAccountAsync("jane");
        await _sandbox.AddAccountAsync("dmarc");
        Deliver("jane@example.org", "jane@example.org", "dmarc@example.org").ShouldBeNull();
        Deliver(null, "ann@delivered.test", "dmarc@example.org").ShouldBeNull();
        _sandbox.Server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await ListAsync("Log")).Count(line => line.GetProperty("event").GetString() == "message-ingest.ham").ShouldBe(1, "what others write there is read, and no more");
    }

    [Fact]
    public async Task An_upload_is_read_by_its_owner_until_it_expires()
    {
        string jane = await _sandbox.AddAccountAsync("jane");
        await _sandbox.AddAccountAsync("john");
        CapturedResponse upload = await _sandbox.Server.SendAsync("POST", $"/jmap/upload/{jane}/", "content", JmapSandbox.Jane, contentType: "text/plain");
        string blob = upload.Json.GetProperty("blobId").GetString()!;
        (await DownloadAsync(blob, JmapSandbox.Jane)).Text.ShouldBe("content");
        (await DownloadAsync(blob, JmapSandbox.Login("john@example.org", JmapSandbox.Password))).Status.ShouldBe(404);
        (await DownloadAsync(blob[..^1], JmapSandbox.Jane)).Status.ShouldBe(404);
        _sandbox.Server.Clock.Advance(TimeSpan.FromDays(2));
        (await DownloadAsync(blob, JmapSandbox.Jane)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Pieces_are_joined_to_one_blob()
    {
        string jane = await _sandbox.AddAccountAsync("jane");
        JsonElement made = await CallBlobAsync("Blob/upload", $$"""{"accountId":"{{jane}}","create":{"a":{"data":[{"data:asText":"one "},{"data:asBase64":"dHdv/w=="}]},"b":{"data":[{"blobId":"nothing"}]} } }""");
        made.GetProperty("created").GetProperty("a").GetProperty("size").GetInt32().ShouldBe(8);
        made.GetProperty("notCreated").GetProperty("b").GetProperty("type").GetString().ShouldBe("invalidProperties");
        JsonElement read = await CallBlobAsync("Blob/get", $$"""{"accountId":"{{jane}}","ids":["{{made.GetProperty("created").GetProperty("a").GetProperty("id")}}"]}""");
        read.GetProperty("list")[0].GetProperty("data:asBase64").GetString().ShouldBe("b25lIHR3b/8=", "no text");
    }

    [Fact]
    public async Task Training_leaves_the_newest_sample_of_a_message()
    {
        string jane = await _sandbox.AddAccountAsync("jane");
        string blob = (await _sandbox.Server.SendAsync("POST", $"/jmap/upload/{jane}", Mail, contentType: "message/rfc822")).Json.GetProperty("blobId").GetString()!;
        await _sandbox.CallAsync("x:SpamTrainingSample/set", $$"""{"create":{"a":{"blobId":"{{blob}}","isSpam":true} } }""");
        JsonElement made = await _sandbox.CallAsync("x:SpamTrainingSample/set", $$"""{"create":{"b":{"blobId":"{{blob}}","isSpam":false} } }""");
        (await ListAsync("SpamTrainingSample")).Length.ShouldBe(2);
        await _sandbox.CallAsync("x:Task/set", """{"create":{"n":{"@type":"SpamFilterMaintenance","maintenanceType":"train"}}}""");
        (await ListAsync("SpamTrainingSample")).ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(made.GetProperty("created").GetProperty("b").GetProperty("id").GetString());
        (await ListAsync("Task")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_task_runs_when_it_is_due()
    {
        string jane = await _sandbox.AddAccountAsync("jane");
        string due = (_sandbox.Server.Clock.GetUtcNow() + TimeSpan.FromHours(1)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        await _sandbox.CallAsync("x:Task/set", $$"""{"create":{"n":{"@type":"AccountMaintenance","accountId":"{{jane}}","maintenanceType":"purge","status":{"@type":"Pending","due":"{{due}}"} } } }""");
        (await ListAsync("Task")).ShouldHaveSingleItem().GetProperty("due").GetString().ShouldBe(due);
        _sandbox.Server.Clock.Advance(TimeSpan.FromHours(1));
        (await ListAsync("Task")).ShouldBeEmpty();
    }

    private string? Spoof(string message) => _sandbox.Server.Deliver(null, "news@sender.test", ["jane@example.org"], Encoding.ASCII.GetBytes(message));

    private string? Deliver(string? login, string from, params string[] to) => _sandbox.Server.Deliver(login, from, to, Encoding.ASCII.GetBytes(Mail));

    private Task<CapturedResponse> DownloadAsync(string blob, string authorization) => _sandbox.Server.SendAsync("GET", $"/jmap/download/a/{blob}/x", authorization: authorization);

    private async Task<JsonElement[]> ListAsync(string type) => [.. (await _sandbox.CallAsync($"x:{type}/get", """{"ids":null}""")).GetProperty("list").EnumerateArray()];

    private async Task<JsonElement> CallBlobAsync(string method, string arguments)
    {
        string body = $$"""{"using":["urn:ietf:params:jmap:core","urn:ietf:params:jmap:blob"],"methodCalls":[["{{method}}",{{arguments}},"0"]]}""";
        return (await _sandbox.Server.SendAsync("POST", "/jmap", body, JmapSandbox.Jane, contentType: "application/json")).Json.GetProperty("methodResponses")[0][1];
    }

    private static async Task<int> CountAsync(SandboxServer server, string type)
    {
        string body = $$"""{"using":["urn:ietf:params:jmap:core","urn:stalwart:jmap"],"methodCalls":[["x:{{type}}/query",{"calculateTotal":true},"0"]]}""";
        return (await server.SendAsync("POST", "/jmap", body, contentType: "application/json")).Json.GetProperty("methodResponses")[0][1].GetProperty("total").GetInt32();
    }
}
