using System.Text.Json;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary><c>GET /telemetry/traces/live</c>, from 0.16 <c>GET /live/tracing</c>: once a second the events since, and a ping after 30 seconds without one.</summary>
/// <param name="tracer">Receives all events.</param>
/// <param name="clock">The sandbox's clock.</param>
/// <param name="beforePoll">Processes what is due; nothing in the sandbox runs by itself.</param>
/// <param name="write">Writes an event.</param>
/// <param name="pingsFirst">Whether the first thing that is sent is a ping.</param>
internal sealed class LiveTraces(Tracer tracer, TimeProvider clock, Action beforePoll, Action<Utf8JsonWriter, TraceEvent> write, bool pingsFirst)
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_pingInterval = TimeSpan.FromSeconds(30);

    /// <summary>Subscribes at once, so that no event is missed between the response and its first read.</summary>
    public Func<ServerSentEventWriter, CancellationToken, Task> Subscribe(LiveFilter filter)
    {
        EventSubscription subscription = tracer.Subscribe();
        return (events, cancellationToken) => RunAsync(subscription, filter, events, cancellationToken);
    }

    private async Task RunAsync(EventSubscription subscription, LiveFilter filter, ServerSentEventWriter events, CancellationToken cancellationToken)
    {
        using EventSubscription owned = subscription;
        if (pingsFirst)
        {
            await events.WriteAsync("ping", WritePing, cancellationToken).ConfigureAwait(false);
        }

        long lastSentAt = clock.GetTimestamp();
        while (true)
        {
            await Task.Delay(s_pollInterval, clock, cancellationToken).ConfigureAwait(false);
            beforePoll();
            TraceEvent[] traceEvents = owned.Drain().Where(filter.Accepts).ToArray();
            if (traceEvents.Length > 0)
            {
                await events.WriteAsync("trace", json => Write(json, traceEvents), cancellationToken).ConfigureAwait(false);
            }
            else if (clock.GetElapsedTime(lastSentAt) >= s_pingInterval)
            {
                await events.WriteAsync("ping", WritePing, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                continue;
            }

            lastSentAt = clock.GetTimestamp();
        }
    }

    private void Write(Utf8JsonWriter json, TraceEvent[] traceEvents)
    {
        json.WriteStartArray();
        foreach (TraceEvent traceEvent in traceEvents)
        {
            write(json, traceEvent);
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
