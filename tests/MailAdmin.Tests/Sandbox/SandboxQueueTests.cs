using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Sandbox;

public sealed class SandboxQueueTests
{
    private readonly FrozenTime _time = new();
    private readonly SandboxServer _server;

    public SandboxQueueTests() => _server = new SandboxServer(new SandboxOptions { Empty = true, TimeProvider = _time });

    [Fact]
    public async Task A_message_under_delivery_survives_a_bulk_cancellation_and_the_second_call_gets_it()
    {
        await StartAsync();
        Deliver("a@remote.test");
        (await _server.SendAsync("DELETE", "/api/queue/messages?text=remote")).Data.GetBoolean().ShouldBeTrue();
        (await CountAsync()).ShouldBe(0);
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await CountAsync()).ShouldBe(1, "its worker wrote it back");
        (await _server.SendAsync("DELETE", "/api/queue/messages?text=remote")).Data.GetBoolean().ShouldBeTrue();
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Greylisted_mail_is_tried_by_the_schedule_and_bounces_after_five_days()
    {
        await StartAsync();
        Deliver("a@remote.test");
        var retries = new List<double>();
        DateTimeOffset before = _time.Now;
        while (await CountAsync() > 0)
        {
            _server.Clock.Advance(TimeSpan.FromSeconds(60));
            if (await CountAsync() == 0)
            {
                break;
            }

            DateTimeOffset next = (await OneAsync()).GetProperty("next_retry").GetDateTimeOffset();
            if (next != before)
            {
                retries.Add((next - before).TotalMinutes);
            }

            before = next;
        }

        retries[..8].ShouldBe([2, 5, 10, 15, 30, 60, 120, 120], tolerance: 0.05);
        (_server.Clock.GetUtcNow() - _time.Now).TotalDays.ShouldBe(5, tolerance: 0.01);
        (await _server.SendAsync("DELETE", "/api/store/uids/john")).Data[1].GetInt32().ShouldBe(4, "late after one day, three days more, and failed: three letters beside the probe");
    }

    [Fact]
    public async Task A_started_queue_sleeps_until_something_happens()
    {
        await StartAsync();
        (await _server.SendAsync("PATCH", "/api/queue/status/stop")).Data.GetBoolean().ShouldBeTrue();
        Deliver("a@delivered.test");
        (await _server.SendAsync("PATCH", "/api/queue/status/whatever")).Data.GetBoolean().ShouldBeFalse();
        _server.Clock.Advance(TimeSpan.FromHours(1));
        (await CountAsync()).ShouldBe(1);
        Deliver("b@delivered.test");
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        (await CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_raw_message_is_a_blob_until_it_is_purged()
    {
        await StartAsync();
        Deliver("a@remote.test");
        JsonElement listed = (await _server.SendAsync("GET", "/api/queue/messages?values=1")).Data.GetProperty("items")[0];
        (JsonElement id, string path) = (listed.GetProperty("id"), $"/api/store/blobs/{listed.GetProperty("blob_hash").GetString()}");
        id.GetUInt64().ShouldBeGreaterThan(1UL << 53);
        (await _server.SendAsync("GET", path)).Text.ShouldStartWith("Subject: hello");
        (await _server.SendAsync("GET", path + "?offset=9&limit=5")).Text.ShouldBe("hello");
        (await _server.SendAsync("GET", "/api/store/purge/blob")).Error.ShouldBeNull();
        (await _server.SendAsync("GET", path)).Text.ShouldStartWith("Subject: hello", customMessage: "it is still needed");
        _server.Clock.Advance(TimeSpan.FromSeconds(1));
        await _server.SendAsync("DELETE", $"/api/queue/messages/{id}");
        await _server.SendAsync("GET", "/api/store/purge/blob");
        (await _server.SendAsync("GET", path)).Error.ShouldBe("notFound");
    }

    [Fact]
    public async Task A_silent_domain_takes_long_to_fail_and_a_bad_certificate_is_forgiven_the_second_time()
    {
        await StartAsync();
        Deliver("a@silent.test");
        Deliver("b@badcert.test");
        _server.Clock.Advance(TimeSpan.FromSeconds(5));
        JsonElement states = (await _server.SendAsync("GET", "/api/queue/messages?values=1")).Data.GetProperty("items");
        states[0].GetProperty("domains")[0].GetProperty("status").GetString().ShouldBe("scheduled");
        states[1].GetProperty("domains")[0].GetProperty("status").GetProperty("temp_fail").GetString()!.ShouldContain("certificate");
        _server.Clock.Advance(TimeSpan.FromSeconds(125));
        (await OneAsync()).GetProperty("status").GetProperty("temp_fail").GetString()!.ShouldContain("timed out");
    }

    [Fact]
    public async Task Who_may_not_look_at_the_queue_may_not()
    {
        await StartAsync();
        string john = SandboxServerExtensions.CreateBasicAuthorization("john", "john-secret");
        foreach ((string method, string path) in new[] { ("GET", "messages"), ("PATCH", "messages"), ("DELETE", "messages/1"), ("GET", "status"), ("PATCH", "status/stop"), ("GET", "reports") })
        {
            (await _server.SendAsync(method, $"/api/queue/{path}", authorization: john)).Status.ShouldBe(403, path);
        }

        (await _server.SendAsync("GET", "/api/reports/dmarc", authorization: john)).Status.ShouldBe(403);
    }

    private async Task StartAsync()
    {
        await _server.AddUserAsync("john", "john-secret");
        _server.Deliver(null, "probe@sender.example", ["john@example.org"], "Subject: probe\r\n\r\nprobe\r\n"u8.ToArray()).ShouldBeNull();
        (await CountAsync()).ShouldBe(0, "local mail is delivered at once");
    }

    private void Deliver(params string[] recipients) =>
        _server.Deliver("john", "john@example.org", recipients, Encoding.ASCII.GetBytes("Subject: hello\r\n\r\nhello\r\n")).ShouldBeNull();

    private async Task<int> CountAsync() => (await _server.SendAsync("GET", "/api/queue/messages")).Data.GetProperty("total").GetInt32();

    private async Task<JsonElement> OneAsync() =>
        (await _server.SendAsync("GET", "/api/queue/messages?values=1")).Data.GetProperty("items")[0].GetProperty("domains")[0];
}
