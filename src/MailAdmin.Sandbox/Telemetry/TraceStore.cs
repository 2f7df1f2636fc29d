using MailAdmin.Sandbox.Events;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The newest ended spans that refer to a message.</summary>
internal sealed class TraceStore
{
    private const int Capacity = 20_000;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, TraceSpan> _spans = [];

    public void Add(TraceSpan span)
    {
        lock (_gate)
        {
            _spans[span.Id] = span;
            if (_spans.Count > Capacity)
            {
                _spans.Remove(_spans.First().Key);
            }
        }
    }

    public TraceSpan? Find(ulong id)
    {
        lock (_gate)
        {
            return _spans.GetValueOrDefault(id);
        }
    }

    /// <summary>Those that match, the newest first.</summary>
    public IReadOnlyList<TraceSpan> Find(Func<TraceSpan, bool> matches)
    {
        lock (_gate)
        {
            return [.. _spans.Values.Where(matches).Reverse()];
        }
    }
}
