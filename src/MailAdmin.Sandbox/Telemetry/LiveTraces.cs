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
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(30);

    /// <summary>Watches from this moment, so that nothing is missed between the answer and its first reading.</summary>
    public Func<EventWriter, CancellationToken, Task> Begin(LiveFilter filter)
    {
        LiveEvents watcher = tracer.Watch();
        return (events, cancellationToken) => RunAsync(watcher, filter, events, cancellationToken);
    }

    private async Task RunAsync(LiveEvents watched, LiveFilter filter, EventWriter events, CancellationToken cancellationToken)
    {
        using LiveEvents watcher = watched;
        long spoken = clock.GetTimestamp();
        while (true)
        {
            await Task.Delay(s_pause, clock, cancellationToken).ConfigureAwait(false);
            whileWatched();
            TraceEvent[] happened = watcher.Take().Where(filter.Wants).ToArray();
            if (happened.Length > 0)
            {
                await events.WriteAsync("trace", json => Write(json, happened), cancellationToken).ConfigureAwait(false);
            }
            else if (clock.GetElapsedTime(spoken) >= s_silence)
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
        json.WriteNumber("interval"u8, (long)s_silence.TotalMilliseconds);
        json.WriteEndObject();
    }
}
