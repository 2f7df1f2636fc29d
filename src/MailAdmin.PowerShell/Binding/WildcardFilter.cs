using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>The wildcards that a parameter was given, in any case; none of them lets everything through.</summary>
internal sealed class WildcardFilter
{
    private readonly WildcardPattern[] _patterns;

    /// <exception cref="ArgumentException">One of them is broken; named.</exception>
    public WildcardFilter(IEnumerable<string>? texts) => _patterns = [.. (texts ?? []).Select(ParsePattern)];

    /// <summary>Whether nothing narrows anything.</summary>
    public bool IsEmpty => _patterns.Length == 0;

    /// <summary>Whether one of them matches.</summary>
    public bool IsMatch(string text) => IsEmpty || Array.Exists(_patterns, pattern => pattern.IsMatch(text));

    private static WildcardPattern ParsePattern(string text)
    {
        try
        {
            var pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
            // What is wrong with it shows itself when it is used.
            pattern.IsMatch("");
            return pattern;
        }
        catch (WildcardPatternException e)
        {
            throw new ArgumentException($"'{text}' is no wildcard pattern: a '[' wants a ']', or a backtick before it.", e);
        }
    }
}
