namespace MailAdmin.Client;

/// <summary>How many messages a filter matches, and the first of them, for a confirmation prompt.</summary>
/// <param name="Total">How many there are.</param>
/// <param name="Messages">The first ones, by id.</param>
public sealed record QueueSample(long Total, IReadOnlyList<MailQueueMessage> Messages);

/// <summary>What a cancellation of many messages did.</summary>
/// <param name="Matched">The messages that were there before.</param>
/// <param name="Remaining">Those of them that are still there.</param>
public sealed record QueueCancellation(IReadOnlyList<ulong> Matched, IReadOnlyList<ulong> Remaining)
{
    /// <summary>Those that had left the queue before they could be cancelled: delivered, given up, or cancelled by somebody else. Servers before 0.16 do not say.</summary>
    public IReadOnlyList<ulong> LeftBefore { get; init; } = [];
}

/// <summary>What suspending or resuming the queue did.</summary>
/// <param name="WasRunning">Whether it ran before.</param>
/// <param name="Status">The state now.</param>
/// <param name="UnreadReason">Why the state is not known; null where it is.</param>
public sealed record QueueStateChange(bool WasRunning, MailQueueStatus? Status, string? UnreadReason = null);
