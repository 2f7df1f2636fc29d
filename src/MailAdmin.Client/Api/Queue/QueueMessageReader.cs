using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Queue;

/// <summary>Reads a queued message from the wire (docs/api.md §6.3): 0.11 keeps the state of a recipient with its domain, 0.13 with the recipient, and a status is a word or an object.</summary>
internal static class QueueMessageReader
{
    /// <summary>Reads the object the reader stands on, and leaves the reader at its end.</summary>
    public static MailQueueMessage Read(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartObject);
        var builder = new QueueMessageBuilder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            ReadMember(name, ref reader, builder);
        }
        return builder.Build();
    }

    // A null is as good as no member: one odd message must not take the list of all others away.
    private static void ReadMember(string name, ref Utf8JsonReader reader, QueueMessageBuilder builder)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }
        switch (name)
        {
            case "id":
                builder.Id = reader.GetUInt64();
                break;
            case "return_path":
                builder.From = reader.GetString()!;
                break;
            case "created":
                builder.Created = reader.GetDateTimeOffset();
                break;
            case "size":
                builder.Size = reader.GetInt64();
                break;
            case "priority":
                builder.Priority = reader.GetInt32();
                break;
            case "env_id":
                builder.EnvelopeId = reader.GetString();
                break;
            case "blob_hash":
                builder.BlobId = reader.GetString()!;
                break;
            case "domains":
                ReadDomains(ref reader, builder.Recipients);
                break;
            case "recipients":
                builder.Recipients.AddRange(ReadRecipients(ref reader));
                break;
            default:
                builder.Unknown.Add(name, ref reader);
                break;
        }
    }

    private static void ReadDomains(ref Utf8JsonReader reader, List<QueueRecipientBuilder> into)
    {
        reader.Expect(JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Null)
            {
                into.AddRange(ReadDomain(ref reader));
            }
        }
    }

    // The members of a domain come in any order, so its recipients get its state when all is read.
    private static List<QueueRecipientBuilder> ReadDomain(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartObject);
        List<QueueRecipientBuilder> recipients = [];
        var domain = new QueueRecipientBuilder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }
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
        recipients.ForEach(recipient => recipient.InheritFrom(domain));
        return recipients;
    }

    private static List<QueueRecipientBuilder> ReadRecipients(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartArray);
        var recipients = new List<QueueRecipientBuilder>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Null)
            {
                recipients.Add(ReadRecipient(ref reader));
            }
        }
        return recipients;
    }

    private static QueueRecipientBuilder ReadRecipient(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartObject);
        var builder = new QueueRecipientBuilder();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }
            switch (name)
            {
                case "address":
                    builder.Address = reader.GetString()!;
                    break;
                case "queue":
                    builder.Queue = reader.GetString();
                    break;
                case "orcpt":
                    builder.OriginalRecipient = reader.GetString();
                    break;
                default:
                    ReadState(name, ref reader, builder);
                    break;
            }
        }
        return builder;
    }

    // What 0.11 says of a domain and 0.13 of a recipient.
    private static void ReadState(string name, ref Utf8JsonReader reader, QueueRecipientBuilder builder)
    {
        switch (name)
        {
            case "status":
                (builder.Status, builder.Reply) = ReadStatus(ref reader);
                break;
            case "retry_num":
                builder.RetryCount = reader.GetInt32();
                break;
            case "next_retry":
                builder.NextRetry = reader.GetDateTimeOffset();
                break;
            case "next_notify":
                builder.NextNotify = reader.GetDateTimeOffset();
                break;
            case "expires":
                builder.Expires = reader.GetDateTimeOffset();
                break;
            default:
                builder.Unknown.Add(name, ref reader);
                break;
        }
    }

    private static (DeliveryStatus Status, string? Reply) ReadStatus(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return (DeliveryStatus.FromWire(reader.GetString()!), null);
        }
        reader.Expect(JsonTokenType.StartObject);
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
}
