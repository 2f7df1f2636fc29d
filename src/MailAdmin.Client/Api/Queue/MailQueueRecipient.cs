namespace MailAdmin.Client;

/// <summary>A recipient of a queued message (docs/api.md §6.3), the same from servers that keep its state with its domain (0.11, 0.12) and with itself (from 0.13).</summary>
public sealed class MailQueueRecipient : ServerObject
{
    /// <summary>The address.</summary>
    public required string Address { get; init; }
    /// <summary>The domain it is delivered to.</summary>
    public required string Domain { get; init; }
    /// <summary>Its state: its own, or its domain's where its own is still scheduled.</summary>
    public string Status { get; init; } = DeliveryStatus.Scheduled;
    /// <summary>What the receiving server said, or why it could not be reached; null before the first attempt.</summary>
    public string? Reply { get; init; }
    /// <summary>How often it has been tried again.</summary>
    public int RetryCount { get; init; }
    /// <summary>When it is tried next; null when it is no longer.</summary>
    public DateTimeOffset? NextRetry { get; init; }
    /// <summary>When the sender is notified of the delay; null when it has been, or when nothing is left to try.</summary>
    public DateTimeOffset? NextNotify { get; init; }
    /// <summary>When the server gives up; null where it counts attempts instead (from 0.13, after a reschedule).</summary>
    public DateTimeOffset? Expires { get; init; }
    /// <summary>The virtual queue (from 0.13).</summary>
    public string? Queue { get; init; }
    /// <summary>The original recipient that the sender named (ORCPT).</summary>
    public string? OriginalRecipient { get; init; }
    /// <summary>Members of the answer this version does not know.</summary>
    public NamedValues AdditionalData { get; init; } = NamedValues.Empty;

    internal bool IsPending => DeliveryStatus.Parse(Status).IsPending;

    /// <inheritdoc/>
    public override string ToString() => Address;
}
