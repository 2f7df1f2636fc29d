using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>
/// Hears of everything that happens, and passes it on: to the counters, to the store, and to those who watch. Without a licence it
/// hears nothing.
/// </summary>
internal sealed class Tracer(bool isOn, SnowflakeIdGenerator ids, TraceStore store, MetricStore metrics)
{
    private readonly Lock _gate = new();

    /// <summary>Held weakly: an answer that is lost on its way is never read, and nobody ends its watch.</summary>
    private WeakReference<EventSubscription>[] _subscribers = [];

    public bool IsEnabled => isOn;

    /// <summary>Begins a span.</summary>
    /// <param name="type">The event that begins it.</param>
    /// <param name="at">When.</param>
    /// <param name="isKept">Whether it may go into the store: connections to the API do not.</param>
    /// <param name="data">What the event says.</param>
    public TraceSpan? Start(string type, DateTimeOffset at, bool isKept, params ReadOnlySpan<(string Key, object? Value)> data)
    {
        if (!isOn)
        {
            return null;
        }

        var span = new TraceSpan(ids.Next(at), isKept, type, at, ToPairs(data));
        Publish(span.Start);
        return span;
    }

    public void Add(TraceSpan? span, string type, DateTimeOffset at, params ReadOnlySpan<(string Key, object? Value)> data)
    {
        if (isOn)
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
        if (span.Events.Any(happened => happened.RefersToMessage()))
        {
            store.Add(span);
        }
    }

    /// <summary>Adds to a histogram.</summary>
    public void Measure(string id, long value, DateTimeOffset at)
    {
        if (isOn)
        {
            metrics.Measure(id, value, at);
        }
    }

    /// <summary>From now on, until it is disposed or forgotten, gets all that happens.</summary>
    public EventSubscription Subscribe()
    {
        var watcher = new EventSubscription(Unsubscribe);
        lock (_gate)
        {
            _subscribers = [.. GetOthers(watcher), new WeakReference<EventSubscription>(watcher)];
        }

        return watcher;
    }

    private void Unsubscribe(EventSubscription watcher)
    {
        lock (_gate)
        {
            _subscribers = GetOthers(watcher);
        }
    }

    private WeakReference<EventSubscription>[] GetOthers(EventSubscription watcher) =>
        Array.FindAll(_subscribers, other => other.TryGetTarget(out EventSubscription? target) && target != watcher);

    private void Publish(TraceEvent happened)
    {
        happened.Span?.Add(happened);
        metrics.Count(happened.Type, happened.At);
        foreach (WeakReference<EventSubscription>? reference in Volatile.Read(ref _subscribers))
        {
            if (reference.TryGetTarget(out EventSubscription? watcher))
            {
                watcher.Add(happened);
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
