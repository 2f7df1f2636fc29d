using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Telemetry;

namespace MailAdmin.Sandbox.Queue;

/// <summary>Traces the queue: each message that enters it, and each delivery attempt as a span of its own.</summary>
internal sealed class DeliveryTracer(Tracer tracer, RemoteDomains remoteDomains, string hostName)
{
    private const int SmtpPort = 25;

    /// <summary>A message was put into the queue.</summary>
    /// <param name="span">The connection it came by, or the attempt that made it necessary.</param>
    /// <param name="message">The message.</param>
    /// <param name="at">When.</param>
    public void TraceQueued(TraceSpan? span, QueuedMessage message, DateTimeOffset at)
    {
        if (!tracer.IsEnabled)
        {
            return;
        }

        bool isSubmission = message.Source == MailSource.Authenticated;
        string type = message.Source == MailSource.Bounce ? "queue.queue-dsn" : isSubmission ? "queue.queue-message-authenticated" : "queue.queue-message";
        tracer.Measure(isSubmission ? "message.authenticated-size" : "message.size", message.Size, at);
        tracer.Add(
            span,
            type,
            at,
            ("queueId", message.Id),
            ("from", message.ReturnPath),
            ("to", GetAddresses(message)),
            ("size", message.Size),
            ("nextRetry", FromUnixSeconds(message.Domains.Min(domain => domain.NextRetry))),
            ("nextDsn", FromUnixSeconds(message.Domains.Min(domain => domain.NextNotification))),
            ("expires", FromUnixSeconds(message.Domains.Min(domain => domain.ExpiresAt))));
    }

    public TraceSpan? StartAttempt(QueuedMessage message, DateTimeOffset at) => !tracer.IsEnabled ? null : tracer.Start(
        "delivery.attempt-start",
        at,
        isKept: true,
        ("queueId", message.Id),
        ("from", message.ReturnPath),
        ("to", GetAddresses(message)),
        ("size", message.Size),
        ("total", message.Recipients.Count(recipient => recipient.Outcome.IsPending)));

    /// <summary>The recipients of a domain were tried: the steps are derived from the outcome.</summary>
    public void TraceDomain(TraceSpan? span, QueuedDomain domain, IReadOnlyList<QueuedRecipient> tried, bool isLocal, DateTimeOffset at)
    {
        if (span is null)
        {
            return;
        }

        tracer.Add(span, "delivery.domain-delivery-start", at, ("domain", domain.Name), ("total", tried.Count));
        if (isLocal)
        {
            TraceLocalDelivery(span, tried, at);
        }
        else if (TraceConnection(span, domain, at) is { } host)
        {
            TraceRemoteDelivery(span, host, domain, tried, at);
        }
    }

    /// <summary>The outcome of a recipient is final, and reported to the sender where required.</summary>
    public void TraceNotification(TraceSpan? span, QueuedRecipient recipient, DateTimeOffset at)
    {
        if (span is not null)
        {
            tracer.Add(span, recipient.Outcome.Kind == OutcomeKind.Completed ? "delivery.dsn-success" : "delivery.dsn-perm-fail", at, ("to", recipient.Address), ("details", recipient.Outcome.Text));
        }
    }

    /// <summary>The attempt is over; the message waits for the next one, or is completed.</summary>
    public void EndAttempt(TraceSpan? span, QueuedMessage message, DateTimeOffset at)
    {
        if (span is null)
        {
            return;
        }

        TimeSpan elapsed = at - span.Start.At;
        if (message.NextEvent is not null)
        {
            QueuedDomain[] pending = message.Domains.Where(domain => domain.IsPending).ToArray();
            tracer.Add(
                span,
                "queue.rescheduled",
                at,
                ("queueId", message.Id),
                ("nextRetry", FromUnixSeconds(pending.Min(domain => domain.NextRetry))),
                ("nextDsn", FromUnixSeconds(pending.Min(domain => domain.NextNotification))),
                ("expires", FromUnixSeconds(pending.Min(domain => domain.ExpiresAt))));
        }
        else
        {
            TimeSpan total = at - FromUnixSeconds(message.Created);
            tracer.Measure("delivery.total-time", (long)Math.Max(0, total.TotalMilliseconds), at);
            tracer.Add(span, "delivery.completed", at, ("queueId", message.Id), ("elapsed", total < TimeSpan.Zero ? TimeSpan.Zero : total));
        }

        tracer.Measure("delivery.attempt-time", (long)elapsed.TotalMilliseconds, at);
        tracer.End(span, "delivery.attempt-end", at, ("queueId", message.Id), ("elapsed", elapsed));
    }

    private void TraceLocalDelivery(TraceSpan span, IReadOnlyList<QueuedRecipient> tried, DateTimeOffset at)
    {
        foreach (QueuedRecipient recipient in tried)
        {
            if (recipient.Outcome.Kind == OutcomeKind.Completed)
            {
                tracer.Measure("message-ingest.time", 0, at);
                tracer.Add(span, "message-ingest.ham", at, ("to", recipient.Address), ("elapsed", TimeSpan.Zero));
                tracer.Add(span, "delivery.delivered", at, ("to", recipient.Address), ("hostname", "localhost"), ("details", recipient.Outcome.Text), ("elapsed", TimeSpan.Zero));
            }
            else
            {
                tracer.Add(span, "delivery.rcpt-to-failed", at, ("to", recipient.Address), ("hostname", "localhost"), ("details", recipient.Outcome.Text));
            }
        }
    }

    /// <summary>Looks up a domain's hosts and connects to the first that can be reached; null where there is none.</summary>
    private MailHost? TraceConnection(TraceSpan span, QueuedDomain domain, DateTimeOffset at)
    {
        RemoteDomain? remote = remoteDomains.Find(domain.Name);
        tracer.Measure("dns.lookup-time", remote is { DnsTimesOut: true } ? (long)RemoteDomains.DnsTimeout.TotalMilliseconds : 0, at);
        if (remote is not { DnsTimesOut: false, Exchangers.Count: > 0 })
        {
            tracer.Add(span, "delivery.mx-lookup-failed", at, ("domain", domain.Name), ("details", domain.Outcome.Text));
            return null;
        }

        tracer.Add(span, "delivery.mx-lookup", at, ("domain", domain.Name), ("details", remote.Exchangers.Select(exchanger => exchanger.Host.Name).ToArray()));
        foreach ((int _, MailHost host) in remote.Exchangers)
        {
            if (host.Behaviour != RemoteHostBehaviour.RefusesConnections)
            {
                tracer.Add(span, "delivery.connect", at, DescribeHost(domain, host));
                return host;
            }

            var cause = new TraceEvent("smtp.error", at, null, [KeyValuePair.Create("details", (object?)"Connection Error"), KeyValuePair.Create("reason", (object?)"Connection refused (os error 111)")]);
            tracer.Add(span, "delivery.connect-error", at, [.. DescribeHost(domain, host), ("causedBy", cause)]);
        }

        return null;
    }

    private void TraceRemoteDelivery(TraceSpan span, MailHost host, QueuedDomain domain, IReadOnlyList<QueuedRecipient> tried, DateTimeOffset at)
    {
        tracer.Add(span, "delivery.ehlo", at, ("domain", domain.Name), ("hostname", host.Name), ("details", hostName));
        if (!host.OffersStartTls)
        {
            tracer.Add(span, "delivery.start-tls-unavailable", at, ("domain", domain.Name), ("hostname", host.Name));
        }
        else if (host.HasValidCertificate)
        {
            tracer.Add(span, "delivery.start-tls", at, ("domain", domain.Name), ("hostname", host.Name), ("version", "TLSv1_3"));
        }
        else
        {
            tracer.Add(span, "delivery.start-tls-error", at, ("domain", domain.Name), ("hostname", host.Name), ("reason", domain.Outcome.Text));
        }

        // If the certificate ended the attempt, no recipient was tried.
        QueuedRecipient[] asked = tried.Where(recipient => recipient.Outcome.Kind != OutcomeKind.Scheduled).ToArray();
        if (asked.Length > 0)
        {
            tracer.Add(span, "delivery.mail-from", at, ("hostname", host.Name), ("from", span.Start.Data.First(pair => pair.Key == "from").Value));
        }

        foreach (QueuedRecipient recipient in asked)
        {
            string type = recipient.Outcome.Kind == OutcomeKind.Completed ? "delivery.delivered" : "delivery.rcpt-to-rejected";
            tracer.Add(span, type, at, ("to", recipient.Address), ("hostname", host.Name), ("details", recipient.Outcome.Text), ("elapsed", at - span.Start.At));
        }
    }

    private static (string Key, object? Value)[] DescribeHost(QueuedDomain domain, MailHost host) =>
        [("domain", domain.Name), ("hostname", host.Name), ("remoteIp", host.Address), ("remotePort", SmtpPort)];

    private static string[] GetAddresses(QueuedMessage message) => [.. message.Recipients.Select(recipient => recipient.Address)];

    private static DateTimeOffset FromUnixSeconds(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
