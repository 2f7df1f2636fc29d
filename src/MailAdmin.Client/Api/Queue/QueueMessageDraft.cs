using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Queue;

/// <summary>A queued message while it is read.</summary>
internal sealed class QueueMessageDraft
{
    public ulong? Id { get; set; }
    public string ReturnPath { get; set; } = "";
    public DateTimeOffset Created { get; set; }
    public long Size { get; set; }
    public int Priority { get; set; }
    public string? EnvelopeId { get; set; }
    public string BlobId { get; set; } = "";
    public List<QueueRecipientDraft> Recipients { get; } = [];
    public UnknownMembers Extra { get; } = new();

    public MailQueueMessage Finish() => new()
    {
        Id = Id ?? throw new JsonException("A queued message has an id."),
        ReturnPath = ReturnPath,
        Created = Created,
        Size = Size,
        Priority = Priority,
        EnvelopeId = EnvelopeId,
        BlobId = BlobId,
        Recipient = new ItemList<MailQueueRecipient>(Recipients.Select(recipient => recipient.Finish())),
        AdditionalData = Extra.ToDictionary(),
    };
}
