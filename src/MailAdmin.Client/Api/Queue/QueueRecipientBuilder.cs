using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Queue;

/// <summary>A recipient, or the state that its domain gives it, while it is read.</summary>
internal sealed class QueueRecipientBuilder
{
    public string Address { get; set; } = "";
    public string? Domain { get; set; }
    public DeliveryStatus Status { get; set; }
    public string? Reply { get; set; }
    public int RetryCount { get; set; }
    public DateTimeOffset? NextRetry { get; set; }
    public DateTimeOffset? NextNotify { get; set; }
    public DateTimeOffset? Expires { get; set; }
    public string? Queue { get; set; }
    public string? OriginalRecipient { get; set; }
    public UnknownMembers Unknown { get; } = new();

    /// <summary>Takes the domain's times, and its state where the recipient has none of its own: a failed connection stands there alone.</summary>
    public void InheritFrom(QueueRecipientBuilder domain)
    {
        (Domain, RetryCount, NextRetry, NextNotify, Expires) = (domain.Domain, domain.RetryCount, domain.NextRetry, domain.NextNotify, domain.Expires);
        if (Status == DeliveryStatus.Scheduled)
        {
            (Status, Reply) = (domain.Status, domain.Reply);
        }
    }

    public MailQueueRecipient Build() => new()
    {
        Address = Address,
        Domain = Domain ?? Address[(Address.LastIndexOf('@') + 1)..],
        Status = Status,
        Reply = Reply,
        RetryCount = RetryCount,
        // A finished one keeps its last times on the wire; they mean nothing any more.
        NextRetry = Status.IsPending ? NextRetry : null,
        NextNotify = Status.IsPending ? NextNotify : null,
        Expires = Expires,
        Queue = Queue,
        OriginalRecipient = OriginalRecipient,
        AdditionalData = Unknown.ToValues(),
    };
}
