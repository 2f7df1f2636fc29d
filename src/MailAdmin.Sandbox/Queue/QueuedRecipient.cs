namespace MailAdmin.Sandbox.Queue;

/// <summary>One recipient of a queued message.</summary>
internal sealed class QueuedRecipient(string address)
{
    /// <summary>The address as the envelope had it.</summary>
    public string Address { get; } = address;

    public string LowerAddress { get; } = address.ToLowerInvariant();

    /// <summary>The virtual queue (0.13); the sandbox has only the default one.</summary>
    public string Queue { get; } = "default";

    public DeliveryOutcome Outcome { get; set; } = DeliveryOutcome.Scheduled;

    /// <summary>Whether the outcome has been reported to the sender, or need not be.</summary>
    public bool IsReported { get; set; }

    public QueuedRecipient Copy() => (QueuedRecipient)MemberwiseClone();
}
