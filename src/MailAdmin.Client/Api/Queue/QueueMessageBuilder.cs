using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Queue;

/// <summary>A queued message while it is read.</summary>
internal sealed class QueueMessageBuilder
{
    public ulong? Id { get; set; }
    public string From { get; set; } = "";
    public DateTimeOffset Created { get; set; }
    public long Size { get; set; }
    public int Priority { get; set; }
    public string? EnvelopeId { get; set; }
    public string BlobId { get; set; } = "";
    public List<QueueRecipientBuilder> Recipients { get; } = [];
    public UnknownMembers Unknown { get; } = new();

    public MailQueueMessage Build() => new()
    {
        Id = Id ?? throw new JsonException("A queued message has an id."),
        From = From,
        Created = Created,
        Size = Size,
        Priority = Priority,
        EnvelopeId = EnvelopeId,
        BlobId = BlobId,
        Recipient = new ItemList<MailQueueRecipient>(Recipients.Select(recipient => recipient.Build())),
        AdditionalData = Unknown.ToValues(),
    };
}
