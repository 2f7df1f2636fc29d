namespace MailAdmin.Sandbox.Events;

/// <summary>Events that belong together: those of a connection, or of an attempt to deliver.</summary>
internal sealed class TraceSpan
{
    private readonly List<TraceEvent> _events = [];

    /// <summary>Begins one.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="isKept">Whether its events are kept.</param>
    /// <param name="type">The event that begins it.</param>
    /// <param name="at">When.</param>
    /// <param name="data">The data of that event.</param>
    public TraceSpan(ulong id, bool isKept, string type, DateTimeOffset at, IReadOnlyList<KeyValuePair<string, object?>> data)
    {
        Id = id;
        IsKept = isKept;
        Start = new TraceEvent(type, at, this, data);
    }

    /// <summary>Its id; larger than a double holds exactly.</summary>
    public ulong Id { get; }

    /// <summary>The event that began it.</summary>
    public TraceEvent Start { get; }

    /// <summary>Whether its events are kept: those of connections to the API are not.</summary>
    public bool IsKept { get; }

    /// <summary>All events so far, the start included; empty for a span that is not kept.</summary>
    public IReadOnlyList<TraceEvent> Events => _events;

    public void Add(TraceEvent traceEvent)
    {
        if (IsKept)
        {
            _events.Add(traceEvent);
        }
    }
}
