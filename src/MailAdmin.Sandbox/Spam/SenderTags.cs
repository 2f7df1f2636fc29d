using MailAdmin.Sandbox.Principals;
using MailAdmin.Sandbox.Values;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Tags of the sender, by the message and by the envelope.</summary>
internal static class SenderTags
{
    public static IEnumerable<string> GetTags(SpamInput input) => [.. GetFromTags(input), .. GetReplyToTags(input), .. GetEnvelopeTags(input)];

    private static IEnumerable<string> GetFromTags(SpamInput input)
    {
        int headers = input.Message.Headers.Count(header => header.Id == HeaderId.From);
        if (headers == 0)
        {
            yield return "MISSING_FROM";
            yield break;
        }

        if (headers > 1)
        {
            yield return "MULTIPLE_FROM";
        }

        string address = input.AuthorAddress;
        bool isValid = IsValid(address);
        if (!isValid)
        {
            yield return "FROM_INVALID";
        }

        string name = input.Author?.Name?.Trim() ?? "";
        if (name.Length == 0)
        {
            yield return "FROM_NO_DN";
        }
        else if (name.Equals(address, StringComparison.OrdinalIgnoreCase))
        {
            yield return "FROM_DN_EQ_ADDR";
        }
        else if (name.Contains('@', StringComparison.Ordinal) && !name.Contains(MailAddress.GetDomain(address), StringComparison.OrdinalIgnoreCase))
        {
            yield return "SPOOF_DISPLAY_NAME";
        }
        else if (isValid)
        {
            yield return "FROM_HAS_DN";
        }

        if (input.EnvelopeFrom.Length > 0 && input.EnvelopeFrom == address)
        {
            yield return "FROM_EQ_ENV_FROM";
        }
        else if (isValid)
        {
            yield return "FORGED_SENDER";
            yield return "FROM_NEQ_ENV_FROM";
        }
    }

    private static IEnumerable<string> GetReplyToTags(SpamInput input)
    {
        if (input.Message.ReplyTo.Mailboxes.FirstOrDefault()?.Address.ToLowerInvariant() is not { } address)
        {
            yield break;
        }

        yield return "HAS_REPLYTO";
        if (address == input.AuthorAddress)
        {
            yield return "REPLYTO_EQ_FROM";
        }
        else if (MailAddress.GetDomain(address) == MailAddress.GetDomain(input.AuthorAddress))
        {
            yield return "REPLYTO_DOM_EQ_FROM_DOM";
        }
        else
        {
            yield return "REPLYTO_DOM_NEQ_FROM_DOM";
        }
    }

    private static IEnumerable<string> GetEnvelopeTags(SpamInput input)
    {
        if (input.EnvelopeFrom.Length == 0)
        {
            yield return "FROM_BOUNCE";
        }
        else if (!IsValid(input.EnvelopeFrom))
        {
            yield return "ENV_FROM_INVALID";
        }
    }

    /// <summary>An address whose domain could exist; a reserved domain such as <c>.test</c> is invalid.</summary>
    private static bool IsValid(string address) => address.IndexOf('@', StringComparison.Ordinal) > 0 && AddressRules.IsRegistrable(MailAddress.GetDomain(address));
}
