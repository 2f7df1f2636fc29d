using System.Globalization;
using System.Text;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Registry;

/// <summary>Names of mailboxes and domains as the server takes them, tidied; null for what is none.</summary>
internal static class AddressText
{
    private const string LocalPartMarks = "!#$%&'*+-/=?^_`{|}~";

    /// <summary>The endings for documentation and the like (RFC 2606, RFC 6761, RFC 7686), which nobody can register; a real server knows every ending there is.</summary>
    private static readonly HashSet<string> s_reservedEndings = ["example", "invalid", "onion", "alt"];

    private static readonly HashSet<string> s_privateEndings =
        ["test", "localhost", "local", "internal", "lan", "home", "corp", "intranet", "private", "localdomain"];

    private static readonly IdnMapping s_idn = new();

    public static string? TidyEmail(string text)
    {
        int at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && TidyLocalPart(text[..at]) is { } local && TidyDomain(text[(at + 1)..]) is { } domain ? $"{local}@{domain}" : null;
    }

    public static string? TidyLocalPart(string text)
    {
        var tidied = new StringBuilder();
        char last = '.';
        foreach (char letter in text.Where(letter => !IsBlank(letter)))
        {
            bool isDot = letter == '.';
            if (isDot ? last == '.' : !LocalPartMarks.Contains(letter, StringComparison.Ordinal) && !char.IsLetterOrDigit(letter) && !char.IsSurrogate(letter))
            {
                return null;
            }

            tidied.Append(char.ToLowerInvariant(letter));
            last = letter;
        }

        return last == '.' ? null : tidied.ToString();
    }

    public static string? TidyDomain(string text)
    {
        string name = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).ToLowerInvariant();
        if (!name.All(Ascii.IsValid))
        {
            try
            {
                name = s_idn.GetAscii(name);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }

        string[] labels = name.Split('.');
        return labels.Length > 1 && labels.All(IsLabel) && HasKnownEnding(labels) ? name : null;
    }

    public static string? TidyHostname(string text) => IpText.FindAddress(text) is not null ? text : TidyDomain(text);

    private static bool IsLabel(string label) =>
        label.Length > 0 && label[0] is not ('-' or '_') && label.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');

    private static bool HasKnownEnding(string[] labels) => s_privateEndings.Contains(labels[^1])
        || (labels[^1].Length > 1 && char.IsAsciiLetter(labels[^1][0]) && !s_reservedEndings.Contains(labels[^1]));

    private static bool IsBlank(char letter) => letter is ' ' or (>= '\t' and <= '\r');
}
