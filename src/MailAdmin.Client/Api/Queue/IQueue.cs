namespace MailAdmin.Client.Api.Queue;

/// <summary>
/// The queue of a server, as it keeps it: read and written in the way that the server has. What holds for every server — what is refused before anything is
/// sent, the looks afterwards — is in <see cref="QueueResource"/> and its batches.
/// </summary>
internal interface IQueue
{
    /// <summary>Whether a filter by the time of the next attempt may be in the past; otherwise the server ignores such a time.</summary>
    bool TakesPastDueTimes { get; }

    /// <summary>Whether a reschedule cuts the expiry to a few seconds after the new time, or nobody knows.</summary>
    bool ShortensExpiry { get; }

    /// <summary>Whether a reschedule to a time before the expiry takes the expiry away.</summary>
    bool DropsExpiry { get; }

    /// <summary>The messages asked for, in rising order of their ids, streamed.</summary>
    IAsyncEnumerable<MailQueueMessage> ListAsync(QueueQuery query, Action<long>? onTotal, CancellationToken cancellationToken);

    /// <summary>The ids of all messages that the filter matches, rising.</summary>
    Task<IReadOnlyList<ulong>> ListIdsAsync(QueueFilter filter, CancellationToken cancellationToken);

    /// <summary>The ids of the messages that are due before a time.</summary>
    Task<IReadOnlyList<ulong>> ListDueIdsAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>How many of the messages that the filter matches are due before a time.</summary>
    Task<long> CountDueAsync(QueueFilter filter, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Those of some messages that are in the queue.</summary>
    IAsyncEnumerable<MailQueueMessage> ReadAsync(IReadOnlyList<ulong> ids, CancellationToken cancellationToken);

    /// <summary>The ids of those of some messages that are in the queue, perhaps among others.</summary>
    Task<IReadOnlyList<ulong>> FindQueuedAsync(IReadOnlyList<ulong> ids, CancellationToken cancellationToken);

    /// <summary>The same where they are what a filter matched.</summary>
    Task<IReadOnlyList<ulong>> FindRemainingAsync(QueueFilter filter, IReadOnlyList<ulong> matched, CancellationToken cancellationToken);

    /// <summary>One message.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when it is not in the queue.</exception>
    Task<MailQueueMessage> GetAsync(ulong id, CancellationToken cancellationToken);

    /// <summary>Refuses a reschedule that would do harm: beyond the expiry, or of recipients that are not meant.</summary>
    void CheckReschedule(MailQueueMessage message, DateTimeOffset? at, string? domain);

    /// <summary>Refuses a cancellation of recipients that are not there, or of others with them.</summary>
    void CheckCancellation(MailQueueMessage message, string recipient);

    /// <summary>Has a message tried again. A lost answer is resolved by a look.</summary>
    /// <param name="id">The message.</param>
    /// <param name="at">When; null = now.</param>
    /// <param name="domain">Only recipients in this domain; null = all.</param>
    /// <param name="before">The message as it was; null where nobody has read it.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>False when nothing of it is pending.</returns>
    Task<bool> RescheduleAsync(ulong id, DateTimeOffset? at, string? domain, MailQueueMessage? before, CancellationToken cancellationToken);

    /// <summary>Has all matching messages tried again.</summary>
    /// <param name="filter">Which messages.</param>
    /// <param name="at">When; null = now.</param>
    /// <param name="matched">What the filter matched; null where nobody has listed it.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>False when nothing matched.</returns>
    Task<bool> RescheduleAsync(QueueFilter filter, DateTimeOffset? at, IReadOnlyList<ulong>? matched, CancellationToken cancellationToken);

    /// <summary>Cancels a message, or a recipient of it (an address, or a domain as <c>@example.org</c>). A lost answer is resolved by a look.</summary>
    /// <returns>False when nothing was left to cancel.</returns>
    Task<bool> CancelAsync(ulong id, string? recipient, CancellationToken cancellationToken);

    /// <summary>Cancels what a filter matched.</summary>
    /// <returns>What had left the queue before, as far as the server says so.</returns>
    Task<IReadOnlyList<ulong>> CancelAsync(QueueFilter filter, IReadOnlyList<ulong> matched, CancellationToken cancellationToken);

    /// <summary>Whether the server may be delivering just now.</summary>
    Task<bool> MayBeDeliveringAsync(CancellationToken cancellationToken);
}
