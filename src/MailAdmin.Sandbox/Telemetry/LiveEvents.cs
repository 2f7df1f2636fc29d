using System.Collections.Concurrent;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>What happened since a watcher looked last. One that looks too seldom misses the oldest.</summary>
internal sealed class LiveEvents(Action<LiveEvents> leave) : IDisposable
{
    private const int Capacity = 10_000;

    private readonly ConcurrentQueue<TraceEvent> events = new();

    public void Add(TraceEvent happened)
    {
        events.Enqueue(happened);
        if (events.Count > Capacity)
            events.TryDequeue(out _);
    }

    /// <summary>Takes them all, the oldest first.</summary>
    public IEnumerable<TraceEvent> Take()
    {
        while (events.TryDequeue(out var happened))
            yield return happened;
    }

    public void Dispose() => leave(this);
}
