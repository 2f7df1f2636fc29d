using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Mail;

namespace MailAdmin.Sandbox.Queue;

/// <summary>Delivers a message to the hosts of its domains or into local mailboxes, and records their replies in it.</summary>
internal sealed class DeliveryAgent(RemoteDomains remoteDomains, ILocalMail localMail, FailureMessages failureMessages, TimeSpan deliveryTime, DeliveryTracer tracer)
{
    /// <summary>How long the attempt takes that is due now.</summary>
    public TimeSpan GetDuration(QueuedMessage message, long now) => GetDueDomains(message, now).DistinctBy(domain => domain.Name, StringComparer.Ordinal).Aggregate(
        TimeSpan.Zero,
        (sum, domain) => sum + (localMail.IsLocalDomain(domain.Name) ? TimeSpan.Zero : remoteDomains[domain.Name] == RemoteHostBehaviour.DnsTimesOut ? RemoteDomains.DnsTimeout : deliveryTime));

    /// <summary>Makes the attempt at those domains that were due when it began.</summary>
    public void Deliver(QueuedMessage message, long startedAt, DateTimeOffset now, TraceSpan? span)
    {
        foreach (QueuedDomain domain in GetDueDomains(message, startedAt).ToArray())
        {
            bool isLocal = localMail.IsLocalDomain(domain.Name);
            QueuedRecipient[] tried = domain.Recipients.Where(recipient => recipient.Outcome.IsPending).ToArray();
            domain.CompleteAttempt(isLocal ? DeliverLocally(message, domain) : DeliverRemotely(remoteDomains[domain.Name], domain), now.ToUnixTimeSeconds());
            tracer.TraceDomain(span, domain, tried, isLocal, now);
        }
    }

    private static IEnumerable<QueuedDomain> GetDueDomains(QueuedMessage message, long now) => message.Domains.Where(domain => domain.IsPending && domain.NextRetry <= now);

    private DeliveryOutcome DeliverLocally(QueuedMessage message, QueuedDomain domain) => ApplyReplies(domain, "localhost", recipient => localMail.TryDeliver(recipient.LowerAddress, message.Size)
        ? DeliveryOutcome.FromReply(250, "2.1.5", "OK")
        : DeliveryOutcome.FromReply(550, "5.5.0", "Mailbox not found."));

    private DeliveryOutcome DeliverRemotely(RemoteHostBehaviour behaviour, QueuedDomain domain)
    {
        string host = $"mx.{domain.Name}";
        return behaviour switch
        {
            RemoteHostBehaviour.NoSuchDomain when domain.Name.Length == 0 => failureMessages.NoDomain(),
            RemoteHostBehaviour.Accepts => ApplyReplies(domain, host, _ => DeliveryOutcome.FromReply(250, "2.1.5", "OK")),
            RemoteHostBehaviour.Greylists => ApplyReplies(domain, host, _ => DeliveryOutcome.FromReply(451, "4.7.1", "Greylisted, try again later")),
            RemoteHostBehaviour.RefusesRecipients => ApplyReplies(domain, host, _ => DeliveryOutcome.FromReply(550, "5.1.1", "No such mailbox here")),
            RemoteHostBehaviour.RefusesConnections => failureMessages.ConnectionRefused(host),
            RemoteHostBehaviour.HasInvalidCertificate when domain.RetryNumber == 0 => failureMessages.InvalidCertificate(host),
            RemoteHostBehaviour.HasInvalidCertificate => ApplyReplies(domain, host, _ => DeliveryOutcome.FromReply(250, "2.1.5", "OK")),
            RemoteHostBehaviour.DnsTimesOut => failureMessages.DnsTimedOut(domain.Name),
            _ => failureMessages.NoSuchDomain(domain.Name),
        };
    }

    /// <summary>Every recipient gets its reply. The domain is completed when all recipients are; until then it stays scheduled, whatever the replies.</summary>
    private DeliveryOutcome ApplyReplies(QueuedDomain domain, string host, Func<QueuedRecipient, DeliveryOutcome> reply)
    {
        foreach (QueuedRecipient recipient in domain.Recipients.Where(recipient => recipient.Outcome.IsPending))
        {
            recipient.Outcome = failureMessages.Answered(host, recipient.Address, reply(recipient));
        }

        return domain.Recipients.Any(recipient => recipient.Outcome.IsPending) ? DeliveryOutcome.Scheduled : DeliveryOutcome.Completed;
    }
}
