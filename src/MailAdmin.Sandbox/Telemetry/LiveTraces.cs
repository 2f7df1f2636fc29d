using System.Text.Json;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary><c>GET /telemetry/traces/live</c>: once a second what happened since, and a sign of life when nothing did for a while.</summary>
/// <param name="tracer">Hears of everything.</param>
/// <param name="clock">The sandbox's clock.</param>
/// <param name="whileWatched">Lets happen what is due; nothing in the sandbox runs by itself.</param>
internal sealed class LiveTraces(Tracer tracer, TimeProvider clock, Action whileWatched)
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pingInterval = TimeSpan.FromSeconds(30);

    /// <summary>Watches from this moment, so that nothing is missed between the answer and its first reading.</summary>
    public Func<ServerSentEventWriter, CancellationToken, Task> Subscribe(LiveFilter filter)
    {
        EventSubscription watcher = tracer.Subscribe();
        return (events, cancellationToken) => RunAsync(watcher, filter, events, cancellationToken);
    }

    private async Task RunAsync(EventSubscription watched, LiveFilter filter, ServerSentEventWriter events, CancellationToken cancellationToken)
    {
        using EventSubscription watcher = watched;
        long spoken = clock.GetTimestamp();
        while (true)
        {
            await Task.Delay(s_pollInterval, clock, cancellationToken).ConfigureAwait(false);
            whileWatched();
            TraceEvent[] happened = watcher.Drain().Where(filter.Accepts).ToArray();
            if (happened.Length > 0)
            {
                await events.WriteAsync("trace", json => Write(json, happened), cancellationToken).ConfigureAwait(false);
            }
            else if (clock.GetElapsedTime(spoken) >= s_pingInterval)
            {
                await events.WriteAsync("ping", WritePing, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                continue;
            }

            spoken = clock.GetTimestamp();
        }
    }

    private static void Write(Utf8JsonWriter json, TraceEvent[] happened)
    {
        json.WriteStartArray();
        foreach (TraceEvent one in happened)
        {
            TraceJson.Write(json, one);
        }

        json.WriteEndArray();
    }

    private static void WritePing(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("interval"u8, (long)s_pingInterval.TotalMilliseconds);
        json.WriteEndObject();
    }
}
