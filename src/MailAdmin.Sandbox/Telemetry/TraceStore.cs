namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The spans of the past that had to do with a message, the newest of them.</summary>
internal sealed class TraceStore
{
    private const int Capacity = 20_000;

    private readonly Lock gate = new();
    private readonly SortedDictionary<ulong, TraceSpan> spans = [];

    public void Add(TraceSpan span)
    {
        lock (gate)
        {
            spans[span.Id] = span;
            if (spans.Count > Capacity)
                spans.Remove(spans.First().Key);
        }
    }

    public TraceSpan? Find(ulong id)
    {
        lock (gate)
            return spans.GetValueOrDefault(id);
    }

    /// <summary>Those that match, the newest first.</summary>
    public IReadOnlyList<TraceSpan> Find(Func<TraceSpan, bool> matches)
    {
        lock (gate)
            return [.. spans.Values.Where(matches).Reverse()];
    }
}
