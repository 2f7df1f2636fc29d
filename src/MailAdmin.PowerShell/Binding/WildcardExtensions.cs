namespace MailAdmin.PowerShell.Binding;

/// <summary>Wildcards where a name is wanted.</summary>
internal static class WildcardExtensions
{
    /// <summary>Whether it is a pattern to people. A bracket alone is not: names and keys hold them.</summary>
    public static bool HasWildcard(this string text) => text.AsSpan().ContainsAny('*', '?');
}
