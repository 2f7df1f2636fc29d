using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>
/// Hears of everything that happens, and passes it on: to the counters, to the store, and to those who watch. Without a licence it
/// hears nothing.
/// </summary>
internal sealed class Tracer(bool isOn, QueueIds ids, TraceStore store, MetricBook metrics)
{
    private readonly Lock _gate = new();

    /// <summary>Held weakly: an answer that is lost on its way is never read, and nobody ends its watch.</summary>
    private WeakReference<LiveEvents>[] _watchers = [];

    public bool IsOn => isOn;

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

        var span = new TraceSpan(ids.Next(at), isKept, type, at, Pairs(data));
        Pass(span.Start);
        return span;
    }

    public void Add(TraceSpan? span, string type, DateTimeOffset at, params ReadOnlySpan<(string Key, object? Value)> data)
    {
        if (isOn)
        {
            Pass(new TraceEvent(type, at, span, Pairs(data)));
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
        if (span.Events.Any(happened => happened.NamesMessage()))
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
    public LiveEvents Watch()
    {
        var watcher = new LiveEvents(Leave);
        lock (_gate)
        {
            _watchers = [.. Others(watcher), new WeakReference<LiveEvents>(watcher)];
        }

        return watcher;
    }

    private void Leave(LiveEvents watcher)
    {
        lock (_gate)
        {
            _watchers = Others(watcher);
        }
    }

    private WeakReference<LiveEvents>[] Others(LiveEvents watcher) =>
        Array.FindAll(_watchers, other => other.TryGetTarget(out LiveEvents? target) && target != watcher);

    private void Pass(TraceEvent happened)
    {
        happened.Span?.Add(happened);
        metrics.Count(happened.Type, happened.At);
        foreach (WeakReference<LiveEvents>? reference in Volatile.Read(ref _watchers))
        {
            if (reference.TryGetTarget(out LiveEvents? watcher))
            {
                watcher.Add(happened);
            }
        }
    }

    private static KeyValuePair<string, object?>[] Pairs(ReadOnlySpan<(string Key, object? Value)> data)
    {
        var pairs = new KeyValuePair<string, object?>[data.Length];
        for (int i = 0; i < data.Length; i++)
        {
            pairs[i] = KeyValuePair.Create(data[i].Key, data[i].Value);
        }

        return pairs;
    }
}
