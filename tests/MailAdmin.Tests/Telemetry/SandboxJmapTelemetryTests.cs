using System.Net.ServerSentEvents;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Telemetry;

/// <summary>Traces and metrics of a sandbox from 0.16 with a licence, which no recording shows: as the server's source has them.</summary>
public sealed class SandboxJmapTelemetryTests : IDisposable
{
    private readonly FrozenTime _time = new();
    private readonly SandboxServer _server;
    private readonly HttpClient _client;

    public SandboxJmapTelemetryTests()
    {
        _server = new SandboxServer(new SandboxOptions { Empty = true, Enterprise = true, ServerVersion = "0.16", TimeProvider = _time });
        _client = CreateClient(_server);
    }

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_message_leaves_a_trace_of_its_connection_and_one_of_its_delivery()
    {
        await ReceiveAsync();
        JsonObject connection = (await ListAsync("Trace"))[0];
        connection.Select(member => member.Key).ShouldBe(["events", "timestamp", "from", "to", "size", "id"]);
        (connection["timestamp"]!.GetValue<string>(), connection["from"]!.GetValue<string>(), connection["to"]!.GetValue<string>()).ShouldBe(("2026-11-23T10:00:00Z", "press@delivered.test", "jane@example.org"));
        JsonObject events = connection["events"]!.AsObject();
        events.Select(item => (item.Key, item.Value!["event"]!.GetValue<string>())).ShouldBe(
            [("0", "smtp.connection-start"), ("1", "smtp.ehlo"), ("2", "smtp.mail-from"), ("3", "smtp.rcpt-to"), ("4", "queue.message-queued"), ("5", "smtp.connection-end")]);
        events["0"]!["keyValues"]!["2"]!.ToJsonString().ShouldBe("""{"key":"remoteIp","value":{"@type":"IpAddr","value":"192.0.2.25"}}""");
        events["4"]!["keyValues"]!["2"]!.ToJsonString().ShouldBe("""{"key":"to","value":{"@type":"List","value":{"0":{"@type":"String","value":"jane@example.org"}}}}""");
        events["5"]!["keyValues"]!.ToJsonString().ShouldBe("""{"0":{"key":"elapsed","value":{"@type":"Duration","value":0}}}""");
        (_, JsonObject some) = await _server.CallAsync("x:Trace/get", $$"""{"ids":["{{connection["id"]}}","a"],"properties":["from"]}""");
        some["list"]![0]!.AsObject().Select(member => member.Key).ShouldBe(["from", "id"]);
        some["notFound"]!.ToJsonString().ShouldBe("""["a"]""");
    }

    [Theory]
    [InlineData("""{}""", "ba")]
    [InlineData("""{"sort":[{"property":"timestamp","isAscending":true}]}""", "ab")]
    [InlineData("""{"sort":[{"property":"event"}]}""", "unsupportedSort")]
    [InlineData("""{"filter":{"event":"delivery.attempt-start"}}""", "b")]
    [InlineData("""{"filter":{"event":"nothing"}}""", "unsupportedFilter")]
    [InlineData("""{"filter":{"queueId":"b"}}""", "")]
    [InlineData("""{"filter":{"queueId":7}}""", "unsupportedFilter")]
    [InlineData("""{"filter":{"text":"PRESS@delivered.test"}}""", "ba")]
    [InlineData("""{"filter":{"text":"press nobody"}}""", "")]
    [InlineData("""{"filter":{"text":"@"}}""", "")]
    [InlineData("""{"filter":{"from":"press"}}""", "unsupportedFilter")]
    [InlineData("""{"filter":{"timestampIsGreaterThan":"2026-11-23T09:59:00Z"}}""", "ba")]
    [InlineData("""{"filter":{"timestampIsGreaterThanOrEqual":"2026-11-23T10:00:00Z"}}""", "", 700)]
    [InlineData("""{"filter":{"timestampIsLessThanOrEqual":"2026-11-23T10:00:00Z"}}""", "ba", 700)]
    [InlineData("""{"filter":{"timestampIsLessThan":"2026-11-23T10:00:01Z"}}""", "unsupportedFilter")]
    public async Task Traces_are_found_as_the_server_finds_them(string query, string expected, int milliseconds = 0)
    {
        await ReceiveAsync();
        _time.Now += TimeSpan.FromMilliseconds(milliseconds);
        string[] ids = [.. (await ListAsync("Trace")).Select(trace => trace["id"]!.GetValue<string>())];
        (await _server.QueryAsync("Trace", query)).Replace(ids[0], "a", StringComparison.Ordinal).Replace(ids[1], "b", StringComparison.Ordinal).ShouldBe(expected);
    }

    [Fact]
    public async Task An_anchor_must_exist_and_is_in_its_page()
    {
        await ReceiveAsync();
        string[] ids = [.. (await ListAsync("Trace")).Select(trace => trace["id"]!.GetValue<string>())];
        const string Ascending = "\"sort\":[{\"property\":\"id\",\"isAscending\":true}],\"anchor\"";
        (await _server.QueryAsync("Trace", "{" + Ascending + $":\"{ids[0]}\"}}")).ShouldBe(ids[0] + ids[1]);
        (await _server.QueryAsync("Trace", "{" + Ascending + $":\"{ids[0]}\",\"anchorOffset\":1}}")).ShouldBe(ids[1]);
        (await _server.QueryAsync("Trace", """{"anchor":"b"}""")).ShouldBe("anchorNotFound");
        (_, JsonObject counted) = await _server.CallAsync("x:Trace/query", """{"calculateTotal":true,"limit":1}""");
        (counted["total"]!.GetValue<int>(), counted["ids"]!.AsArray().Count).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Without_a_time_the_last_day_is_all_there_is()
    {
        await ReceiveAsync();
        _time.Now = _time.Now.AddHours(25);
        (await ListAsync("Trace")).ShouldBeEmpty();
        (await _server.QueryAsync("Trace", """{"filter":{"event":"delivery.attempt-start"}}""")).ShouldBeEmpty();
        (await _server.QueryAsync("Trace", """{"filter":{"text":"press"}}""")).ShouldNotBeEmpty();
        (await _server.QueryAsync("Trace", """{"filter":{"timestampIsGreaterThan":"2000-01-01T00:00:00Z"}}""")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_hour_that_is_over_is_in_the_history_of_metrics()
    {
        await ReceiveAsync();
        (await ListAsync("Metric")).ShouldBeEmpty();
        _time.Now = _time.Now.AddHours(1);
        JsonObject[] metrics = await ListAsync("Metric");
        JsonObject queued = metrics.Single(metric => metric["metric"]!.GetValue<string>() == "queue.message-queued");
        queued.Remove("id");
        queued.ToJsonString().ShouldBe("""{"metric":"queue.message-queued","@type":"Counter","count":1,"timestamp":"2026-11-23T11:00:00Z"}""");
        metrics.Single(metric => metric["metric"]!.GetValue<string>() == "delivery.attempt-time")["@type"]!.GetValue<string>().ShouldBe("Histogram");
        // Of events only some, of gauges two, and none that is nothing.
        metrics.Select(metric => metric["metric"]!.GetValue<string>()).ShouldNotContain(name => name == "smtp.ehlo" || name == "queue.count" || name == "http.active-connections");
        string[] ids = [.. metrics.Select(metric => metric["id"]?.GetValue<string>() ?? "")];
        (await _server.QueryAsync("Metric", """{"filter":{"metric":["queue.message-queued","no such"]}}""")).Length.ShouldBe(ids[0].Length);
        (await _server.QueryAsync("Metric", """{"filter":{"metric":["no such"]}}""")).ShouldBe("unsupportedFilter");
        (await _server.QueryAsync("Metric", """{"filter":{"metric":"queue.message-queued"}}""")).ShouldBe("unsupportedFilter");
        (await _server.QueryAsync("Metric", """{"filter":{"timestampIsLessThan":"2026-11-23T11:00:00Z"}}""")).ShouldBeEmpty();
        // A time in the future is no lower bound.
        (await _server.QueryAsync("Metric", """{"filter":{"timestampIsGreaterThan":"2026-11-24T11:00:00Z"}}""")).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Trace")]
    [InlineData("Metric")]
    public async Task They_can_only_be_read(string type)
    {
        (_, JsonObject answer) = await _server.CallAsync($"x:{type}/set", """{"create":{"n":{} },"update":{"b":{} },"destroy":["c"]}""");
        foreach ((string list, string id) in ((string, string)[])[("notCreated", "n"), ("notUpdated", "b"), ("notDestroyed", "c")])
        {
            answer[list]![id]!["type"]!.GetValue<string>().ShouldBe("forbidden");
        }
    }

    [Fact]
    public async Task Events_are_sent_live_after_a_ping_and_a_filter_by_a_key_of_several_words_is_ignored()
    {
        await using EventStreamReader all = await EventStreamReader.OpenAsync(_client, "/api/live/tracing");
        await using EventStreamReader ofPress = await EventStreamReader.OpenAsync(_client, "/api/live/tracing?from=press");
        await using EventStreamReader ofNobody = await EventStreamReader.OpenAsync(_client, "/api/live/tracing?from=nobody");
        await using EventStreamReader ofAddress = await EventStreamReader.OpenAsync(_client, "/api/live/tracing?remote-ip=198.51.100.1&remoteIp=198.51.100.1");
        SseItem<JsonElement> ping = (await all.ReadNextAsync())!.Value;
        (ping.EventType, ping.Data.GetRawText()).ShouldBe(("ping", """{"interval":30000}"""));
        (await ofPress.ReadNextAsync())!.Value.EventType.ShouldBe("ping");
        (await ofAddress.ReadNextAsync())!.Value.EventType.ShouldBe("ping");
        (await ofNobody.ReadNextAsync())!.Value.EventType.ShouldBe("ping");
        await ReceiveAsync();
        JsonElement[] events = await ReadEventsAsync(all);
        events.Select(GetEvent).ShouldContain("smtp.ehlo");
        events.First(item => GetEvent(item) == "smtp.mail-from").GetRawText()
            .ShouldBe("""{"event":"smtp.mail-from","timestamp":"2026-11-23T10:00:00Z","keyValues":{"0":{"key":"from","value":{"@type":"String","value":"press@delivered.test"}}}}""");
        // From the first that matched in its span on.
        (await ReadEventsAsync(ofPress)).Select(GetEvent).Take(2).ShouldBe(["smtp.mail-from", "smtp.rcpt-to"]);
        (await ReadEventsAsync(ofAddress)).Select(GetEvent).ShouldContain("smtp.ehlo");
        (await ofNobody.ReadNextAsync(_server.Clock)).EventType.ShouldBe("ping");
    }

    [Fact]
    public async Task Metrics_are_sent_live_at_once()
    {
        await ReceiveAsync();
        await using EventStreamReader stream = await EventStreamReader.OpenAsync(_client, "/api/live/metrics?metrics=queue.count,smtp.ehlo,domain.count,user.count");
        SseItem<JsonElement> frame = (await stream.ReadNextAsync())!.Value;
        frame.EventType.ShouldBe("metrics");
        string[] metrics = [.. frame.Data.EnumerateArray().Select(metric => metric.GetRawText())];
        metrics.ShouldBe(
        [
            """{"metric":"smtp.ehlo","@type":"Counter","count":1}""",
            """{"metric":"queue.count","@type":"Gauge","count":0}""",
            """{"metric":"user.count","@type":"Gauge","count":2}""",
            """{"metric":"domain.count","@type":"Gauge","count":1}""",
        ]);
    }

    [Theory]
    [InlineData("tracing")]
    [InlineData("metrics")]
    public async Task A_token_opens_its_stream_and_no_other(string stream)
    {
        string token = (await _server.SendAsync("GET", $"/api/token/{stream}")).Text;
        string other = stream == "tracing" ? "metrics" : "tracing";
        (await OpenAsync($"/api/live/{stream}?token={Uri.EscapeDataString(token)}")).ShouldBe((200, "text/event-stream"));
        (await OpenAsync($"/api/live/{other}?token={Uri.EscapeDataString(token)}")).Status.ShouldBe(401);
        (await OpenAsync($"/api/live/{stream}")).Status.ShouldBe(401);
        _time.Now += TimeSpan.FromSeconds(61);
        (await OpenAsync($"/api/live/{stream}?token={Uri.EscapeDataString(token)}")).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("/api/live/tracing")]
    [InlineData("/api/live/metrics")]
    [InlineData("/api/token/tracing")]
    [InlineData("/api/token/metrics")]
    public async Task It_takes_a_licence_and_a_permission(string path)
    {
        await AddJaneAsync();
        (await _server.SendAsync("GET", path, authorization: JmapSandbox.Jane)).Status.ShouldBe(403);
        (await JmapCalls.CreateServer().SendAsync("GET", path)).Status.ShouldBe(404);
    }

    private static string GetEvent(JsonElement item) => item.GetProperty("event").GetString()!;

    private static HttpClient CreateClient(SandboxServer server)
    {
        var client = new HttpClient(server.CreateHandler()) { BaseAddress = new Uri("http://mx.example.org"), Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.AdminAuthorization);
        return client;
    }

    // All that comes in the first frame with events.
    private async Task<JsonElement[]> ReadEventsAsync(EventStreamReader stream)
    {
        SseItem<JsonElement> frame = await stream.ReadNextAsync(_server.Clock);
        frame.EventType.ShouldBe("trace");
        return [.. frame.Data.EnumerateArray()];
    }

    private async Task<(int Status, string? Type)> OpenAsync(string target)
    {
        SandboxResponse answer = await _server.HandleAsync(new SandboxRequest { Method = "GET", Target = target }, TestContext.Current.CancellationToken);
        return (answer.Status, answer.ContentType);
    }

    private async Task<JsonObject[]> ListAsync(string type)
    {
        (string name, JsonObject found) = await _server.CallAsync($"x:{type}/query", """{"sort":[{"property":"id","isAscending":true}]}""");
        name.ShouldNotBe("error");
        (_, JsonObject answer) = await _server.CallAsync($"x:{type}/get", $$"""{"ids":{{found["ids"]!.ToJsonString()}}}""");
        return [.. answer["list"]!.AsArray().Select(item => item!.AsObject())];
    }

    private async Task AddJaneAsync()
    {
        string domain = await _server.QueryAsync("Domain", """{"filter":{"name":"example.org"}}""");
        await _server.CreateAsync("Account", $$"""{"@type":"User","name":"jane","domainId":"{{domain}}","credentials":{"0":{"@type":"Password","secret":"{{JmapSandbox.Password}}"} } }""");
    }

    private async Task ReceiveAsync()
    {
        await AddJaneAsync();
        _server.Deliver(null, "press@delivered.test", ["jane@example.org"], "From: press@delivered.test\r\n\r\nx"u8.ToArray()).ShouldBeNull();
        await _server.CallAsync("x:Domain/query", "{}");
    }
}
