namespace MailAdmin.Client;

/// <summary>Whether the queue delivers (GET /queue/status).</summary>
public sealed record MailQueueStatus
{
    /// <summary>True while the queue delivers, false while it is suspended; mail is accepted all the same.</summary>
    public required bool Running { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Running ? "Running" : "Suspended";
}
