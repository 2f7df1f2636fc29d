namespace MailAdmin.Client;

/// <summary>The question of GET /logs, and what is left out here of its answer.</summary>
public sealed record LogQuery
{
    /// <summary>A part of the line as the server wrote it, compared with case; null = all.</summary>
    public string? Text { get; init; }
    /// <summary>Which entries are wanted; applied here, since the server filters by text alone. Null = all.</summary>
    public Func<MailLogEntry, bool>? Match { get; init; }
    /// <summary>How many of those wanted to leave out, the newest.</summary>
    public long Skip { get; init; }
    /// <summary>How many at most; null = the whole log.</summary>
    public long? First { get; init; }
}
