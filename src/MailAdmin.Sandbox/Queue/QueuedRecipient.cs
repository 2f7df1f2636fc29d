namespace MailAdmin.Sandbox.Queue;

/// <summary>One recipient of a queued message.</summary>
internal sealed class QueuedRecipient(string address)
{
    /// <summary>The address as the envelope had it.</summary>
    public string Address { get; } = address;

    public string LowerAddress { get; } = address.ToLowerInvariant();

    /// <summary>The virtual queue that it waits in (0.13): the sandbox has but the usual one.</summary>
    public string Queue { get; } = "default";

    public DeliveryOutcome Outcome { get; set; } = DeliveryOutcome.Scheduled;

    /// <summary>Whether the sender has been told how it ended, or does not have to be.</summary>
    public bool IsReported { get; set; }

    public QueuedRecipient Copy() => (QueuedRecipient)MemberwiseClone();
}
