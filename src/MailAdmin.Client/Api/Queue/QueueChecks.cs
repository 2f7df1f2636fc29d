// The server takes these and someone is harmed: a message given up untried, a recipient cancelled who was not meant.
namespace MailAdmin.Client.Api.Queue;

/// <summary>Holds what is about to be asked against the message as it is. The server's filters are substrings; people mean a domain or an address.</summary>
internal static class QueueChecks
{
    private const int MaxListedItems = 5;

    /// <summary>Refuses a time beyond the expiry, and a domain that is not there or would hit others.</summary>
    public static void CheckReschedule(MailQueueMessage message, DateTimeOffset? at, string? domain)
    {
        List<MailQueueRecipient> meant = [.. GetPending(message).Where(recipient => domain is null || IsInDomain(recipient, domain))];
        if (domain is not null)
        {
            if (!message.Recipient.Any(recipient => IsInDomain(recipient, domain)))
            {
                throw CreateNotFound(Operations.RescheduleQueueMessage, $"{message.Id} has no recipient in '{domain}'", message, domain);
            }
            // 0.11 looks for the text in the domain, 0.13 in the address.
            ThrowIfOthersMatch(Operations.RescheduleQueueMessage, message, meant, recipient => Contains(recipient.Domain, domain) || Contains(recipient.Address, domain), domain, "rescheduled");
        }
        if (at is { } time && meant.Find(recipient => recipient.Expires < time) is { } early)
        {
            throw CreateRefusal(Operations.RescheduleQueueMessage, $"{message.Id} expires at {early.Expires:yyyy-MM-dd HH:mm:ss zzz}, before that time: the server would give it up untried. Choose an earlier time.", "at");
        }
    }

    /// <summary>Refuses a recipient that is not there, and one whose address is a part of another's.</summary>
    public static void CheckCancel(MailQueueMessage message, string recipient)
    {
        bool wholeDomain = recipient is ['@', _, ..];
        bool IsMeant(MailQueueRecipient other) => wholeDomain
            ? string.Equals("@" + other.Domain, recipient, StringComparison.OrdinalIgnoreCase)
            : string.Equals(other.Address, recipient, StringComparison.OrdinalIgnoreCase);
        if (!message.Recipient.Any(IsMeant))
        {
            throw CreateNotFound(Operations.CancelQueueMessage, $"{message.Id} has no recipient '{recipient}'", message, recipient);
        }
        ThrowIfOthersMatch(Operations.CancelQueueMessage, message, [.. GetPending(message).Where(IsMeant)], other => Contains(other.Address, recipient), recipient, "cancelled");
    }

    /// <summary>Refuses where messages expire before the time.</summary>
    public static void CheckNoneExpires(List<MailQueueMessage> early, DateTimeOffset at)
    {
        if (early.Count > 0)
        {
            throw CreateRefusal(
                Operations.RescheduleQueueMessages,
                $"{early.Count} of the messages expire before {at:yyyy-MM-dd HH:mm:ss zzz}, and the server would give them up untried: {FormatItems(early.Select(message => message.ToString()))}. Choose an earlier time.",
                "at");
        }
    }

    private static void ThrowIfOthersMatch(Operation operation, MailQueueMessage message, List<MailQueueRecipient> meant, Func<MailQueueRecipient, bool> isHit, string filter, string done)
    {
        List<string> others = [.. GetPending(message).Where(recipient => isHit(recipient) && !meant.Contains(recipient)).Select(recipient => recipient.Address)];
        if (others.Count > 0)
        {
            throw CreateRefusal(operation, $"The server looks for '{filter}' as a part of its recipients, so that in {message.Id} these would be {done} too: {FormatItems(others)}.", "filter");
        }
    }

    private static IEnumerable<MailQueueRecipient> GetPending(MailQueueMessage message) => message.Recipient.Where(recipient => recipient.Status.IsPending);

    private static bool IsInDomain(MailQueueRecipient recipient, string domain) => string.Equals(recipient.Domain, domain, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string FormatItems(IEnumerable<string> all)
    {
        string[] items = [.. all];
        return string.Join(", ", items.Take(MaxListedItems)) + (items.Length > MaxListedItems ? $" and {items.Length - MaxListedItems} more" : "");
    }

    private static MailServerException CreateNotFound(Operation operation, string what, MailQueueMessage message, string item) =>
        new(MailErrorCode.NotFound, operation, $"{what}, but {FormatItems(message.Recipient.Select(recipient => recipient.Address))}.") { Item = item };

    private static MailServerException CreateRefusal(Operation operation, string message, string field) => new(MailErrorCode.RefusedByClient, operation, message) { Field = field };
}
