using System.Globalization;
using System.Text;

namespace MailAdmin.Sandbox.Queue;

/// <summary>Writes bounces: which recipients failed permanently and which are delayed.</summary>
internal static class BounceBuilder
{
    /// <summary>Writes the bounce of a message and records what it reports; null where there is nothing to report.</summary>
    /// <param name="message">The message; for one that the server wrote itself there is no bounce.</param>
    /// <param name="hostName">The server's name.</param>
    /// <param name="now">Seconds since 1970.</param>
    public static byte[]? Build(QueuedMessage message, string hostName, long now)
    {
        var failed = new List<QueuedRecipient>();
        var late = new List<QueuedRecipient>();
        foreach (QueuedDomain domain in message.Domains)
        {
            foreach (QueuedRecipient recipient in domain.Recipients.Where(recipient => !recipient.IsReported))
            {
                Classify(domain, recipient, now, failed, late);
            }
        }

        if (message.ReturnPath.Length == 0)
        {
            PostponeNotifications(message, now);
            return null;
        }

        if (failed.Count + late.Count == 0)
        {
            return null;
        }

        if (late.Count > 0)
        {
            ScheduleNextNotification(message, now);
        }

        return Encoding.UTF8.GetBytes(FormatText(message, hostName, now, failed, late));
    }

    private static void Classify(QueuedDomain domain, QueuedRecipient recipient, long now, List<QueuedRecipient> failed, List<QueuedRecipient> late)
    {
        // A recipient without a status of its own shares its domain's.
        DeliveryOutcome outcome = recipient.Outcome.Kind == OutcomeKind.Scheduled ? domain.Outcome : recipient.Outcome;
        if (outcome.IsPending)
        {
            if (domain.NextNotification <= now)
            {
                late.Add(recipient);
            }

            return;
        }

        recipient.IsReported = true;
        if (outcome.Kind == OutcomeKind.PermanentFailure)
        {
            failed.Add(recipient);
        }
    }

    private static void ScheduleNextNotification(QueuedMessage message, long now)
    {
        foreach (QueuedDomain domain in message.Domains.Where(domain => domain.IsPending && domain.NextNotification <= now))
        {
            if (DeliverySchedule.GetNotificationDelay(domain.NotificationNumber + 1) is { } pause)
            {
                domain.NotificationNumber++;
                domain.NextNotification = now + pause;
            }
            else
            {
                domain.NextNotification = domain.ExpiresAt + 10;
            }
        }
    }

    private static void PostponeNotifications(QueuedMessage message, long now)
    {
        foreach (QueuedDomain domain in message.Domains.Where(domain => domain.NextNotification <= now))
        {
            domain.NextNotification = domain.ExpiresAt + 10;
        }
    }

    private static string FormatText(QueuedMessage message, string hostName, long now, List<QueuedRecipient> failed, List<QueuedRecipient> late)
    {
        string subject = (failed.Count > 0, late.Count > 0) switch
        {
            (true, false) => "Failed to deliver message",
            (false, true) => "Warning: Delay in message delivery",
            _ => "Warning: Temporary and permanent failures during message delivery",
        };
        StringBuilder text = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"From: \"Mail Delivery Subsystem\" <MAILER-DAEMON@{hostName}>\r\n")
            .Append(CultureInfo.InvariantCulture, $"To: {message.ReturnPath}\r\n")
            .Append("Auto-Submitted: auto-generated\r\n")
            .Append(CultureInfo.InvariantCulture, $"Date: {DateTimeOffset.FromUnixTimeSeconds(now):ddd, dd MMM yyyy HH:mm:ss} +0000\r\n")
            .Append(CultureInfo.InvariantCulture, $"Message-ID: <{message.Id}.{now}@{hostName}>\r\n")
            .Append(CultureInfo.InvariantCulture, $"Subject: {subject}\r\n")
            .Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=\"utf-8\"\r\n\r\n");
        foreach (QueuedRecipient recipient in failed)
        {
            text.Append(CultureInfo.InvariantCulture, $"<{recipient.Address}> could not be delivered to: {recipient.Outcome.Text}\r\n");
        }

        foreach (QueuedRecipient recipient in late)
        {
            text.Append(CultureInfo.InvariantCulture, $"<{recipient.Address}> has not been delivered to yet: {recipient.Outcome.Text}\r\n");
        }

        return text.ToString();
    }
}
