// Queued messages by hand: 0.11 keeps a recipient's state with its domain, 0.13 with the recipient; a status is a word or an object.
using System.Text.Json;

namespace MailAdmin.Client.Api.Queue;

/// <summary>Reads a queued message from the wire (contract §6.3), in both forms.</summary>
internal static class QueueMessageReader
{
    /// <summary>Reads the object the reader stands on, and leaves the reader at its end.</summary>
    public static MailQueueMessage Read(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var draft = new QueueMessageDraft();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            ReadMember(name, ref reader, draft);
        }
        return draft.Finish();
    }

    private static void ReadMember(string name, ref Utf8JsonReader reader, QueueMessageDraft draft)
    {
        switch (name)
        {
            case "id":
                draft.Id = reader.GetUInt64();
                break;
            case "return_path":
                draft.ReturnPath = reader.GetString() ?? "";
                break;
            case "created":
                draft.Created = reader.GetDateTimeOffset();
                break;
            case "size":
                draft.Size = reader.GetInt64();
                break;
            case "priority":
                draft.Priority = reader.GetInt32();
                break;
            case "env_id":
                draft.EnvelopeId = reader.GetString();
                break;
            case "blob_hash":
                draft.BlobId = reader.GetString() ?? "";
                break;
            case "domains":
                ReadDomains(ref reader, draft.Recipients);
                break;
            case "recipients":
                draft.Recipients.AddRange(ReadRecipients(ref reader));
                break;
            default:
                draft.Extra.Keep(name, ref reader);
                break;
        }
    }

    private static void ReadDomains(ref Utf8JsonReader reader, List<QueueRecipientDraft> into)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            into.AddRange(ReadDomain(ref reader));
        }
    }

    // The members of a domain come in any order, so its recipients get its state when all is read.
    private static List<QueueRecipientDraft> ReadDomain(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        List<QueueRecipientDraft> recipients = [];
        var domain = new QueueRecipientDraft();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == "recipients")
            {
                recipients = ReadRecipients(ref reader);
            }
            else if (name == "name")
            {
                domain.Domain = reader.GetString();
            }
            else
            {
                ReadState(name, ref reader, domain);
            }
        }
        recipients.ForEach(recipient => recipient.Inherit(domain));
        return recipients;
    }

    private static List<QueueRecipientDraft> ReadRecipients(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var recipients = new List<QueueRecipientDraft>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            recipients.Add(ReadRecipient(ref reader));
        }
        return recipients;
    }

    private static QueueRecipientDraft ReadRecipient(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject);
        var draft = new QueueRecipientDraft();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "address":
                    draft.Address = reader.GetString() ?? "";
                    break;
                case "queue":
                    draft.Queue = reader.GetString();
                    break;
                case "orcpt":
                    draft.OriginalRecipient = reader.GetString();
                    break;
                default:
                    ReadState(name, ref reader, draft);
                    break;
            }
        }
        return draft;
    }

    // What 0.11 says of a domain and 0.13 of a recipient.
    private static void ReadState(string name, ref Utf8JsonReader reader, QueueRecipientDraft draft)
    {
        switch (name)
        {
            case "status":
                (draft.Status, draft.Reply) = ReadStatus(ref reader);
                break;
            case "retry_num":
                draft.RetryCount = reader.GetInt32();
                break;
            case "next_retry":
                draft.NextRetry = ReadTime(ref reader);
                break;
            case "next_notify":
                draft.NextNotify = ReadTime(ref reader);
                break;
            case "expires":
                draft.Expires = ReadTime(ref reader);
                break;
            default:
                draft.Extra.Keep(name, ref reader);
                break;
        }
    }

    private static (DeliveryStatus Status, string? Reply) ReadStatus(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return (DeliveryStatus.FromWire(reader.GetString()!), null);
        }
        Expect(ref reader, JsonTokenType.StartObject);
        (DeliveryStatus Status, string? Reply) read = (DeliveryStatus.Scheduled, null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var status = DeliveryStatus.FromWire(reader.GetString()!);
            reader.Read();
            read = (status, ReadReply(ref reader));
        }
        return read;
    }

    // A later server may say more than a sentence; then its JSON is the reply.
    private static string? ReadReply(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString() is { Length: > 0 } text ? text : null,
        JsonTokenType.Null => null,
        _ => JsonElement.ParseValue(ref reader).GetRawText(),
    };

    private static DateTimeOffset? ReadTime(ref Utf8JsonReader reader) => reader.TokenType == JsonTokenType.Null ? null : reader.GetDateTimeOffset();

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (reader.TokenType != type)
        {
            throw new JsonException($"A queued message has {type} here.");
        }
    }
}
