using System.Text.RegularExpressions;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>The words by which the server searches principals.</summary>
internal static partial class PrincipalText
{
    /// <summary>
    /// Why a text is no words to search for: it is an expression or a pattern, as the filters of directory services are. The server would look for its
    /// characters and find nothing. Null for words.
    /// </summary>
    public static string? GetInvalidReason(string? text) => text switch
    {
        null => null,
        _ when ExpressionPattern().IsMatch(text) || LdapPattern().IsMatch(text) =>
            $"'{text}' is an expression, and -Text takes words that must all occur in the principal. Compare here, such as Get-MailPrincipal | Where-Object {{ {FormatCondition(text)} }}.",
        _ when text.HasWildcard() =>
            $"'{text}' contains a wildcard, and -Text takes whole words. For names by a pattern: Get-MailPrincipal {QuotedText.Quote(text)}. For other properties: Get-MailPrincipal | Where-Object Description -like {QuotedText.Quote(text)}.",
        _ => null,
    };

    // What was written, where it is one comparison; else a form to follow.
    private static string FormatCondition(string text) => ComparisonPattern().Match(text) is { Success: true } match && PrincipalProperty.Names.Contains(match.Groups["property"].Value, StringComparer.OrdinalIgnoreCase)
        ? $"$_.{match.Groups["property"].Value} {match.Groups["operator"].Value.ToLowerInvariant()} {match.Groups["value"].Value}"
        : "$_.Enabled -eq $false";

    [GeneratedRegex(@"(^|\s|\))-(eq|ne|gt|ge|lt|le|like|notlike|match|notmatch|contains|and|or|not|in|is)(\s|\(|\z)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExpressionPattern();

    [GeneratedRegex(@"^\s*\([&|!(]?.*=.*\)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex LdapPattern();

    [GeneratedRegex(@"^\s*\{?\s*(\$_\.)?(?<property>[A-Za-z]+)\s+(?<operator>-[A-Za-z]+)\s+(?<value>'[^']*'|""[^""]*""|\$?[A-Za-z0-9.]+)\s*\}?\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ComparisonPattern();
}
