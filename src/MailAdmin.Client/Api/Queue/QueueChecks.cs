// The server takes these and someone is harmed: a message given up untried, a recipient cancelled who was not meant.
namespace MailAdmin.Client.Api.Queue;

/// <summary>Holds what is about to be asked against the message as it is. The server's filters are substrings; people mean a domain or an address.</summary>
internal static class QueueChecks
{
    private const string Operation = "/queue/messages/{id}";
    private const int Named = 5;

    /// <summary>Refuses a time beyond the expiry, and a domain that is not there or would hit others.</summary>
    public static void Reschedule(MailQueueMessage message, DateTimeOffset? at, string? domain)
    {
        List<MailQueueRecipient> meant = [.. Pending(message).Where(recipient => domain is null || IsIn(recipient, domain))];
        if (domain is not null)
        {
            if (!message.Recipient.Any(recipient => IsIn(recipient, domain)))
            {
                throw NotThere($"{message.Id} has no recipient in '{domain}'", message, domain);
            }
            // 0.11 looks for the text in the domain, 0.13 in the address.
            RefuseOthers(message, meant, recipient => Contains(recipient.Domain, domain) || Contains(recipient.Address, domain), domain, "rescheduled");
        }
        if (at is { } time && meant.Find(recipient => recipient.Expires < time) is { } early)
        {
            throw Refuse($"{message.Id} expires at {early.Expires:yyyy-MM-dd HH:mm:ss zzz}, before that time: the server would give it up untried. Choose an earlier time.", "at");
        }
    }

    /// <summary>Refuses a recipient that is not there, and one whose address is a part of another's.</summary>
    public static void Cancel(MailQueueMessage message, string recipient)
    {
        bool wholeDomain = recipient is ['@', _, ..];
        bool IsMeant(MailQueueRecipient other) => wholeDomain
            ? string.Equals("@" + other.Domain, recipient, StringComparison.OrdinalIgnoreCase)
            : string.Equals(other.Address, recipient, StringComparison.OrdinalIgnoreCase);
        if (!message.Recipient.Any(IsMeant))
        {
            throw NotThere($"{message.Id} has no recipient '{recipient}'", message, recipient);
        }
        RefuseOthers(message, [.. Pending(message).Where(IsMeant)], other => Contains(other.Address, recipient), recipient, "cancelled");
    }

    /// <summary>Refuses where messages expire before the time.</summary>
    public static void NoneExpires(List<MailQueueMessage> early, DateTimeOffset at)
    {
        if (early.Count > 0)
        {
            throw Refuse(
                $"{early.Count} of the messages expire before {at:yyyy-MM-dd HH:mm:ss zzz}, and the server would give them up untried: {Some(early.Select(message => message.ToString()))}. Choose an earlier time.",
                "at");
        }
    }

    private static void RefuseOthers(MailQueueMessage message, List<MailQueueRecipient> meant, Func<MailQueueRecipient, bool> isHit, string filter, string done)
    {
        List<string> others = [.. Pending(message).Where(recipient => isHit(recipient) && !meant.Contains(recipient)).Select(recipient => recipient.Address)];
        if (others.Count > 0)
        {
            throw Refuse($"The server looks for '{filter}' as a part of its recipients, so that in {message.Id} these would be {done} too: {Some(others)}.", "filter");
        }
    }

    private static IEnumerable<MailQueueRecipient> Pending(MailQueueMessage message) => message.Recipient.Where(recipient => recipient.Status.IsPending);

    private static bool IsIn(MailQueueRecipient recipient, string domain) => string.Equals(recipient.Domain, domain, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);

    private static string Some(IEnumerable<string> all)
    {
        string[] items = [.. all];
        return string.Join(", ", items.Take(Named)) + (items.Length > Named ? $" and {items.Length - Named} more" : "");
    }

    private static MailServerException NotThere(string what, MailQueueMessage message, string item) =>
        new(MailErrorCode.NotFound, Operation, $"{what}, but {Some(message.Recipient.Select(recipient => recipient.Address))}.") { Item = item };

    private static MailServerException Refuse(string message, string field) => new(MailErrorCode.RefusedByClient, Operation, message) { Field = field };
}
