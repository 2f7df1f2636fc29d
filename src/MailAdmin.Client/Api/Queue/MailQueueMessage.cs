namespace MailAdmin.Client;

/// <summary>A message that waits for delivery (GET /queue/messages, GET /queue/messages/{id}).</summary>
public sealed class MailQueueMessage : ServerObject
{
    /// <summary>The queue id. Beyond 2^53: never a double.</summary>
    public required ulong Id { get; init; }
    /// <summary>The queue id, by the name that traces know it by.</summary>
    public ulong QueueId => Id;
    /// <summary>The id of the raw message (GET /store/blobs/{id}).</summary>
    public string BlobId { get; init; } = "";
    /// <summary>The envelope sender; empty for bounces.</summary>
    public string From { get; init; } = "";
    /// <summary>The envelope sender, by the name of the header that receivers write.</summary>
    public string ReturnPath => From;
    /// <summary>The addresses of the recipients.</summary>
    public StringList To => new(Recipient.Select(recipient => recipient.Address));
    /// <summary>When it was queued.</summary>
    public DateTimeOffset Created { get; init; }
    /// <summary>Bytes of the message.</summary>
    public long Size { get; init; }
    /// <summary>The priority; 0 = normal.</summary>
    public int Priority { get; init; }
    /// <summary>The envelope id that the sender gave (ENVID).</summary>
    public string? EnvelopeId { get; init; }
    /// <summary>The recipients and their states.</summary>
    public ItemList<MailQueueRecipient> Recipient { get; init; } = ItemList<MailQueueRecipient>.Empty;
    /// <summary>Members of the answer this version does not know.</summary>
    public NamedValues AdditionalData { get; init; } = NamedValues.Empty;

    /// <summary>How the message stands: <c>TemporaryFailure</c> or <c>Scheduled</c> while a recipient is pending, else <c>PermanentFailure</c> where one failed, else <c>Completed</c>.</summary>
    public string Status =>
        HasRecipientWith(DeliveryStatus.TemporaryFailure) ? DeliveryStatus.TemporaryFailure
        : HasRecipientWith(DeliveryStatus.Scheduled) ? DeliveryStatus.Scheduled
        : HasRecipientWith(DeliveryStatus.PermanentFailure) ? DeliveryStatus.PermanentFailure
        : Recipient is [var first, ..] ? first.Status : DeliveryStatus.Scheduled;

    /// <summary>When a recipient is tried next; null when none is.</summary>
    public DateTimeOffset? NextRetry => PendingRecipients.Min(recipient => recipient.NextRetry);

    /// <summary>When the server gives up on the first pending recipient; null where it counts attempts instead.</summary>
    public DateTimeOffset? Expires => PendingRecipients.Min(recipient => recipient.Expires);

    /// <summary>The most often that a pending recipient has been tried again.</summary>
    public int RetryCount => PendingRecipients.Select(recipient => recipient.RetryCount).DefaultIfEmpty().Max();

    private IEnumerable<MailQueueRecipient> PendingRecipients => Recipient.Where(recipient => recipient.IsPending);

    /// <inheritdoc/>
    public override string ToString() => Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private bool HasRecipientWith(DeliveryStatus status) => Recipient.Any(recipient => recipient.Status == status);
}
