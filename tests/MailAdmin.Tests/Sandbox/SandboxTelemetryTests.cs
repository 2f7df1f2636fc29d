using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Sandbox;

/// <summary>Traces and metrics, which no recording shows: they take a licence. They have to tell what the sandbox really did.</summary>
public sealed class SandboxTelemetryTests : IDisposable
{
    private readonly FrozenTime _time = new();
    private readonly SandboxServer _server;
    private readonly HttpClient _client;

    public SandboxTelemetryTests()
    {
        _server = new SandboxServer(new SandboxOptions { Empty = true, Enterprise = true, TimeProvider = _time, DeliveryTime = TimeSpan.FromSeconds(2) });
        _client = new HttpClient(_server.CreateHandler()) { BaseAddress = new Uri("http://mx.example.org"), Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.AdminAuthorization);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_message_from_outside_leaves_a_trace_of_its_connection_and_one_of_its_delivery()
    {
        await _server.AddUserAsync("jane", "secret");
        Receive("press@delivered.test", "jane@example.org");
        (ulong delivery, ulong connection) = await IdsAsync() switch { [var newest, var oldest] => (newest, oldest), _ => default };
        connection.ShouldBeGreaterThan(1UL << 53);
        Types(await ShowAsync(connection)).ShouldBe(["smtp.connection-start", "smtp.ehlo", "smtp.mail-from", "smtp.rcpt-to", "queue.queue-message", "smtp.connection-end"]);
        Types(await ShowAsync(delivery)).ShouldBe(
        [
            "delivery.attempt-start", "delivery.domain-delivery-start", "message-ingest.ham", "delivery.delivered", "delivery.dsn-success", "delivery.completed", "delivery.attempt-end",
        ]);
        JsonElement queued = (await ShowAsync(connection))[4];
        queued.EnumerateObject().Select(member => member.Name).ShouldBe(["text", "details", "createdAt", "type", "data"]);
        queued.GetProperty("createdAt").GetString().ShouldBe("2026-11-23T10:00:00Z");
        queued.GetProperty("data").GetProperty("queueId").GetUInt64().ShouldBeGreaterThan(1UL << 53);
        queued.GetProperty("data").GetProperty("to").ToString().ShouldBe("""["jane@example.org"]""");
        (await ShowAsync(connection))[0].GetProperty("data").GetProperty("remoteIp").GetString().ShouldBe("192.0.2.25");
    }

    [Theory]
    [InlineData("a@delivered.test", "delivery.domain-delivery-start delivery.mx-lookup delivery.connect delivery.ehlo delivery.start-tls-unavailable delivery.mail-from delivery.delivered delivery.dsn-success delivery.completed")]
    [InlineData("a@remote.test", "delivery.domain-delivery-start delivery.mx-lookup delivery.connect delivery.ehlo delivery.start-tls-unavailable delivery.mail-from delivery.rcpt-to-rejected queue.rescheduled")]
    [InlineData("a@elsewhere.test", "delivery.domain-delivery-start delivery.mx-lookup delivery.connect-error queue.rescheduled")]
    [InlineData("a@badcert.test", "delivery.domain-delivery-start delivery.mx-lookup delivery.connect delivery.ehlo delivery.start-tls-error queue.rescheduled")]
    [InlineData("a@bounce.test", "delivery.domain-delivery-start delivery.mx-lookup delivery.connect delivery.ehlo delivery.start-tls-unavailable delivery.mail-from delivery.rcpt-to-rejected delivery.dsn-perm-fail queue.queue-dsn delivery.completed")]
    [InlineData("a@nowhere.test", "delivery.domain-delivery-start delivery.mx-lookup-failed delivery.dsn-perm-fail queue.queue-dsn delivery.completed")]
    public async Task Each_way_of_the_world_leaves_its_own_trace(string recipient, string expected)
    {
        await _server.AddUserAsync("jane", "secret");
        Submit("jane", recipient);
        _server.Clock.Advance(TimeSpan.FromSeconds(5));
        ulong first = (await IdsAsync("type=delivery.attempt-start"))[^1];
        JsonElement[] events = await ShowAsync(first);
        Types(events)[1..^1].ShouldBe(expected.Split(' '));
        events[^1].GetProperty("type").GetString().ShouldBe("delivery.attempt-end");
        events[^1].GetProperty("data").GetProperty("elapsed").GetInt64().ShouldBe(2000);
        JsonElement cause = events.FirstOrDefault(happened => happened.GetProperty("data").TryGetProperty("causedBy", out _));
        if (recipient == "a@elsewhere.test")
        {
            cause.GetProperty("data").GetProperty("causedBy").EnumerateObject().Select(member => member.Name).ShouldBe(["type", "text", "details", "data"]);
        }
    }

    [Fact]
    public async Task A_submission_is_signed_in_and_a_refused_message_leaves_no_trace()
    {
        await _server.AddUserAsync("jane", "secret");
        _server.Deliver(null, "a@remote.test", ["b@elsewhere.test"], "x"u8.ToArray()).ShouldNotBeNull();
        (await IdsAsync()).ShouldBeEmpty("nothing of it concerns a message");
        Submit("jane", "a@delivered.test");
        Types(await ShowAsync((await IdsAsync())[^1])).ShouldBe(
            ["smtp.connection-start", "smtp.ehlo", "auth.success", "smtp.mail-from", "smtp.rcpt-to", "queue.queue-message-authenticated", "smtp.connection-end"]);
    }

    [Fact]
    public async Task Lists_are_cut_filtered_and_newest_first()
    {
        await _server.AddUserAsync("jane", "secret");
        await _server.AddUserAsync("john", "secret");
        Receive("press@delivered.test", "jane@example.org");
        _server.Clock.Advance(TimeSpan.FromHours(1));
        Receive("news@remote.test", "john@example.org");
        ulong[] all = await IdsAsync();
        all.Length.ShouldBe(4);
        all.ShouldBe(all.OrderDescending());

        (await IdsAsync("type=delivery.attempt-start")).ShouldBe([all[0], all[2]]);
        (await IdsAsync("type=smtp.connection-start&limit=1&page=2")).ShouldBe([all[3]]);
        (await _server.SendAsync("GET", "/api/telemetry/traces?limit=1&page=9")).Text.ShouldBe("""{"data":{"items":[],"total":4}}""");
        (await IdsAsync("type=nonsense")).ShouldBe(all, "what is no event is as good as absent");
        (await IdsAsync("type=imap.select")).ShouldBeEmpty();
        (await IdsAsync("filter=john%40example.org")).ShouldBe(all[..2]);
        (await IdsAsync("filter=john+192.0.2.26")).ShouldBe([all[1]]);
        (await IdsAsync("filter=%22news%40remote.test%22")).ShouldBe(all[..2]);
        (await IdsAsync("filter=%22news+remote.test%22")).ShouldBeEmpty();
        (await IdsAsync("before=2026-11-23T10:30:00Z")).ShouldBe(all[2..]);
        (await IdsAsync("after=2026-11-23T10:30:00Z")).ShouldBe(all[..2]);
        (await IdsAsync("after=yesterday")).ShouldBe(all);
        ulong queueId = (await ShowAsync(all[2]))[0].GetProperty("data").GetProperty("queueId").GetUInt64();
        (await IdsAsync($"queue_id={queueId}")).ShouldBe(all[2..]);
        (await IdsAsync($"queue-id={queueId}")).ShouldBe(all, "no such parameter");
    }

    [Fact]
    public async Task With_values_each_span_is_its_headline_with_its_number_and_without_words()
    {
        await _server.AddUserAsync("jane", "secret");
        Receive("press@delivered.test", "jane@example.org");
        ulong[] ids = await IdsAsync();
        JsonElement[] items = (await _server.SendAsync("GET", "/api/telemetry/traces?values=1")).Data.GetProperty("items").EnumerateArray().ToArray();
        Types(items).ShouldBe(["delivery.attempt-start", "queue.queue-message"]);
        items.Select(item => item.GetProperty("data").GetProperty("spanId").GetUInt64()).ShouldBe(ids);
        items.ShouldAllBe(item => string.Join(' ', item.EnumerateObject().Select(member => member.Name)) == "createdAt type data");
    }

    [Fact]
    public async Task One_trace_is_a_list_several_are_a_list_of_lists_and_what_is_no_number_is_empty()
    {
        await _server.AddUserAsync("jane", "secret");
        Receive("press@delivered.test", "jane@example.org");
        ulong[] ids = await IdsAsync();
        (await GetAsync($"/api/telemetry/trace/{ids[0]}"))[0].ValueKind.ShouldBe(JsonValueKind.Object);
        (await GetAsync($"/api/telemetry/trace/{ids[0]},{ids[1]}")).EnumerateArray().Select(list => list.GetArrayLength()).ShouldBe([7, 6]);
        (await GetAsync($"/api/telemetry/trace/{ids[0]},x,1")).EnumerateArray().Select(list => list.GetArrayLength()).ShouldBe([7, 0, 0]);
        (await GetAsync($"/api/telemetry/trace?id={ids[1]}")).EnumerateArray().Select(list => list.GetArrayLength()).ShouldBe([6]);
        (await GetAsync("/api/telemetry/trace/x")).GetArrayLength().ShouldBe(0);
        (await GetAsync("/api/telemetry/trace/1")).GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("/api/telemetry/traces", "tracing-list")]
    [InlineData("/api/telemetry/trace/1", "tracing-get")]
    [InlineData("/api/telemetry/traces/live", "tracing-live")]
    [InlineData("/api/telemetry/metrics", "metrics-list")]
    [InlineData("/api/telemetry/metrics/live", "metrics-live")]
    public async Task Each_call_has_its_permission_and_without_a_licence_none_is_asked_for(string path, string permission)
    {
        await _server.AddUserAsync("jane", "secret");
        string jane = SandboxServerExtensions.CreateBasicAuthorization("jane", "secret");
        (await StatusAsync(path, jane)).ShouldBe(403);
        await _server.SendAsync("PATCH", "/api/principal/jane", $$"""[{"action":"addItem","field":"enabledPermissions","value":"{{permission}}"}]""");
        (await StatusAsync(path, jane)).ShouldBe(200);

        var community = new SandboxServer(new SandboxOptions { Empty = true });
        await community.AddUserAsync("jane", "secret");
        (await community.SendAsync("GET", path, authorization: jane)).Error.ShouldBe("unsupported");
    }

    [Fact]
    public async Task Metrics_of_an_hour_are_history_when_it_is_over()
    {
        await _server.AddUserAsync("jane", "secret");
        Receive("press@delivered.test", "jane@example.org");
        (await GetAsync("/api/telemetry/metrics")).GetArrayLength().ShouldBe(0);
        _server.Clock.Advance(TimeSpan.FromHours(1));
        Receive("press@delivered.test", "jane@example.org");
        Submit("jane", "a@remote.test");
        _server.Clock.Advance(TimeSpan.FromHours(1));

        JsonElement[] all = (await GetAsync("/api/telemetry/metrics")).EnumerateArray().ToArray();
        Values(all, "queue.queue-message").ShouldBe([("2026-11-23T11:00:00Z", 1), ("2026-11-23T12:00:00Z", 1)]);
        Values(all, "domain.count").ShouldBe([("2026-11-23T11:00:00Z", 1), ("2026-11-23T12:00:00Z", 1)]);
        Values(all, "queue.count").ShouldBe([("2026-11-23T11:00:00Z", 0), ("2026-11-23T12:00:00Z", 1)]);
        all.Single(metric => Id(metric) == "message.authenticated-size").ToString().ShouldBe(
            """{"type":"histogram","id":"message.authenticated-size","timestamp":"2026-11-23T12:00:00Z","count":1,"sum":81}""");
        (await GetAsync("/api/telemetry/metrics?after=2026-11-23T11:30:00Z")).EnumerateArray().ShouldAllBe(metric => metric.GetProperty("timestamp").GetString() == "2026-11-23T12:00:00Z");
        (await GetAsync("/api/telemetry/metrics?before=2026-11-23T11:30:00Z")).EnumerateArray().ShouldAllBe(metric => metric.GetProperty("timestamp").GetString() == "2026-11-23T11:00:00Z");
    }

    [Fact]
    public async Task Live_metrics_come_at_once_and_again_with_what_happened_meanwhile()
    {
        await _server.AddUserAsync("jane", "secret");
        await using EventStreamReader stream = await EventStreamReader.OpenAsync(_client, "/api/telemetry/metrics/live?interval=5&metrics=user.count,queue.count,queue.queue-message-authenticated,message.authenticated-size");
        DateTimeOffset before = _server.Clock.GetUtcNow();
        SseItem<JsonElement> first = (await stream.ReadNextAsync())!.Value;
        first.EventType.ShouldBe("metrics");
        first.Data.ToString().ShouldBe("""[{"id":"queue.count","type":"gauge","value":0},{"id":"user.count","type":"gauge","value":1}]""");
        Submit("jane", "a@remote.test");
        SseItem<JsonElement> second = await stream.ReadNextAsync(_server.Clock);
        second.Data.ToString().ShouldBe(
            """[{"id":"queue.queue-message-authenticated","type":"counter","value":1},{"id":"queue.count","type":"gauge","value":1},{"id":"user.count","type":"gauge","value":1},{"id":"message.authenticated-size","type":"histogram","count":1,"sum":81}]""");
        (_server.Clock.GetUtcNow() - before).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_class_of_metrics_of_which_none_is_named_is_sent_in_full()
    {
        JsonElement[] counters = await FirstAsync("metrics=queue.count");
        counters.Where(metric => metric.GetProperty("type").GetString() == "counter").Select(Id).ShouldContain("http.request-url");
        counters.Where(metric => metric.GetProperty("type").GetString() != "counter").Select(Id).ShouldBe(["queue.count"]);
        JsonElement[] levels = await FirstAsync("metrics=auth.success,nonsense");
        levels.Where(metric => metric.GetProperty("type").GetString() == "counter").Select(Id).ShouldBe(["auth.success"]);
        levels.Count(metric => metric.GetProperty("type").GetString() == "gauge").ShouldBeGreaterThan(5);
        (await FirstAsync("")).Length.ShouldBeGreaterThan(levels.Length);
    }

    [Fact]
    public async Task Live_traces_come_in_one_batch_a_second_and_silence_is_broken_by_a_ping()
    {
        await _server.AddUserAsync("jane", "secret");
        await using EventStreamReader stream = await EventStreamReader.OpenAsync(_client, "/api/telemetry/traces/live");
        Receive("press@delivered.test", "jane@example.org");
        SseItem<JsonElement> batch = await stream.ReadNextAsync(_server.Clock);
        batch.EventType.ShouldBe("trace");
        string[] types = Types([.. batch.Data.EnumerateArray()]);
        types.ShouldContain("smtp.ehlo");
        types.ShouldContain("delivery.completed");
        batch.Data[0].EnumerateObject().Select(member => member.Name).ShouldBe(["text", "details", "createdAt", "type", "data"]);
        batch.Data.EnumerateArray().SelectMany(happened => happened.GetProperty("data").EnumerateObject()).ShouldNotContain(member => member.Name == "spanId");

        SseItem<JsonElement> ping = await stream.ReadNextAsync(_server.Clock);
        ping.EventType.ShouldBe("ping");
        ping.Data.ToString().ShouldBe("""{"interval":30000}""");
        (_server.Clock.GetUtcNow() - _time.Now).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(31), "a second to the batch, thirty of silence");
    }

    [Fact]
    public async Task Calls_of_the_api_and_deliveries_that_become_due_are_seen_while_they_happen()
    {
        await _server.AddUserAsync("jane", "secret");
        await using EventStreamReader stream = await EventStreamReader.OpenAsync(_client, "/api/telemetry/traces/live");
        await _server.SendAsync("GET", "/api/principal/jane", authorization: SandboxServerExtensions.CreateBasicAuthorization("jane", "wrong"));
        await _server.SendAsync("GET", "/api/principal/jane");
        JsonElement[] calls = (await stream.ReadNextAsync(_server.Clock)).Data.EnumerateArray().ToArray();
        Types(calls).ShouldBe(
        [
            "http.connection-start", "http.request-url", "auth.failed", "http.connection-end", "http.connection-start", "http.request-url", "auth.success", "http.connection-end",
        ]);
        calls[1].GetProperty("data").GetProperty("url").GetString().ShouldBe("/api/principal/jane");

        Submit("jane", "a@remote.test");
        var seen = new List<string>();
        while (seen.Count(type => type == "queue.rescheduled") < 2)
        {
            seen.AddRange(Types([.. (await NextTraceAsync(stream)).EnumerateArray()]));
        }

        seen.Count(type => type == "delivery.rcpt-to-rejected").ShouldBe(2, "the second attempt is seen when it is due, without a call in between");
    }

    [Theory]
    [InlineData("filter=jane%40example.org", "smtp.rcpt-to queue.queue-message smtp.connection-end message-ingest.ham delivery.delivered")]
    [InlineData("to=jane%40", "smtp.rcpt-to queue.queue-message smtp.connection-end message-ingest.ham delivery.delivered")]
    [InlineData("From=press&domain=mx.delivered", "")]
    [InlineData("remote-ip=192.0.2.25", "smtp.connection-start smtp.ehlo smtp.mail-from smtp.rcpt-to queue.queue-message smtp.connection-end")]
    [InlineData("remoteIp=nothing&nonsense=x", "smtp.connection-start smtp.ehlo delivery.attempt-start")]
    [InlineData("queue-id=3", "")]
    [InlineData("to=jane&hostname=localhost", "delivery.delivered delivery.dsn-success delivery.completed delivery.attempt-end")]
    public async Task A_filter_lets_a_span_through_from_its_first_match_on(string query, string expected)
    {
        await _server.AddUserAsync("jane", "secret");
        await using EventStreamReader filtered = await EventStreamReader.OpenAsync(_client, $"/api/telemetry/traces/live?{query}");
        Receive("press@delivered.test", "jane@example.org");
        SseItem<JsonElement> next = await filtered.ReadNextAsync(_server.Clock);
        if (expected.Length == 0)
        {
            next.EventType.ShouldBe("ping");
            return;
        }

        string[] types = Types([.. next.Data.EnumerateArray()]);
        foreach (string type in expected.Split(' '))
        {
            types.ShouldContain(type);
        }

        if (query.StartsWith("to=jane&", StringComparison.Ordinal))
        {
            types.ShouldBe(expected.Split(' '));
        }

        if (query.StartsWith("remote-ip", StringComparison.Ordinal) || query.StartsWith("filter", StringComparison.Ordinal))
        {
            types.ShouldNotContain("delivery.attempt-start");
        }
    }

    [Fact]
    public async Task Two_watchers_see_the_same_and_a_third_sees_only_what_comes_after_it()
    {
        await _server.AddUserAsync("jane", "secret");
        await using EventStreamReader one = await EventStreamReader.OpenAsync(_client, "/api/telemetry/traces/live?from=press");
        await using EventStreamReader two = await EventStreamReader.OpenAsync(_client, "/api/telemetry/traces/live?from=press");
        Receive("press@delivered.test", "jane@example.org");
        await using EventStreamReader late = await EventStreamReader.OpenAsync(_client, "/api/telemetry/traces/live?from=press");
        (await one.ReadNextAsync(_server.Clock)).Data.ToString().ShouldBe((await two.ReadNextAsync(_server.Clock)).Data.ToString());
        (await late.ReadNextAsync(_server.Clock)).EventType.ShouldBe("ping");
    }

    [Fact]
    public async Task The_demonstration_has_a_past_and_mail_comes_in_while_someone_watches()
    {
        var frozen = new FrozenTime();
        var sample = new SandboxServer(new SandboxOptions { TimeProvider = frozen });
        (await sample.SendAsync("GET", "/api/telemetry/traces")).Data.GetProperty("total").GetInt32().ShouldBeGreaterThan(100);
        JsonElement[] metrics = (await sample.SendAsync("GET", "/api/telemetry/metrics")).Data.EnumerateArray().ToArray();
        metrics.Select(metric => metric.GetProperty("timestamp").GetString()).Distinct().Count().ShouldBeGreaterThan(60);
        metrics.Where(metric => Id(metric) == "delivery.delivered").Sum(metric => metric.GetProperty("value").GetInt32()).ShouldBeGreaterThan(5);

        using var watcher = new HttpClient(sample.CreateHandler()) { BaseAddress = new Uri("http://mx.example.org"), Timeout = Timeout.InfiniteTimeSpan };
        watcher.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.AdminAuthorization);
        await using (EventStreamReader stream = await EventStreamReader.OpenAsync(watcher, "/api/telemetry/traces/live?from=example"))
        {
            int letters = 0;
            while (letters < 3)
            {
                letters += Types([.. (await stream.ReadNextAsync(sample.Clock)).Data.EnumerateArray()]).Count(type => type == "queue.queue-message");
            }
        }

        int queued = await CountQueuedAsync(sample);
        sample.Clock.Advance(TimeSpan.FromMinutes(10));
        (await CountQueuedAsync(sample)).ShouldBe(queued, "nobody watches");
    }

    [Fact]
    public async Task Telemetry_survives_many_at_once()
    {
        await _server.AddUserAsync("jane", "secret");
        Task watching = Parallel.ForAsync(0, 8, async (_, _) =>
        {
            await using EventStreamReader stream = await EventStreamReader.OpenAsync(_client, "/api/telemetry/traces/live?to=jane");
            (await stream.ReadNextAsync(_server.Clock)).EventType.ShouldBeOneOf("trace", "ping");
        });
        await Parallel.ForAsync(0, 200, async (i, _) =>
        {
            Receive($"press{i}@delivered.test", "jane@example.org");
            await _server.SendAsync("GET", "/api/telemetry/traces?values=1&limit=3");
            await _server.SendAsync("GET", "/api/telemetry/metrics");
        });
        await watching;
        (await _server.SendAsync("GET", "/api/telemetry/traces")).Data.GetProperty("total").GetInt32().ShouldBe(400);
        (await IdsAsync()).Distinct().Count().ShouldBe(400);
    }

    private static async Task<int> CountQueuedAsync(SandboxServer sample)
    {
        using var watcher = new HttpClient(sample.CreateHandler()) { BaseAddress = new Uri("http://mx.example.org") };
        watcher.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.AdminAuthorization);
        await using EventStreamReader stream = await EventStreamReader.OpenAsync(watcher, "/api/telemetry/metrics/live?metrics=queue.queue-message");
        return (await stream.ReadNextAsync())!.Value.Data.EnumerateArray().Single(metric => Id(metric) == "queue.queue-message").GetProperty("value").GetInt32();
    }

    private static string Id(JsonElement metric) => metric.GetProperty("id").GetString()!;

    private static string[] Types(JsonElement[] events) => [.. events.Select(happened => happened.GetProperty("type").GetString()!)];

    private static (string, int)[] Values(JsonElement[] metrics, string id) =>
        [.. metrics.Where(metric => Id(metric) == id).Select(metric => (metric.GetProperty("timestamp").GetString()!, metric.GetProperty("value").GetInt32()))];

    private async Task<JsonElement> NextTraceAsync(EventStreamReader stream)
    {
        SseItem<JsonElement> next;
        do
        {
            next = await stream.ReadNextAsync(_server.Clock);
        }
        while (next.EventType != "trace");
        return next.Data;
    }

    private async Task<JsonElement[]> FirstAsync(string query)
    {
        await using EventStreamReader stream = await EventStreamReader.OpenAsync(_client, $"/api/telemetry/metrics/live?{query}");
        return [.. (await stream.ReadNextAsync())!.Value.Data.EnumerateArray()];
    }

    private void Receive(string from, string to) =>
        _server.Deliver(null, from, [to], Encoding.ASCII.GetBytes($"From: {from}\r\nTo: {to}\r\nSubject: Hello\r\n\r\nHello\r\n")).ShouldBeNull();

    private void Submit(string account, string to) => _server.Deliver(
        account, $"{account}@example.org", [to], Encoding.ASCII.GetBytes($"From: {account}@example.org\r\nTo: a@remote.test\r\nSubject: Hello\r\n\r\nHello there, you all\r\n")).ShouldBeNull();

    private async Task<int> StatusAsync(string path, string authorization)
    {
        using var other = new HttpClient(_server.CreateHandler()) { BaseAddress = new Uri("http://mx.example.org") };
        other.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        using HttpResponseMessage answer = await other.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode;
    }

    private async Task<ulong[]> IdsAsync(string query = "") => [.. (await GetAsync($"/api/telemetry/traces?{query}")).GetProperty("items").EnumerateArray().Select(id => id.GetUInt64())];

    private async Task<JsonElement[]> ShowAsync(ulong id) => [.. (await GetAsync(string.Create(CultureInfo.InvariantCulture, $"/api/telemetry/trace/{id}"))).EnumerateArray()];

    private async Task<JsonElement> GetAsync(string path) => (await _server.SendAsync("GET", path)).Data;
}
