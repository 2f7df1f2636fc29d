namespace MailAdmin.Client;

/// <summary>What a listing of traces asks for (GET /telemetry/traces).</summary>
public sealed record TraceQuery
{
    /// <summary>The name of the event that began the trace: <c>delivery.attempt-start</c>, <c>smtp.connection-start</c>; null = any.</summary>
    public string? Type { get; init; }
    /// <summary>The queued message; null = any.</summary>
    public ulong? QueueId { get; init; }
    /// <summary>Words of its events, all of them; double quotes group. Null = any.</summary>
    public string? Text { get; init; }
    /// <summary>Only from this time on.</summary>
    public DateTimeOffset? After { get; init; }
    /// <summary>Only until this time.</summary>
    public DateTimeOffset? Before { get; init; }
    /// <summary>How many to leave out at the start.</summary>
    public long Skip { get; init; }
    /// <summary>How many at most; null = all.</summary>
    public long? First { get; init; }

    /// <summary>Whether nothing narrows it but the type: from 0.15 the server then takes the last 24 hours alone.</summary>
    public bool IsUnrestricted => QueueId is null && Text is null && After is null && Before is null;
}
