namespace MailAdmin.Sandbox.Queue;

/// <summary>
/// Recipients of a message at one domain that share a schedule: all of them, or from 0.13 a single one. Times are seconds since 1970.
/// </summary>
internal sealed class QueuedDomain
{
    /// <summary>How many more attempts there are when attempts limit it.</summary>
    private const int FurtherAttempts = 10;

    public required string Name { get; init; }

    public required IReadOnlyList<QueuedRecipient> Recipients { get; init; }

    public DeliveryOutcome Outcome { get; set; } = DeliveryOutcome.Scheduled;

    public int RetryNumber { get; set; }

    public long NextRetry { get; set; }

    public int NotificationNumber { get; set; }

    public long NextNotification { get; set; }

    public long ExpiresAt { get; set; }

    /// <summary>How many attempts limit it, and not time, until the next one; null: time does.</summary>
    public int? AttemptLimit { get; set; }

    public bool IsLimitedByAttempts => AttemptLimit is not null;

    public bool IsPending => Outcome.IsPending;

    /// <summary>The time of the next retry, notification or expiry.</summary>
    public long NextEvent => Math.Min(NextRetry, IsLimitedByAttempts ? NextNotification : Math.Min(NextNotification, ExpiresAt));

    /// <summary>
    /// Moves the next attempt. What would expire later is limited by attempts until then, or expires ten seconds after it: then the
    /// attempt becomes the last.
    /// </summary>
    public void Reschedule(long at, bool limitByAttempts)
    {
        NextRetry = at;
        if (ExpiresAt <= at)
        {
            return;
        }

        if (limitByAttempts)
        {
            AttemptLimit = RetryNumber + FurtherAttempts;
        }
        else
        {
            ExpiresAt = at + 10;
        }
    }

    /// <summary>Records the outcome of an attempt, and the time of the next one if it was not the last.</summary>
    public void CompleteAttempt(DeliveryOutcome outcome, long now)
    {
        Outcome = outcome;
        AttemptLimit = null;
        if (!outcome.IsPending)
        {
            return;
        }

        NextRetry = now + DeliverySchedule.GetRetryDelay(RetryNumber);
        RetryNumber++;
    }

    /// <summary>Fails its recipients permanently if it has expired.</summary>
    public void Expire(long now)
    {
        if (!IsPending || (AttemptLimit is { } limit ? RetryNumber < limit : ExpiresAt > now))
        {
            return;
        }

        foreach (QueuedRecipient recipient in Recipients)
        {
            recipient.Outcome = recipient.Outcome.ToPermanent();
        }

        Outcome = Outcome.Kind == OutcomeKind.TemporaryFailure ? Outcome.ToPermanent() : DeliveryOutcome.PermanentFailure("Queue error: Queue rate limit exceeded.") with { Host = "localhost", Fault = DeliveryFault.RateLimited };
    }

    public QueuedDomain Copy()
    {
        QueuedRecipient[] recipients = Recipients.Select(recipient => recipient.Copy()).ToArray();
        return new QueuedDomain
        {
            Name = Name,
            Recipients = recipients,
            Outcome = Outcome,
            RetryNumber = RetryNumber,
            NextRetry = NextRetry,
            NotificationNumber = NotificationNumber,
            NextNotification = NextNotification,
            ExpiresAt = ExpiresAt,
            AttemptLimit = AttemptLimit,
        };
    }
}
