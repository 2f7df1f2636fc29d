using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox;
using MailAdmin.Sandbox.Host;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Streams;

/// <summary>Live streams as such: how they open, how they end, and that the server notices when nobody listens any more.</summary>
public sealed class SandboxStreamTests : IAsyncDisposable
{
    private const string Traces = "/api/telemetry/traces/live";
    private const string Metrics = "/api/telemetry/metrics/live";
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);

    private readonly FrozenTime _time = new();
    private readonly SandboxServer _server;
    private readonly HttpClient _client;

    public SandboxStreamTests()
    {
        _server = new SandboxServer(new SandboxOptions { Empty = true, Enterprise = true, TimeProvider = _time });
        _client = Client(SandboxServerExtensions.AdminAuthorization);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData(Traces)]
    [InlineData(Metrics)]
    public async Task In_process_the_server_notices_a_reader_that_leaves(string path)
    {
        await using (await EventStreamReader.OpenAsync(_client, path))
        {
            await WaitUntilAsync(() => _server.OpenStreams == 1);
        }

        await WaitUntilAsync(() => _server.OpenStreams == 0);
        _server.StreamsOpened.ShouldBe(1);
    }

    [Fact]
    public async Task In_process_closing_the_body_alone_or_giving_up_a_read_is_leaving_too()
    {
        using HttpResponseMessage one = await _client.GetAsync(new Uri(Traces, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Stream body = await one.Content.ReadAsStreamAsync();
        await WaitUntilAsync(() => _server.OpenStreams == 1);
        await body.DisposeAsync();
        await WaitUntilAsync(() => _server.OpenStreams == 0);

        using HttpResponseMessage other = await _client.GetAsync(new Uri(Traces, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        Stream otherBody = await other.Content.ReadAsStreamAsync();
        await WaitUntilAsync(() => _server.OpenStreams == 1);
        using var patience = new CancellationTokenSource();
        Task<int> read = otherBody.ReadAsync(new byte[10], patience.Token).AsTask();
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => read);
        await WaitUntilAsync(() => _server.OpenStreams == 0);
    }

    [Theory]
    [InlineData(Traces)]
    [InlineData(Metrics)]
    [InlineData("/api/troubleshoot/delivery/silent.test")]
    public async Task Over_a_socket_the_server_notices_a_reader_that_leaves(string path)
    {
        await using RunningSandbox host = await SandboxHost.StartAsync(_server);
        using var remote = new HttpClient { BaseAddress = host.BaseUri };
        remote.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.AdminAuthorization);
        await using (await EventStreamReader.OpenAsync(remote, path))
        {
            await WaitUntilAsync(() => _server.OpenStreams == 1);
            JsonElement counts = await remote.GetFromJsonAsync<JsonElement>("/sandbox/streams");
            counts.GetProperty("opened").GetInt32().ShouldBe(1);
            counts.GetProperty("open").GetInt32().ShouldBe(1);
        }

        await WaitUntilAsync(() => _server.OpenStreams == 0);
        (await remote.GetFromJsonAsync<JsonElement>("/sandbox/streams")).ToString().ShouldBe("""{"opened":1,"open":0}""");
    }

    [Fact]
    public async Task Over_a_socket_a_fault_cuts_a_stream_in_the_middle_of_an_event()
    {
        await using RunningSandbox host = await SandboxHost.StartAsync(_server);
        using var remote = new HttpClient { BaseAddress = host.BaseUri };
        remote.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", SandboxServerExtensions.AdminAuthorization);
        using (var fault = new StringContent("""{"kind":"truncate","path":"/api/troubleshoot","events":2}"""))
        {
            (await remote.PostAsync(new Uri("/sandbox/fault", UriKind.Relative), fault)).Dispose();
        }

        using HttpResponseMessage answer = await remote.GetAsync(new Uri("/api/troubleshoot/delivery/a%40remote.test", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await answer.Content.ReadAsStreamAsync();
        using var arrived = new MemoryStream();
        await Should.ThrowAsync<IOException>(() => body.CopyToAsync(arrived));
        string text = Encoding.UTF8.GetString(arrived.ToArray());
        text.Split("\n\n").Length.ShouldBe(3, text);
        text.ShouldNotEndWith("\n\n");
    }

    [Fact]
    public async Task A_silenced_stream_stays_open_and_says_nothing_more_not_even_that_it_lives()
    {
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Silence, Path = Metrics, Events = 2 });
        await using (EventStreamReader stream = await EventStreamReader.OpenAsync(_client, $"{Metrics}?interval=1"))
        {
            await stream.ReadNextAsync();
            await stream.ReadNextAsync(_server.Clock);
            Task<SseItem<JsonElement>?> next = stream.ReadNextAsync();
            for (int i = 0; i < 100; i++)
            {
                _server.Clock.Advance(TimeSpan.FromSeconds(1));
                await Task.Yield();
            }

            next.IsCompleted.ShouldBeFalse();
            _server.OpenStreams.ShouldBe(1);
        }

        await WaitUntilAsync(() => _server.OpenStreams == 0);
    }

    [Fact]
    public async Task A_stream_can_be_cut_lost_or_drip_in_process()
    {
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Truncate, Path = Metrics, Count = 1 });
        await using (EventStreamReader cut = await EventStreamReader.OpenAsync(_client, Metrics))
        {
            (await cut.ReadNextAsync()).ShouldNotBeNull();
            Task<SseItem<JsonElement>?> broken = cut.ReadNextAsync();
            while (!broken.IsCompleted)
            {
                _server.Clock.Advance(TimeSpan.FromSeconds(30));
                await Task.Yield();
            }

            await Should.ThrowAsync<HttpIOException>(() => broken);
        }

        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Lost, Path = Traces, Count = 1 });
        await Should.ThrowAsync<HttpRequestException>(() => EventStreamReader.OpenAsync(_client, Traces));
        _server.Faults.Add(new SandboxFault { Kind = SandboxFaultKind.Drip, Path = "/api/troubleshoot", Delay = TimeSpan.Zero, Count = 1 });
        await using EventStreamReader drip = await EventStreamReader.OpenAsync(_client, "/api/troubleshoot/delivery/nobody.test");
        (await drip.ReadToEndAsync()).Select(stage => Type(stage.Data)).ShouldBe(["mxLookupStart", "mxLookupError", "completed"]);
        await WaitUntilAsync(() => _server.OpenStreams == 0);
    }

    [Fact]
    public async Task Open_streams_take_no_slot_of_the_four_calls_at_once()
    {
        await _server.AddUserAsync("jane", "secret");
        await _server.SendAsync("PATCH", "/api/principal/jane", """[{"action":"addItem","field":"enabledPermissions","value":"tracing-live"}]""");
        string jane = SandboxServerExtensions.CreateBasicAuthorization("jane", "secret");
        using HttpClient hers = Client(jane);
        var streams = new List<EventStreamReader>();
        for (int i = 0; i < 10; i++)
        {
            streams.Add(await EventStreamReader.OpenAsync(hers, Traces));
        }

        await WaitUntilAsync(() => _server.OpenStreams == 10);
        (await _server.SendAsync("GET", "/api/account/auth", authorization: jane)).Status.ShouldBe(200);
        foreach (EventStreamReader stream in streams)
        {
            await stream.DisposeAsync();
        }

        await WaitUntilAsync(() => _server.OpenStreams == 0);
        _server.StreamsOpened.ShouldBe(10);
    }

    [Fact]
    public async Task Many_that_come_and_go_at_once_are_all_noticed()
    {
        await Parallel.ForAsync(0, 40, async (i, _) =>
        {
            await using EventStreamReader stream = await EventStreamReader.OpenAsync(_client, i % 2 == 0 ? Metrics : "/api/troubleshoot/delivery/ok%40delivered.test");
            (await stream.ReadNextAsync()).ShouldNotBeNull();
        });
        await WaitUntilAsync(() => _server.OpenStreams == 0);
        _server.StreamsOpened.ShouldBe(40);
    }

    [Theory]
    [InlineData("/api/telemetry/live/tracing-token", Traces, Metrics)]
    [InlineData("/api/telemetry/live/metrics-token", Metrics, Traces)]
    [InlineData("/api/troubleshoot/token", "/api/troubleshoot/delivery/nobody.test", Traces)]
    public async Task A_token_opens_its_own_kind_of_stream_for_a_minute_and_nothing_else(string issue, string own, string other)
    {
        string token = Uri.EscapeDataString((await _server.SendAsync("GET", issue)).Data.GetString()!);
        using HttpClient stranger = Client(null);
        await (await EventStreamReader.OpenAsync(stranger, $"{own}?token={token}")).DisposeAsync();
        await (await EventStreamReader.OpenAsync(stranger, $"{own}?token={token}")).DisposeAsync();
        await StatusAsync(stranger, $"{other}?token={token}", HttpStatusCode.Unauthorized);
        await StatusAsync(stranger, $"{own}?token=nonsense", HttpStatusCode.Unauthorized);
        await StatusAsync(stranger, own, HttpStatusCode.Unauthorized);
        await StatusAsync(stranger, $"/api/principal?token={token}", HttpStatusCode.Unauthorized);
        _server.Clock.Advance(TimeSpan.FromSeconds(60));
        await StatusAsync(stranger, $"{own}?token={token}", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_is_looked_at_where_no_header_or_a_wrong_password_came_and_holds_nothing_but_its_permission()
    {
        await _server.AddUserAsync("jane", "secret");
        string token = Uri.EscapeDataString((await _server.SendAsync("GET", "/api/telemetry/live/tracing-token")).Data.GetString()!);
        using HttpClient wrong = Client(SandboxServerExtensions.CreateBasicAuthorization("jane", "wrong"));
        await (await EventStreamReader.OpenAsync(wrong, $"{Traces}?token={token}")).DisposeAsync();
        using HttpClient bearer = Client("Bearer nonsense");
        await StatusAsync(bearer, $"{Traces}?token={token}", HttpStatusCode.Unauthorized);
        using HttpClient jane = Client(SandboxServerExtensions.CreateBasicAuthorization("jane", "secret"));
        await StatusAsync(jane, $"{Traces}?token={token}", HttpStatusCode.Forbidden);
        using HttpClient stranger = Client(null);
        await StatusAsync(stranger, $"/api/telemetry/traces?token={token}", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_token_is_checked_at_the_opening_only()
    {
        string token = Uri.EscapeDataString((await _server.SendAsync("GET", "/api/telemetry/live/metrics-token")).Data.GetString()!);
        using HttpClient stranger = Client(null);
        await using EventStreamReader stream = await EventStreamReader.OpenAsync(stranger, $"{Metrics}?interval=90&token={token}");
        (await stream.ReadNextAsync())!.Value.EventType.ShouldBe("metrics");
        (await stream.ReadNextAsync(_server.Clock)).EventType.ShouldBe("metrics");
    }

    private static async Task StatusAsync(HttpClient client, string path, HttpStatusCode expected)
    {
        using HttpResponseMessage answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        answer.StatusCode.ShouldBe(expected);
    }

    /// <summary>Nobody tells when a server has noticed: it is asked until it says so.</summary>
    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(s_timeout);
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string Type(JsonElement stages) => stages.EnumerateArray().ShouldHaveSingleItem().GetProperty("type").GetString()!;

    private HttpClient Client(string? authorization)
    {
        var made = new HttpClient(_server.CreateHandler()) { BaseAddress = new Uri("http://mx.example.org"), Timeout = Timeout.InfiniteTimeSpan };
        if (authorization is not null)
        {
            made.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", authorization);
        }

        return made;
    }
}
