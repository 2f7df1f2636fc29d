using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Mail;

namespace MailAdmin.Sandbox.Queue;

/// <summary>Carries a message to the hosts of its domains, or into local mailboxes, and notes on it what they said.</summary>
internal sealed class Courier(RemoteHosts hosts, Mailboxes mailboxes, FailureTexts texts, TimeSpan deliveryTime, DeliveryTracer tracer)
{
    /// <summary>How long the attempt takes that is due now.</summary>
    public TimeSpan TimeFor(QueuedMessage message, long now) => Due(message, now).DistinctBy(domain => domain.Name, StringComparer.Ordinal).Aggregate(
        TimeSpan.Zero,
        (sum, domain) => sum + (mailboxes.IsLocalDomain(domain.Name) ? TimeSpan.Zero : hosts[domain.Name] == RemoteHost.IsSilent ? RemoteHosts.DnsSilence : deliveryTime));

    /// <summary>Makes the attempt at those domains that were due when it began.</summary>
    public void Deliver(QueuedMessage message, long began, DateTimeOffset now, TraceSpan? span)
    {
        foreach (QueuedDomain? domain in Due(message, began).ToArray())
        {
            bool isLocal = mailboxes.IsLocalDomain(domain.Name);
            QueuedRecipient[] tried = domain.Recipients.Where(recipient => recipient.Outcome.IsPending).ToArray();
            domain.Conclude(isLocal ? DeliverLocally(message, domain) : DeliverTo(hosts[domain.Name], domain), now.ToUnixTimeSeconds());
            tracer.Tried(span, domain, tried, isLocal, now);
        }
    }

    private static IEnumerable<QueuedDomain> Due(QueuedMessage message, long now) => message.Domains.Where(domain => domain.IsPending && domain.NextRetry <= now);

    private DeliveryOutcome DeliverLocally(QueuedMessage message, QueuedDomain domain) => TellAll(domain, "localhost", recipient => mailboxes.TryKeep(recipient.LowerAddress, message.Size)
        ? DeliveryOutcome.Reply(250, "2.1.5", "OK")
        : DeliveryOutcome.Reply(550, "5.5.0", "Mailbox not found."));

    private DeliveryOutcome DeliverTo(RemoteHost behaviour, QueuedDomain domain)
    {
        string host = $"mx.{domain.Name}";
        return behaviour switch
        {
            RemoteHost.Accepts => TellAll(domain, host, _ => DeliveryOutcome.Reply(250, "2.1.5", "OK")),
            RemoteHost.Greylists => TellAll(domain, host, _ => DeliveryOutcome.Reply(451, "4.7.1", "Greylisted, try again later")),
            RemoteHost.RefusesRecipients => TellAll(domain, host, _ => DeliveryOutcome.Reply(550, "5.1.1", "No such mailbox here")),
            RemoteHost.RefusesConnections => texts.ConnectionRefused(host),
            RemoteHost.HasBadCertificate when domain.RetryNumber == 0 => texts.BadCertificate(host),
            RemoteHost.HasBadCertificate => TellAll(domain, host, _ => DeliveryOutcome.Reply(250, "2.1.5", "OK")),
            RemoteHost.IsSilent => texts.DnsSilent(domain.Name),
            _ => texts.NoSuchDomain(domain.Name),
        };
    }

    /// <summary>Every recipient gets its reply. The domain is done when all are; until then it stays scheduled, whatever was said.</summary>
    private DeliveryOutcome TellAll(QueuedDomain domain, string host, Func<QueuedRecipient, DeliveryOutcome> reply)
    {
        foreach (QueuedRecipient? recipient in domain.Recipients.Where(recipient => recipient.Outcome.IsPending))
        {
            recipient.Outcome = texts.Refused(host, recipient.Address, reply(recipient));
        }

        return domain.Recipients.Any(recipient => recipient.Outcome.IsPending) ? DeliveryOutcome.Scheduled : DeliveryOutcome.Completed;
    }
}
