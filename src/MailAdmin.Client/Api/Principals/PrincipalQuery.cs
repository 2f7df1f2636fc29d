namespace MailAdmin.Client;

/// <summary>What a listing of principals asks for (GET /principal).</summary>
public sealed record PrincipalQuery
{
    /// <summary>Kinds to list; empty = all kinds that the caller may list.</summary>
    public IReadOnlyList<PrincipalType> Types { get; init; } = [];
    /// <summary>Words that must all occur (server 0.11: anywhere; from 0.12: as whole words). Null = no filter; an empty one is refused, as it would be everything.</summary>
    public string? Filter { get; init; }
    /// <summary>The server's field names to return; empty = all. Id and type always come.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];
    /// <summary>A tenant's name (licensed servers).</summary>
    public string? Tenant { get; init; }
    /// <summary>How many to leave out at the start.</summary>
    public long Skip { get; init; }
    /// <summary>How many at most; null = all.</summary>
    public long? First { get; init; }
    /// <summary>Whether the total is wanted even where it costs more than the list itself: from 0.16 on nothing counts API keys.</summary>
    public bool NeedsTotal { get; init; }
    /// <summary>One request without a limit instead of pages that double: for exports and existence checks.</summary>
    public bool InOneRequest { get; init; }
}
