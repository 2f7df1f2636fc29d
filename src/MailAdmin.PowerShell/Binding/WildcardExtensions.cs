namespace MailAdmin.PowerShell.Binding;

/// <summary>Wildcards where a name is expected.</summary>
internal static class WildcardExtensions
{
    /// <summary>Whether a person would read it as a pattern. A bracket alone is none: names and keys contain brackets.</summary>
    public static bool HasWildcard(this string text) => text.AsSpan().ContainsAny('*', '?');
}
