using System.Text.RegularExpressions;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Tags of the subject and the parts.</summary>
internal static partial class ContentTags
{
    /// <summary>The standard test text for spam filters: every message that contains it is spam.</summary>
    private const string GtubeText = "XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X";

    /// <summary>A part with fewer bytes is short.</summary>
    private const int ShortPartBytes = 64;

    public static IEnumerable<string> GetTags(SpamInput input)
    {
        MimeMessage message = input.Message;
        return [.. GetSubjectTags(message), .. GetMimeTags(message), .. GetPartTags(message), .. GetGtubeTags(message)];
    }

    private static IEnumerable<string> GetSubjectTags(MimeMessage message)
    {
        if (message.Headers[HeaderId.Subject] is null)
        {
            yield return "MISSING_SUBJECT";
            yield break;
        }

        string subject = message.Subject ?? "";
        string trimmed = subject.Trim();
        if (trimmed.Length == 0)
        {
            yield return "EMPTY_SUBJECT";
        }

        if (trimmed.IndexOfAny(['$', '€', '£', '¥', '₹', '₽', '₿']) >= 0)
        {
            yield return "SUBJECT_HAS_CURRENCY";
        }

        if (trimmed.Contains('!', StringComparison.Ordinal))
        {
            yield return trimmed.EndsWith('!') ? "SUBJECT_ENDS_EXCLAIM" : "SUBJECT_HAS_EXCLAIM";
        }

        if (trimmed.Contains('?', StringComparison.Ordinal))
        {
            yield return trimmed.EndsWith('?') ? "SUBJECT_ENDS_QUESTION" : "SUBJECT_HAS_QUESTION";
        }

        if (trimmed.Length >= 10 && trimmed.Contains(' ', StringComparison.Ordinal) && trimmed.Count(char.IsUpper) > 2 && !trimmed.Any(char.IsLower))
        {
            yield return "SUBJ_ALL_CAPS";
        }

        if (subject.Length > 200)
        {
            yield return "LONG_SUBJ";
        }

        if (LinkPattern().IsMatch(subject))
        {
            yield return "URL_IN_SUBJECT";
        }

        bool isReply = message.Headers.Contains(HeaderId.InReplyTo) || message.Headers.Contains(HeaderId.References);
        if (!isReply && trimmed.StartsWith("re:", StringComparison.OrdinalIgnoreCase))
        {
            yield return "FAKE_REPLY";
        }
    }

    private static IEnumerable<string> GetMimeTags(MimeMessage message)
    {
        bool hasType = message.Headers.Contains(HeaderId.ContentType) || message.Body?.Headers.Contains(HeaderId.ContentType) == true;
        if (hasType && !message.Headers.Contains(HeaderId.MimeVersion))
        {
            yield return "MISSING_MIME_VERSION";
        }

        if (message.Body is MultipartAlternative && message is { TextBody: null, HtmlBody: not null })
        {
            yield return "MIME_MA_MISSING_TEXT";
        }
        else if (message.Body is MultipartAlternative && message is { TextBody: not null, HtmlBody: null })
        {
            yield return "MIME_MA_MISSING_HTML";
        }
        else if (message is { TextBody: null, HtmlBody: not null })
        {
            yield return "MIME_HTML_ONLY";
        }

        if (message.Attachments.Any())
        {
            yield return "HAS_ATTACHMENT";
        }
    }

    private static IEnumerable<string> GetPartTags(MimeMessage message)
    {
        long[] sizes = message.BodyParts.OfType<MimePart>().Select(MeasureSize).ToArray();
        if (sizes.Sum() == 0)
        {
            yield return "COMPLETELY_EMPTY";
        }
        else if (sizes is [< ShortPartBytes])
        {
            yield return "SINGLE_SHORT_PART";
        }
    }

    private static long MeasureSize(MimePart part)
    {
        using var decoded = new MemoryStream();
        part.Content?.DecodeTo(decoded);
        return decoded.Length;
    }

    private static IEnumerable<string> GetGtubeTags(MimeMessage message)
    {
        if ((message.Subject ?? "").Contains(GtubeText, StringComparison.Ordinal) || MessageText.GetText(message).Contains(GtubeText, StringComparison.Ordinal))
        {
            yield return "GTUBE_TEST";
        }
    }

    [GeneratedRegex(@"\b(https?://|www\.)\S", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LinkPattern();
}
