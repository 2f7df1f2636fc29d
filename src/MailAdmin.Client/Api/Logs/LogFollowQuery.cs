namespace MailAdmin.Client;

/// <summary>What following the log asks for.</summary>
public sealed record LogFollowQuery
{
    /// <summary>A part of the line as the server wrote it, compared with case; null = all.</summary>
    public string? Text { get; init; }
    /// <summary>Which entries are wanted; applied here, since the server filters by text alone. Null = all.</summary>
    public Func<MailLogEntry, bool>? Match { get; init; }
    /// <summary>How many of the entries that are there already to give first, the newest of those wanted.</summary>
    public int Tail { get; init; } = 10;
    /// <summary>How long to wait between two polls.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(2);
    /// <summary>When to end; null = never.</summary>
    public TimeSpan? Duration { get; init; }
}
