using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Queue;

/// <summary>Writes a queued message: domains with their recipients, or from 0.13 recipients alone.</summary>
internal static class QueueMessageWriter
{
    public static void Write(Utf8JsonWriter json, QueuedMessage message, long now, ServerDialect dialect)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, message.Id);
        json.WriteString("return_path"u8, message.ReturnPath);
        json.WriteStartArray(dialect.QueuesByRecipient ? "recipients"u8 : "domains"u8);
        foreach (QueuedDomain domain in message.Domains)
        {
            if (dialect.QueuesByRecipient)
            {
                WriteRecipient(json, domain, now);
            }
            else
            {
                WriteDomain(json, domain, now);
            }
        }

        json.WriteEndArray();
        json.WriteString("created"u8, Timestamp.Format(message.Created));
        json.WriteNumber("size"u8, message.Size);
        json.WriteString("blob_hash"u8, message.BlobHash);
        json.WriteEndObject();
    }

    /// <summary>A recipient with a schedule of its own: what does not apply is left out, and there is a single status.</summary>
    private static void WriteRecipient(Utf8JsonWriter json, QueuedDomain domain, long now)
    {
        QueuedRecipient recipient = domain.Recipients[0];
        json.WriteStartObject();
        json.WriteString("address"u8, recipient.Address);
        json.WriteString("queue"u8, recipient.Queue);
        WriteOutcome(json, recipient.Outcome.Kind == OutcomeKind.Scheduled ? domain.Outcome : recipient.Outcome);
        json.WriteNumber("retry_num"u8, domain.RetryNumber);
        json.WriteString("next_retry"u8, Timestamp.Format(domain.NextRetry));
        if (domain.NextNotification > now)
        {
            json.WriteString("next_notify"u8, Timestamp.Format(domain.NextNotification));
        }

        if (!domain.IsLimitedByAttempts)
        {
            json.WriteString("expires"u8, Timestamp.Format(domain.ExpiresAt));
        }

        json.WriteEndObject();
    }

    private static void WriteDomain(Utf8JsonWriter json, QueuedDomain domain, long now)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, domain.Name);
        WriteOutcome(json, domain.Outcome);
        json.WriteStartArray("recipients"u8);
        foreach (QueuedRecipient recipient in domain.Recipients)
        {
            json.WriteStartObject();
            json.WriteString("address"u8, recipient.Address);
            WriteOutcome(json, recipient.Outcome);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNumber("retry_num"u8, domain.RetryNumber);
        json.WriteString("next_retry"u8, Timestamp.Format(domain.NextRetry));

        // A notification time that is past counts as none.
        if (domain.NextNotification > now)
        {
            json.WriteString("next_notify"u8, Timestamp.Format(domain.NextNotification));
        }
        else
        {
            json.WriteNull("next_notify"u8);
        }

        json.WriteString("expires"u8, Timestamp.Format(domain.ExpiresAt));
        json.WriteEndObject();
    }

    /// <summary>A bare string before the first attempt, afterwards an object with one key.</summary>
    private static void WriteOutcome(Utf8JsonWriter json, DeliveryOutcome outcome)
    {
        json.WritePropertyName("status"u8);
        if (outcome.Kind == OutcomeKind.Scheduled)
        {
            json.WriteStringValue("scheduled"u8);
            return;
        }

        json.WriteStartObject();
        json.WriteString(
            outcome.Kind switch
            {
                OutcomeKind.Completed => "completed"u8,
                OutcomeKind.TemporaryFailure => "temp_fail"u8,
                _ => "perm_fail"u8,
            },
            outcome.Text);
        json.WriteEndObject();
    }
}
