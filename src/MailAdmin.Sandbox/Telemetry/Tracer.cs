using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>
/// Receives all events and passes them on: to the counters, to the store, to a log, and to subscribers. Without a licence and
/// without a log it does nothing.
/// </summary>
/// <param name="isEnabled">Whether anybody receives them.</param>
/// <param name="ids">The ids of spans.</param>
/// <param name="store">Keeps spans.</param>
/// <param name="metrics">Counts events.</param>
/// <param name="log">Writes events into a log; null where there is none.</param>
/// <param name="rename">Gives an event the name that it has on this server; null where names are as before 0.16.</param>
internal sealed class Tracer(bool isEnabled, SnowflakeIdGenerator ids, TraceStore store, MetricStore metrics, Action<TraceEvent>? log = null, Func<string, string>? rename = null)
{
    private readonly Lock _gate = new();

    /// <summary>Weak references: a response that is lost is never read, and nobody would dispose its subscription.</summary>
    private WeakReference<EventSubscription>[] _subscribers = [];

    public bool IsEnabled => isEnabled;

    /// <summary>Begins a span.</summary>
    /// <param name="type">The event that begins it.</param>
    /// <param name="at">When.</param>
    /// <param name="isKept">Whether it may go into the store: connections to the API do not.</param>
    /// <param name="data">The data of the event.</param>
    public TraceSpan? Start(string type, DateTimeOffset at, bool isKept, params ReadOnlySpan<(string Key, object? Value)> data)
    {
        if (!isEnabled)
        {
            return null;
        }

        var span = new TraceSpan(ids.Next(at), isKept, Rename(type), at, ToPairs(data));
        Publish(span.Start);
        return span;
    }

    public void Add(TraceSpan? span, string type, DateTimeOffset at, params ReadOnlySpan<(string Key, object? Value)> data)
    {
        if (isEnabled)
        {
            Publish(new TraceEvent(Rename(type), at, span, ToPairs(data)));
        }
    }

    /// <summary>Ends a span. It is stored if it refers to a message of the queue.</summary>
    public void End(TraceSpan? span, string type, DateTimeOffset at, params ReadOnlySpan<(string Key, object? Value)> data)
    {
        if (span is null)
        {
            return;
        }

        Add(span, type, at, data);
        if (span.Events.Any(traceEvent => traceEvent.RefersToMessage()))
        {
            store.Add(span);
        }
    }

    /// <summary>Adds to a histogram.</summary>
    public void Measure(string id, long value, DateTimeOffset at)
    {
        if (isEnabled)
        {
            metrics.Measure(id, value, at);
        }
    }

    /// <summary>Receives all events from now on, until it is disposed or collected.</summary>
    public EventSubscription Subscribe()
    {
        var subscription = new EventSubscription(Unsubscribe);
        lock (_gate)
        {
            _subscribers = [.. GetOthers(subscription), new WeakReference<EventSubscription>(subscription)];
        }

        return subscription;
    }

    private string Rename(string type) => rename?.Invoke(type) ?? type;

    private void Unsubscribe(EventSubscription subscription)
    {
        lock (_gate)
        {
            _subscribers = GetOthers(subscription);
        }
    }

    private WeakReference<EventSubscription>[] GetOthers(EventSubscription subscription) =>
        Array.FindAll(_subscribers, other => other.TryGetTarget(out EventSubscription? target) && target != subscription);

    private void Publish(TraceEvent traceEvent)
    {
        traceEvent.Span?.Add(traceEvent);
        metrics.Count(traceEvent.Type, traceEvent.At);
        log?.Invoke(traceEvent);
        foreach (WeakReference<EventSubscription> reference in Volatile.Read(ref _subscribers))
        {
            if (reference.TryGetTarget(out EventSubscription? subscription))
            {
                subscription.Add(traceEvent);
            }
        }
    }

    private static KeyValuePair<string, object?>[] ToPairs(ReadOnlySpan<(string Key, object? Value)> data)
    {
        var pairs = new KeyValuePair<string, object?>[data.Length];
        for (int i = 0; i < data.Length; i++)
        {
            pairs[i] = KeyValuePair.Create(data[i].Key, data[i].Value);
        }

        return pairs;
    }
}
