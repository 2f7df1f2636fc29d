using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Queue;

/// <summary>A queued message as servers from 0.16 show it: <c>x:QueuedMessage</c>.</summary>
/// <param name="ports">The ports of the listeners, by where mail comes from.</param>
internal sealed class QueuedMessageView(Func<MailSource, int> ports)
{
    private const string NoSender = "<>";
    private const string Loopback = "127.0.0.1";

    /// <param name="message">The message.</param>
    /// <param name="now">Seconds since 1970: when a message is due that waits for nobody.</param>
    public JsonObject Show(QueuedMessage message, long now)
    {
        QueuedDomain[] pending = [.. message.Domains.Where(domain => domain.IsPending)];
        return new JsonObject
        {
            ["createdAt"] = Timestamp.Format(message.Created),
            ["nextRetry"] = Timestamp.Format(message.NextAttempt ?? now),
            ["nextNotify"] = pending.Length == 0 ? null : Timestamp.Format(pending.Min(domain => domain.NextNotification)),
            ["blobId"] = BlobId.ForServer(message.BlobHash).ToString(),
            ["returnPath"] = message.ReturnPath.Length == 0 ? NoSender : message.ReturnPath,
            ["recipients"] = new JsonObject(message.Domains.Select(domain => KeyValuePair.Create(domain.Recipients[0].Address, (JsonNode?)ShowRecipient(domain)))),
            ["receivedFromIp"] = Loopback,
            ["receivedViaPort"] = ports(message.Source),
            ["flags"] = ObjectCreator.Set(message.Source switch
            {
                MailSource.Authenticated => "authenticated",
                MailSource.Unauthenticated => "unauthenticated",
                _ => "dsn",
            }),
            ["envId"] = message.EnvelopeId,
            ["priority"] = message.Priority,
            ["size"] = message.Size,
        };
    }

    private static JsonObject ShowRecipient(QueuedDomain domain)
    {
        QueuedRecipient recipient = domain.Recipients[0];
        DeliveryOutcome outcome = recipient.Outcome.Kind == OutcomeKind.Scheduled ? domain.Outcome : recipient.Outcome;
        return new JsonObject
        {
            ["retryCount"] = domain.RetryNumber,
            ["retryDue"] = Timestamp.Format(domain.NextRetry),
            ["notifyCount"] = domain.NotificationNumber,
            ["notifyDue"] = Timestamp.Format(domain.NextNotification),
            ["expires"] = domain.AttemptLimit is { } limit
                ? new JsonObject { ["expiresAttempts"] = limit, [RegistrySchema.Variant] = "Attempts" }
                : new JsonObject { ["expiresAt"] = Timestamp.Format(domain.ExpiresAt), [RegistrySchema.Variant] = "Ttl" },
            ["queueName"] = recipient.Queue,
            ["status"] = ShowStatus(outcome),
            ["flags"] = recipient.IsReported ? ObjectCreator.Set("dsnSent") : new JsonObject(),
            ["orcpt"] = recipient.Original,
        };
    }

    private static JsonObject ShowStatus(DeliveryOutcome outcome)
    {
        JsonObject status = ObjectCreator.Variant(outcome.Kind.ToString());
        if (outcome.Kind == OutcomeKind.Scheduled)
        {
            return status;
        }

        if (outcome.Kind != OutcomeKind.Completed)
        {
            status["errorType"] = Word(outcome.Fault);
            status["errorMessage"] = outcome.Reason;
            status["errorCommand"] = outcome.Command;
        }

        status["responseHostname"] = outcome.Host;
        status["responseCode"] = outcome.Reply?.Code;
        status["responseEnhanced"] = outcome.Reply?.EnhancedCode;
        status["responseMessage"] = outcome.Reply?.Message;
        return status;
    }

    private static string Word(DeliveryFault fault) => fault switch
    {
        DeliveryFault.Dns => "dnsError",
        DeliveryFault.Connection => "connectionError",
        DeliveryFault.Tls => "tlsError",
        DeliveryFault.UnexpectedResponse => "unexpectedResponse",
        DeliveryFault.RateLimited => "rateLimited",
        _ => "io",
    };
}
