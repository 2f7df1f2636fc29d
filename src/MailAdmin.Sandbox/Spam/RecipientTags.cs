using MailAdmin.Sandbox.Values;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Tags of the recipients, by the message and by the envelope.</summary>
internal static class RecipientTags
{
    public static IEnumerable<string> GetTags(SpamInput input)
    {
        MailboxAddress[] recipients = input.Recipients.DistinctBy(mailbox => mailbox.Address.ToLowerInvariant(), StringComparer.Ordinal).ToArray();
        if (input.Message.Headers[HeaderId.To] is null)
        {
            yield return "MISSING_TO";
        }

        yield return "RCPT_COUNT_" + FormatCount(recipients.Length);
        if (recipients.Length == 0)
        {
            if (input.Message.Headers[HeaderId.To]?.Contains("undisclosed", StringComparison.OrdinalIgnoreCase) == true)
            {
                yield return "R_UNDISC_RCPT";
            }

            yield break;
        }

        foreach (string tag in GetNameTags(recipients).Concat(GetEnvelopeTags(input, recipients)).Concat(GetAuthorTags(input, recipients)))
        {
            yield return tag;
        }
    }

    /// <summary>A number as the tags spell it.</summary>
    public static string FormatCount(int number) => number switch
    {
        0 => "ZERO",
        1 => "ONE",
        2 => "TWO",
        3 => "THREE",
        <= 5 => "FIVE",
        <= 7 => "SEVEN",
        <= 12 => "TWELVE",
        _ => "GT_50",
    };

    private static IEnumerable<string> GetNameTags(MailboxAddress[] recipients)
    {
        int named = recipients.Count(mailbox => !string.IsNullOrWhiteSpace(mailbox.Name) && !IsNamedByAddress(mailbox));
        int likeAddress = recipients.Count(IsNamedByAddress);
        if (named == recipients.Length)
        {
            yield return "TO_DN_ALL";
        }
        else if (named > 0)
        {
            yield return "TO_DN_SOME";
        }
        else if (likeAddress == 0)
        {
            yield return "TO_DN_NONE";
        }

        if (likeAddress == recipients.Length)
        {
            yield return "TO_DN_EQ_ADDR_ALL";
        }
        else if (likeAddress > 0)
        {
            yield return "TO_DN_EQ_ADDR_SOME";
        }
    }

    private static bool IsNamedByAddress(MailboxAddress mailbox) => mailbox.Address.Equals(mailbox.Name, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> GetEnvelopeTags(SpamInput input, MailboxAddress[] recipients)
    {
        string[] addresses = Array.ConvertAll(recipients, mailbox => mailbox.Address.ToLowerInvariant());
        int matching = addresses.Count(input.EnvelopeRecipients.Contains);
        if (matching == addresses.Length)
        {
            yield return "TO_MATCH_ENVRCPT_ALL";
            yield break;
        }

        if (matching > 0)
        {
            yield return "TO_MATCH_ENVRCPT_SOME";
        }

        bool isList = input.Message.Headers.Contains(HeaderId.ListId) || input.Message.Headers.Contains(HeaderId.ListUnsubscribe);
        if (!isList && input.EnvelopeRecipients.Any(recipient => !addresses.Contains(recipient) && recipient != input.EnvelopeFrom))
        {
            yield return "FORGED_RECIPIENTS";
        }
    }

    private static IEnumerable<string> GetAuthorTags(SpamInput input, MailboxAddress[] recipients)
    {
        if (recipients is not [var only])
        {
            yield break;
        }

        string address = only.Address.ToLowerInvariant();
        if (address == input.AuthorAddress)
        {
            yield return "TO_EQ_FROM";
        }
        else if (MailAddress.GetDomain(address) == MailAddress.GetDomain(input.AuthorAddress))
        {
            yield return "TO_DOM_EQ_FROM_DOM";
        }
    }
}
