namespace MailAdmin.Client.Api.Queue;

/// <summary>A message that was rescheduled: how it stood before, and what the last look showed.</summary>
internal sealed class RescheduledMessage
{
    // The server keeps whole seconds.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(2);
    private readonly int? _retryCountBefore;
    private DateTimeOffset? _nextRetry;

    private RescheduledMessage(int? retryCountBefore, bool wasDue) => (_retryCountBefore, WasDue) = (retryCountBefore, wasDue);

    /// <summary>Whether it was due, or nobody knows: a worker may have held it.</summary>
    public bool WasDue { get; }

    /// <summary>What the last look showed.</summary>
    public RescheduleOutcome Outcome { get; private set; }

    /// <summary>Begins with the message as it was; null where the account may not read it.</summary>
    public static RescheduledMessage Create(MailQueueMessage? before, string? domain, DateTimeOffset now)
    {
        if (before is null)
        {
            return new RescheduledMessage(null, wasDue: true);
        }
        List<MailQueueRecipient> meant = QueueChecks.GetPending(before, domain);
        return new RescheduledMessage(GetRetryCount(meant), meant.Exists(recipient => IsDue(recipient, now)));
    }

    /// <summary>Takes a look in.</summary>
    /// <param name="message">The message as it is; null when it is no longer in the queue.</param>
    /// <param name="at">When it should be tried; null = at once.</param>
    /// <param name="domain">The domain of the recipients that are meant; null = all.</param>
    /// <param name="now">When this is.</param>
    public void Judge(MailQueueMessage? message, DateTimeOffset? at, string? domain, DateTimeOffset now)
    {
        List<MailQueueRecipient> meant = message is null ? [] : QueueChecks.GetPending(message, domain);
        _nextRetry = meant.Min(recipient => recipient.NextRetry);
        if (meant.Count == 0)
        {
            // Tried at once, it may have been delivered; one that should wait has not waited.
            Outcome = at > now ? RescheduleOutcome.Left : RescheduleOutcome.Moved;
            return;
        }
        Outcome = at is { } time ? JudgeTime(meant, time, now) : JudgeNow(meant, now);
    }

    public QueueUnmovedMessage ToUnmoved(ulong id) => new(id, Outcome == RescheduleOutcome.NotMoved ? _nextRetry : null, WasDue);

    private static RescheduleOutcome JudgeTime(List<MailQueueRecipient> meant, DateTimeOffset at, DateTimeOffset now) =>
        at <= now || meant.TrueForAll(recipient => recipient.NextRetry is { } next && (next - at).Duration() < s_tolerance) ? RescheduleOutcome.Moved : RescheduleOutcome.NotMoved;

    private RescheduleOutcome JudgeNow(List<MailQueueRecipient> meant, DateTimeOffset now)
    {
        if (meant.TrueForAll(recipient => IsDue(recipient, now)))
        {
            return RescheduleOutcome.Moved;
        }
        if (_retryCountBefore is not { } before)
        {
            return RescheduleOutcome.Uncertain;
        }
        // Waiting for a later time: tried since, or not moved.
        return GetRetryCount(meant) <= before ? RescheduleOutcome.NotMoved : WasDue ? RescheduleOutcome.Uncertain : RescheduleOutcome.Moved;
    }

    private static bool IsDue(MailQueueRecipient recipient, DateTimeOffset now) => recipient.NextRetry is not { } next || next <= now + DueMessages.Margin;

    private static int GetRetryCount(List<MailQueueRecipient> recipients) => recipients.Select(recipient => recipient.RetryCount).DefaultIfEmpty().Max();
}
