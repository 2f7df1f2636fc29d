namespace MailAdmin.Client.Api.Queue;

/// <summary>
/// Compares a request with the message as it is, and refuses what the server would accept and someone would be harmed by: a message given
/// up untried, a recipient cancelled who was not meant. The filters of servers before 0.16 are substrings; people mean a domain or an address.
/// </summary>
internal static class QueueChecks
{
    private const int MaxListedItems = 5;

    /// <summary>Refuses a domain that no recipient is in.</summary>
    /// <param name="message">The message as it is.</param>
    /// <param name="domain">The domain of the recipients that are meant; null = all.</param>
    public static void CheckDomain(MailQueueMessage message, string? domain)
    {
        if (domain is not null && !message.Recipient.Any(recipient => IsInDomain(recipient, domain)))
        {
            throw CreateNotFound(Operations.RescheduleQueueMessage, $"{message.Id} has no recipient in '{domain}'", message, domain);
        }
    }

    /// <summary>Refuses a domain that a server would find in other recipients too: it looks for a part.</summary>
    public static void CheckNoOthersMatch(MailQueueMessage message, string? domain)
    {
        if (domain is not null)
        {
            // 0.11 looks for the text in the domain, 0.13 in the address.
            ThrowIfOthersMatch(Operations.RescheduleQueueMessage, message, GetPending(message, domain), recipient => Contains(recipient.Domain, domain) || Contains(recipient.Address, domain), domain, "rescheduled");
        }
    }

    /// <summary>Refuses a time beyond the expiry.</summary>
    /// <param name="message">The message as it is.</param>
    /// <param name="at">When the server is to try again; null = now.</param>
    /// <param name="domain">The domain of the recipients that are meant; null = all.</param>
    /// <param name="dropsExpiry">Whether a reschedule takes the expiry away.</param>
    public static void CheckExpiry(MailQueueMessage message, DateTimeOffset? at, string? domain, bool dropsExpiry)
    {
        if (at is { } time && GetPending(message, domain).Find(recipient => recipient.Expires < time) is { Expires: { } expires })
        {
            throw MailServerException.CreateRefusal(Operations.RescheduleQueueMessage, "at", $"{message.Id} expires at {TimeText.Format(expires)}, before that time: the server would give it up untried. {FormatAdvice(dropsExpiry, "it no longer expires")}");
        }
    }

    /// <summary>Refuses a recipient that is not there.</summary>
    public static void CheckRecipient(MailQueueMessage message, string recipient)
    {
        if (!message.Recipient.Any(other => IsRecipient(other, recipient)))
        {
            throw CreateNotFound(Operations.CancelQueueMessage, $"{message.Id} has no recipient '{recipient}'", message, recipient);
        }
    }

    /// <summary>Refuses a recipient whose address is a part of another's, which a server would cancel too.</summary>
    public static void CheckNoOthersAreCancelled(MailQueueMessage message, string recipient) =>
        ThrowIfOthersMatch(Operations.CancelQueueMessage, message, GetPendingRecipients(message, recipient), other => Contains(other.Address, recipient), recipient, "cancelled");

    /// <summary>The recipients of a domain that are still waiting; null = of every domain.</summary>
    public static List<MailQueueRecipient> GetPending(MailQueueMessage message, string? domain) =>
        [.. GetPending(message).Where(recipient => domain is null || IsInDomain(recipient, domain))];

    /// <summary>Whether an address, or a recipient in a domain as <c>@example.org</c>, is still waiting.</summary>
    public static bool IsPending(MailQueueMessage message, string recipient) => GetPendingRecipients(message, recipient).Count > 0;

    /// <summary>Those of an address, or in a domain as <c>@example.org</c>, that are still waiting.</summary>
    public static List<MailQueueRecipient> GetPendingRecipients(MailQueueMessage message, string recipient) => [.. GetPending(message).Where(other => IsRecipient(other, recipient.Trim()))];

    /// <summary>Refuses where there are messages that expire before the time.</summary>
    public static void CheckNoneExpires(List<MailQueueMessage> early, DateTimeOffset at, bool dropsExpiry)
    {
        if (early.Count > 0)
        {
            throw MailServerException.CreateRefusal(
                Operations.RescheduleQueueMessages,
                "at",
                $"{early.Count} of the messages expire before {TimeText.Format(at)} ({FormatItems(early.Select(message => message.ToString()))}): the server would give them up untried. {FormatAdvice(dropsExpiry, "they no longer expire")}");
        }
    }

    // From 0.13 to 0.15 a reschedule takes the expiry away: what has been moved once can be moved further.
    private static string FormatAdvice(bool dropsExpiry, string rescheduled) =>
        dropsExpiry ? $"Choose an earlier time. Once rescheduled, {rescheduled} and can be moved to a later time." : "Choose an earlier time.";

    private static void ThrowIfOthersMatch(Operation operation, MailQueueMessage message, List<MailQueueRecipient> meant, Func<MailQueueRecipient, bool> isHit, string filter, string done)
    {
        List<string> others = [.. GetPending(message).Where(recipient => isHit(recipient) && !meant.Contains(recipient)).Select(recipient => recipient.Address)];
        if (others.Count > 0)
        {
            throw MailServerException.CreateRefusal(operation, "filter", $"The server looks for '{filter}' as a part of its recipients, so that in {message.Id} these would be {done} too: {FormatItems(others)}.");
        }
    }

    private static IEnumerable<MailQueueRecipient> GetPending(MailQueueMessage message) => message.Recipient.Where(recipient => recipient.IsPending);

    private static bool IsRecipient(MailQueueRecipient other, string recipient) => recipient is ['@', _, ..]
        ? string.Equals("@" + other.Domain, recipient, StringComparison.OrdinalIgnoreCase)
        : string.Equals(other.Address, recipient, StringComparison.OrdinalIgnoreCase);

    private static bool IsInDomain(MailQueueRecipient recipient, string domain) => string.Equals(recipient.Domain, domain, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string FormatItems(IEnumerable<string> all)
    {
        string[] items = [.. all];
        return string.Join(", ", items.Take(MaxListedItems)) + (items.Length > MaxListedItems ? $" and {items.Length - MaxListedItems} more" : "");
    }

    private static MailServerException CreateNotFound(Operation operation, string what, MailQueueMessage message, string item) =>
        new(MailErrorCode.NotFound, operation, $"{what}, but {FormatItems(message.Recipient.Select(recipient => recipient.Address))}.") { Item = item };
}
