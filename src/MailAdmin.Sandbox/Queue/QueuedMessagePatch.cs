using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Queue;

/// <summary>Changes a queued message to what a patched view of it says.</summary>
/// <param name="cancelled">The outcome of a recipient that is taken out.</param>
internal sealed class QueuedMessagePatch(DeliveryOutcome cancelled)
{
    /// <summary>Takes over what is different.</summary>
    /// <param name="message">The message.</param>
    /// <param name="wanted">How it shall be; <c>nextRetry</c> only if it was said.</param>
    /// <exception cref="SetException">A recipient is not there.</exception>
    public void Apply(QueuedMessage message, JsonObject wanted)
    {
        JsonObject recipients = wanted["recipients"]!.AsObject();
        if (recipients.FirstOrDefault(entry => message.Domains.All(domain => domain.Recipients[0].Address != entry.Key)).Key is { } unknown)
        {
            throw SetException.InvalidProperties($"The message has no recipient {unknown}.");
        }

        message.EnvelopeId = wanted["envId"]?.GetValue<string>();
        message.Priority = wanted["priority"]!.GetValue<int>();
        foreach (QueuedDomain domain in message.Domains)
        {
            if (recipients[domain.Recipients[0].Address] is JsonObject recipient)
            {
                Apply(domain, recipient, wanted["nextRetry"]?.GetValue<string>());
            }
            else
            {
                domain.Recipients[0].Outcome = cancelled;
                domain.Outcome = cancelled;
            }
        }
    }

    private static void Apply(QueuedDomain domain, JsonObject wanted, string? nextRetry)
    {
        QueuedRecipient recipient = domain.Recipients[0];
        recipient.Original = wanted["orcpt"]?.GetValue<string>();
        JsonObject expires = wanted["expires"]!.AsObject();
        domain.AttemptLimit = expires["expiresAttempts"]?.GetValue<int>();
        domain.ExpiresAt = expires["expiresAt"] is { } time ? ReadTime(time.GetValue<string>()) : domain.ExpiresAt;
        domain.RetryNumber = wanted["retryCount"]!.GetValue<int>();
        domain.NextRetry = ReadTime(nextRetry is not null && domain.Outcome.Kind != OutcomeKind.PermanentFailure ? nextRetry : wanted["retryDue"]!.GetValue<string>());
        domain.NotificationNumber = wanted["notifyCount"]!.GetValue<int>();
        domain.NextNotification = ReadTime(wanted["notifyDue"]!.GetValue<string>());
        if (wanted["status"]![RegistrySchema.Variant]!.GetValue<string>() == nameof(OutcomeKind.Scheduled))
        {
            recipient.Outcome = DeliveryOutcome.Scheduled;
            domain.Outcome = DeliveryOutcome.Scheduled;
        }
    }

    private static long ReadTime(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeSeconds();
}
