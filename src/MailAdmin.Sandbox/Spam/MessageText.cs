using System.Text.RegularExpressions;
using MailAdmin.Sandbox.Http;
using MimeKit;

namespace MailAdmin.Sandbox.Spam;

/// <summary>Reads messages and the words in them.</summary>
internal static partial class MessageText
{
    /// <summary>Parses a message; refused where it has no known header field.</summary>
    public static MimeMessage Parse(byte[] content)
    {
        try
        {
            var message = MimeMessage.Load(new MemoryStream(content));
            if (message.Headers.Any(header => header.Id != HeaderId.Unknown))
            {
                return message;
            }

            message.Dispose();
        }
        catch (FormatException)
        {
            // Not a message: refused like one without headers.
        }

        throw ApiException.Other("The message could not be parsed");
    }

    /// <summary>The words of subject and text, each once, in lower case.</summary>
    public static IReadOnlySet<string> GetWords(MimeMessage message) => GetWords($"{message.Subject} {GetText(message)}");

    /// <summary>The words of a text, each once, in lower case.</summary>
    public static IReadOnlySet<string> GetWords(string text) =>
        WordPattern().Matches(text).Select(match => match.Value.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);

    /// <summary>The text body, or the HTML body without its tags.</summary>
    public static string GetText(MimeMessage message) => message.TextBody ?? TagPattern().Replace(message.HtmlBody ?? "", " ");

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'’]+")]
    private static partial Regex WordPattern();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex TagPattern();
}
