using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary>What the headers say: which there are, when the message was written, how it is numbered.</summary>
internal static class HeaderTags
{
    private static readonly TimeSpan s_past = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_future = TimeSpan.FromHours(2);

    public static IEnumerable<string> Of(SpamInput input, DateTimeOffset now)
    {
        HeaderList headers = input.Message.Headers;
        return
        [
            .. headers.Concat(input.Message.Body?.Headers ?? []).Select(header => "X_HDR_" + header.Field.ToUpperInvariant().Replace('-', '_')),
            .. Date(input.Message, now),
            .. MessageId(input),
            .. Bulk(headers),
        ];
    }

    private static IEnumerable<string> Date(MimeMessage message, DateTimeOffset now)
    {
        if (!message.Headers.Contains(HeaderId.Date))
        {
            yield return "MISSING_DATE";
        }
        else if (message.Date == default)
        {
            yield return "INVALID_DATE";
        }
        else if (now - message.Date > s_past)
        {
            yield return "DATE_IN_PAST";
        }
        else if (message.Date - now > s_future)
        {
            yield return "DATE_IN_FUTURE";
        }
    }

    private static IEnumerable<string> MessageId(SpamInput input)
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
        if (!id.Contains('@'))
        {
            yield return "INVALID_MSGID";
        }
        else if (input.AuthorAddress.Length > 0 && SpamInput.DomainOf(id) == SpamInput.DomainOf(input.AuthorAddress))
        {
            yield return "MID_RHS_MATCH_FROM";
        }

        if (input.AuthorAddress.Length > 0 && id.Contains(input.AuthorAddress, StringComparison.Ordinal))
        {
            yield return "MID_CONTAINS_FROM";
        }
    }

    private static IEnumerable<string> Bulk(HeaderList headers)
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
