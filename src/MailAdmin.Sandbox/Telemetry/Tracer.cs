using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>
/// Hears of everything that happens, and passes it on: to the counters, to the store, and to those who watch. Without a licence it
/// hears nothing.
/// </summary>
internal sealed class Tracer(bool isEnabled, SnowflakeIdGenerator ids, TraceStore store, MetricStore metrics)
{
    private readonly Lock _gate = new();

    /// <summary>Held weakly: an answer that is lost on its way is never read, and nobody ends its watch.</summary>
    private WeakReference<EventSubscription>[] _subscribers = [];

    public bool IsEnabled => isEnabled;

    /// <summary>Begins a span.</summary>
    /// <param name="type">The event that begins it.</param>
    /// <param name="at">When.</param>
    /// <param name="isKept">Whether it may go into the store: connections to the API do not.</param>
    /// <param name="data">What the event says.</param>
    public TraceSpan? Start(string type, DateTimeOffset at, bool isKept, params ReadOnlySpan<(string Key, object? Value)> data)
    {
        if (!isEnabled)
        {
            return null;
        }

        var span = new TraceSpan(ids.Next(at), isKept, type, at, ToPairs(data));
        Publish(span.Start);
        return span;
    }

    public void Add(TraceSpan? span, string type, DateTimeOffset at, params ReadOnlySpan<(string Key, object? Value)> data)
    {
        if (isEnabled)
        {
            Publish(new TraceEvent(type, at, span, ToPairs(data)));
        }
    }

    /// <summary>Ends a span. What had to do with a message of the queue is stored.</summary>
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

    /// <summary>From now on, until it is disposed or forgotten, gets all that happens.</summary>
    public EventSubscription Subscribe()
    {
        var subscription = new EventSubscription(Unsubscribe);
        lock (_gate)
        {
            _subscribers = [.. GetOthers(subscription), new WeakReference<EventSubscription>(subscription)];
        }

        return subscription;
    }

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
        foreach (WeakReference<EventSubscription>? reference in Volatile.Read(ref _subscribers))
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
