// Bodies that never end, never come, or come damaged: every call ends with an error of ours, whether it reads the body as a whole or as it arrives.
using System.Net;
using System.Net.Http.Headers;
using MailAdmin.Client;
using MailAdmin.Client.Calls;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Http;

public sealed class BodyLimitTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    private static readonly Dictionary<string, Func<MailClient, Task>> s_calls = new()
    {
        ["whole"] = client => client.Queue.GetStatusAsync(s_cancellationToken),
        ["raw"] = client => client.Raw.SendAsync(HttpMethod.Get, "x", null, null, s_cancellationToken),
        ["principals"] = client => ReadAllAsync(client.Principals.ListAsync(new PrincipalQuery(), null, s_cancellationToken)),
        ["queue"] = client => ReadAllAsync(client.Queue.ListAsync(new QueueQuery(), null, s_cancellationToken)),
        ["log"] = client => ReadAllAsync(client.Logs.ListAsync(new LogQuery(), null, null, s_cancellationToken)),
        ["blob"] = client => client.Store.GetBlobAsync("b", null, null, s_cancellationToken),
        ["blob to a file"] = client => client.Store.CopyBlobAsync("b", null, null, Stream.Null, s_cancellationToken),
        ["live"] = client => ReadAllAsync(client.DeliveryTest.RunAsync("example.org", null, s_cancellationToken)),
    };

    public static TheoryData<string> Calls => [.. s_calls.Keys];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_body_that_stops_arriving_ends_the_call(string call)
    {
        var time = new ManualTime();
        using var body = new FaultyStream(Begin(call), FaultyStream.Silence);
        var server = new FakeServer(r => Answer(r, body, call)) { Time = time };
        using MailClient client = await server.ConnectAsync(null, o => o with { MaximumRetryCount = 0 });
        Task calling = s_calls[call](client);
        await body.Stalled.WaitAsync(s_cancellationToken);
        time.Advance(TimeSpan.FromMinutes(3));
        MailServerException e = await Should.ThrowAsync<MailServerException>(calling.WaitAsync(TimeSpan.FromSeconds(30), s_cancellationToken));
        e.Code.ShouldBe(MailErrorCode.TimedOut);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_refusal_whose_body_stops_arriving_ends_the_call(string call)
    {
        var time = new ManualTime();
        using var body = new FaultyStream("{\"status\":400,"u8.ToArray(), FaultyStream.Silence);
        var server = new FakeServer(_ => new HttpResponseMessage(HttpStatusCode.BadRequest) { Content = Content(body, "application/problem+json") }) { Time = time };
        using MailClient client = await server.ConnectAsync(null, o => o with { MaximumRetryCount = 0 });
        Task calling = s_calls[call](client);
        await body.Stalled.WaitAsync(s_cancellationToken);
        time.Advance(TimeSpan.FromMinutes(3));
        (await Should.ThrowAsync<MailServerException>(calling.WaitAsync(TimeSpan.FromSeconds(30), s_cancellationToken))).Code.ShouldBe(MailErrorCode.TimedOut);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_body_without_an_end_is_not_read_for_ever(string call)
    {
        // Blobs that are saved are passed on: their limit is far above what a test reads.
        if (call == "blob to a file")
        {
            return;
        }
        using var body = new FaultyStream(Begin(call), FaultyStream.Endless);
        var server = new FakeServer(r => Answer(r, body, call));
        using MailClient client = await server.ConnectAsync(null, o => o with { MaximumRetryCount = 0 });
        MailServerException e = await Should.ThrowAsync<MailServerException>(s_calls[call](client));
        e.Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        e.Message.ShouldContain("larger than");
        body.Position.ShouldBeLessThanOrEqualTo(ResponseSize.MaxBlob + (1024 * 1024));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task A_body_whose_compression_is_damaged_is_an_error_of_ours(string call)
    {
        using var body = new FaultyStream(Begin(call), FaultyStream.Damage);
        var server = new FakeServer(r => Answer(r, body, call));
        using MailClient client = await server.ConnectAsync(null, o => o with { MaximumRetryCount = 0 });
        MailServerException e = await Should.ThrowAsync<MailServerException>(s_calls[call](client));
        e.Code.ShouldBe(call == "live" ? MailErrorCode.Unreachable : MailErrorCode.UnexpectedResponse);
    }

    [Fact]
    public async Task A_pause_of_the_reader_is_no_silence_of_the_server()
    {
        var time = new ManualTime();
        using var body = new FaultyStream("0123456789"u8.ToArray(), FaultyStream.End);
        using var response = new HttpResponseMessage { Content = Content(body, "application/octet-stream") };
        var context = new ApiRequestContext(Operations.GetBlob) { Time = time, IdleTimeout = TimeSpan.FromSeconds(10) };
        await using ResponseStream stream = await ResponseStream.OpenAsync(response, context, 100, s_cancellationToken);
        byte[] buffer = new byte[4];
        for (int i = 0; i < 3; i++)
        {
            (await stream.ReadAsync(buffer, s_cancellationToken)).ShouldBeGreaterThan(0);
            time.Advance(TimeSpan.FromHours(1));
        }
        (await stream.ReadAsync(buffer, s_cancellationToken)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_passed_on_has_a_limit_too()
    {
        using var body = new FaultyStream([], FaultyStream.Endless);
        using var response = new HttpResponseMessage { Content = Content(body, "application/octet-stream") };
        await using ResponseStream stream = await ResponseStream.OpenAsync(response, new ApiRequestContext(Operations.GetBlob), 1_000_000, s_cancellationToken);
        (await Should.ThrowAsync<MailServerException>(stream.CopyToAsync(Stream.Null, s_cancellationToken))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
    }

    [Fact]
    public async Task An_announced_size_beyond_the_limit_is_not_read_at_all()
    {
        using var body = new FaultyStream([], FaultyStream.Endless);
        HttpContent content = Content(body, "application/json");
        content.Headers.ContentLength = 1_000_000_000;
        var server = new FakeServer(_ => new HttpResponseMessage { Content = content });
        using MailClient client = await server.ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Queue.GetStatusAsync(s_cancellationToken))).Message.ShouldContain("larger than");
        body.Position.ShouldBe(0);
    }

    private static byte[] Begin(string call) => call switch
    {
        "blob" or "blob to a file" => [1, 2, 3],
        "live" => "event: event\ndata: "u8.ToArray(),
        "principals" or "queue" or "log" => "{\"data\":{\"items\":[\""u8.ToArray(),
        _ => "{\"data\":\""u8.ToArray(),
    };

    private static HttpResponseMessage Answer(RecordedRequest request, Stream body, string call) => new()
    {
        Content = Content(body, call switch
        {
            "blob" or "blob to a file" => "application/octet-stream",
            "live" => "text/event-stream",
            _ => "application/json",
        }),
    };

    private static StreamContent Content(Stream body, string type) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private static async Task ReadAllAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (T _ in items)
        {
        }
    }
}
