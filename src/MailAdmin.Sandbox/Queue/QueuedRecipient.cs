namespace MailAdmin.Sandbox.Queue;

/// <summary>One recipient of a queued message.</summary>
internal sealed class QueuedRecipient(string address, string queue)
{
    /// <summary>The address as the envelope had it.</summary>
    public string Address { get; } = address;

    public string LowerAddress { get; } = address.ToLowerInvariant();

    /// <summary>The address that the sender wrote to, with its kind (<c>rfc822;news@example.org</c>), where that is a list.</summary>
    public string? Original { get; set; }

    /// <summary>The virtual queue (0.13).</summary>
    public string Queue { get; } = queue;

    public DeliveryOutcome Outcome { get; set; } = DeliveryOutcome.Scheduled;

    /// <summary>Whether the outcome has been reported to the sender, or need not be.</summary>
    public bool IsReported { get; set; }

    public QueuedRecipient Copy() => (QueuedRecipient)MemberwiseClone();
}
