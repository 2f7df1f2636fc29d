namespace MailAdmin.Client;

/// <summary>What a listing of the queue asks for (GET /queue/messages).</summary>
public sealed record QueueQuery
{
    /// <summary>Which messages; null = all.</summary>
    public QueueFilter? Filter { get; init; }
    /// <summary>Only messages whose next attempt is due before this. In the future: a past one the server would ignore.</summary>
    public DateTimeOffset? DueBefore { get; init; }
    /// <summary>Only messages whose next attempt is due after this. In the future: a past one the server would ignore.</summary>
    public DateTimeOffset? DueAfter { get; init; }
    /// <summary>How many to leave out at the start.</summary>
    public long Skip { get; init; }
    /// <summary>How many at most; null = all.</summary>
    public long? First { get; init; }
    /// <summary>Only messages from this id on; null = from the first.</summary>
    internal ulong? FromId { get; init; }
}
