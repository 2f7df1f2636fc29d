using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>The wildcard patterns of a parameter, which ignore case. Without a pattern everything matches.</summary>
internal sealed class WildcardFilter
{
    private readonly WildcardPattern[] _patterns;

    /// <exception cref="ArgumentException">One of them is not valid; the message names it.</exception>
    public WildcardFilter(IEnumerable<string>? texts) => _patterns = [.. (texts ?? []).Select(ParsePattern)];

    /// <summary>Whether there is no pattern.</summary>
    public bool IsEmpty => _patterns.Length == 0;

    /// <summary>Whether one of them matches.</summary>
    public bool IsMatch(string text) => IsEmpty || Array.Exists(_patterns, pattern => pattern.IsMatch(text));

    private static WildcardPattern ParsePattern(string text)
    {
        try
        {
            return text.ToValidPattern();
        }
        catch (WildcardPatternException e)
        {
            throw new ArgumentException($"'{text}' is not a valid wildcard pattern: '[' needs a matching ']', or a backtick before it.", e);
        }
    }
}
