using MailAdmin.Sandbox.Values;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Tags of the headers: which there are, the date, the message ID.</summary>
internal static class HeaderTags
{
    private static readonly TimeSpan s_maxAge = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_maxAhead = TimeSpan.FromHours(2);

    public static IEnumerable<string> GetTags(SpamInput input, DateTimeOffset now)
    {
        HeaderList headers = input.Message.Headers;
        return
        [
            .. headers.Concat(input.Message.Body?.Headers ?? []).Select(header => "X_HDR_" + header.Field.ToUpperInvariant().Replace('-', '_')),
            .. GetDateTags(input.Message, now),
            .. GetMessageIdTags(input),
            .. GetBulkTags(headers),
        ];
    }

    private static IEnumerable<string> GetDateTags(MimeMessage message, DateTimeOffset now)
    {
        if (!message.Headers.Contains(HeaderId.Date))
        {
            yield return "MISSING_DATE";
        }
        else if (message.Date == default)
        {
            yield return "INVALID_DATE";
        }
        else if (now - message.Date > s_maxAge)
        {
            yield return "DATE_IN_PAST";
        }
        else if (message.Date - now > s_maxAhead)
        {
            yield return "DATE_IN_FUTURE";
        }
    }

    private static IEnumerable<string> GetMessageIdTags(SpamInput input)
    {
        string raw = input.Message.Headers[HeaderId.MessageId]?.Trim() ?? "";
        if (raw.Length == 0)
        {
            yield return "MISSING_MID";
            yield break;
        }

        if (!raw.StartsWith('<') || !raw.EndsWith('>'))
        {
            yield return "MID_MISSING_BRACKETS";
        }

        string id = raw.Trim('<', '>').ToLowerInvariant();
        if (!id.Contains('@', StringComparison.Ordinal))
        {
            yield return "INVALID_MSGID";
        }
        else if (input.AuthorAddress.Length > 0 && MailAddress.GetDomain(id) == MailAddress.GetDomain(input.AuthorAddress))
        {
            yield return "MID_RHS_MATCH_FROM";
        }

        if (input.AuthorAddress.Length > 0 && id.Contains(input.AuthorAddress, StringComparison.Ordinal))
        {
            yield return "MID_CONTAINS_FROM";
        }
    }

    private static IEnumerable<string> GetBulkTags(HeaderList headers)
    {
        if (headers.Contains(HeaderId.ListUnsubscribe))
        {
            yield return "HAS_LIST_UNSUB";
        }

        if (headers.Contains(HeaderId.ListId))
        {
            yield return "MAILLIST";
        }

        if (headers[HeaderId.Precedence] is { } precedence && precedence.Trim().Equals("bulk", StringComparison.OrdinalIgnoreCase))
        {
            yield return "PRECEDENCE_BULK";
        }
    }
}
