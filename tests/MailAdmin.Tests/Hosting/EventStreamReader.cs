using System.Net.ServerSentEvents;
using System.Text.Json;
using MailAdmin.Sandbox;

namespace MailAdmin.Tests.Hosting;

/// <summary>A live stream of a sandbox, read event by event; disposing it hangs up.</summary>
internal sealed class EventStreamReader : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<JsonElement>> _events;

    private EventStreamReader(HttpResponseMessage response, Stream stream)
    {
        _response = response;
        _events = SseParser.Create(stream, (_, data) => JsonElement.Parse(data)).EnumerateAsync().GetAsyncEnumerator();
    }

    public static async Task<EventStreamReader> OpenAsync(HttpClient client, string path)
    {
        HttpResponseMessage response = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        response.Content.Headers.ContentType!.ToString().ShouldBe("text/event-stream");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return new EventStreamReader(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null at the end.</summary>
    public async Task<SseItem<JsonElement>?> ReadNextAsync() => await _events.MoveNextAsync() ? _events.Current : null;

    /// <summary>The same, while the clock moves on until it comes.</summary>
    public async Task<SseItem<JsonElement>> ReadNextAsync(SandboxClock clock)
    {
        Task<SseItem<JsonElement>?> next = ReadNextAsync();
        while (!next.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return (await next)!.Value;
    }

    public async Task<IReadOnlyList<SseItem<JsonElement>>> ReadToEndAsync()
    {
        var all = new List<SseItem<JsonElement>>();
        while (await ReadNextAsync() is { } next)
        {
            all.Add(next);
        }

        return all;
    }

    public ValueTask DisposeAsync()
    {
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
