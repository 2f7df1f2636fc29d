using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Wildcards of a parameter, ready to compare.</summary>
internal static class Patterns
{
    /// <summary>The patterns, in any case.</summary>
    /// <exception cref="ArgumentException">One of them is broken; named.</exception>
    public static WildcardPattern[] Of(IEnumerable<string>? texts) => [.. (texts ?? []).Select(One)];

    private static WildcardPattern One(string text)
    {
        try
        {
            WildcardPattern pattern = WildcardPattern.Get(text, WildcardOptions.IgnoreCase);
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
