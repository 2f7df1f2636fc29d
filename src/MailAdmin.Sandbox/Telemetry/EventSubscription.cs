using System.Collections.Concurrent;
using MailAdmin.Sandbox.Events;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The events since the last read. A subscriber that reads too seldom misses the oldest.</summary>
internal sealed class EventSubscription(Action<EventSubscription> unsubscribe) : IDisposable
{
    private const int Capacity = 10_000;

    private readonly ConcurrentQueue<TraceEvent> _events = new();

    public void Add(TraceEvent traceEvent)
    {
        _events.Enqueue(traceEvent);
        if (_events.Count > Capacity)
        {
            _events.TryDequeue(out _);
        }
    }

    /// <summary>Takes them all, the oldest first.</summary>
    public IEnumerable<TraceEvent> Drain()
    {
        while (_events.TryDequeue(out TraceEvent? traceEvent))
        {
            yield return traceEvent;
        }
    }

    public void Dispose() => unsubscribe(this);
}
