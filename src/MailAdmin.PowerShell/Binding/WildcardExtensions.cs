using System.Management.Automation;
using System.Text;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Wildcards where a name is expected.</summary>
internal static class WildcardExtensions
{
    private const char Escape = '`';

    /// <summary>
    /// Whether a person would read it as a pattern. A bracket alone is none: names and keys contain brackets. Nor is a wildcard behind a backtick: names
    /// contain those, too.
    /// </summary>
    public static bool HasWildcard(this string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '*' or '?' && (i == 0 || text[i - 1] != Escape))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The pattern, which ignores case as the server does: in the culture of Turkey, I is not the capital letter of i.</summary>
    public static WildcardPattern ToPattern(this string text) => WildcardPattern.Get(text, WildcardOptions.IgnoreCase | WildcardOptions.CultureInvariant);

    /// <summary>The pattern of a name to find; a text that is no valid pattern, such as one with a lone bracket, is the name itself.</summary>
    public static WildcardPattern ToNamePattern(this string text)
    {
        try
        {
            return text.ToValidPattern();
        }
        catch (WildcardPatternException)
        {
            return WildcardPattern.Escape(text).ToPattern();
        }
    }

    /// <summary>The pattern, tried: one that is not valid would throw only when it is used.</summary>
    /// <exception cref="WildcardPatternException">It is not valid.</exception>
    public static WildcardPattern ToValidPattern(this string text)
    {
        WildcardPattern pattern = text.ToPattern();
        pattern.IsMatch("");
        return pattern;
    }

    /// <summary>The name that is meant by a text without wildcards: with what is behind a backtick as it is.</summary>
    public static string UnescapeWildcards(this string text) =>
        "*?[]".Aggregate(text, (name, special) => name.Replace($"{Escape}{special}", special.ToString(), StringComparison.Ordinal));

    /// <summary>What to type instead of a pattern where only a name is taken. Neither line acts on more than is named.</summary>
    /// <param name="literalLine">The line for what is called exactly so.</param>
    /// <param name="listLine">The line that lists what matches.</param>
    public static string FormatAdvice(string literalLine, string listLine) => $"Type {literalLine} for the one of exactly this name, or {listLine} to see what matches the pattern.";

    /// <summary>The text that means exactly this name, in quotes.</summary>
    public static string QuoteLiterally(string name)
    {
        var escaped = new StringBuilder();
        foreach (char c in name)
        {
            escaped.Append(c is '*' or '?' ? $"{Escape}{c}" : c.ToString());
        }
        return QuotedText.Quote(escaped.ToString());
    }
}
