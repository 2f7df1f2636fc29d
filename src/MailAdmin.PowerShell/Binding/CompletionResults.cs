using System.Buffers;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Turns candidates into completion results: those that match what was typed, quoted where needed.</summary>
internal static class CompletionResults
{
    private static readonly SearchValues<char> s_charsToQuote = SearchValues.Create(" '\"`$&;,(){}|<>@#[]");

    /// <summary>The candidates that begin with what was typed, quoted where needed.</summary>
    public static IEnumerable<CompletionResult> GetMatches(string? word, IEnumerable<(string Text, string ToolTip)> candidates)
    {
        string typed = GetTyped(word);
        foreach ((string text, string toolTip) in candidates)
        {
            if (text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            {
                string shown = DisplayText.Clean(text);
                yield return new CompletionResult(Quote(text, shown), shown, CompletionResultType.ParameterValue, toolTip.Length > 0 ? DisplayText.Clean(toolTip) : shown);
            }
        }
    }

    /// <summary>What was typed, without the quotation marks around it.</summary>
    public static string GetTyped(string? word) => (word ?? "").Trim('\'', '"');

    // A character that the terminal would obey is written as PowerShell writes it.
    private static string Quote(string text, string shown) => ReferenceEquals(text, shown) ? Quote(text) : $"\"{string.Concat(text.Select(EscapeInDoubleQuotes))}\"";

    private static string EscapeInDoubleQuotes(char c) => DisplayText.Clean(c.ToString()) != c.ToString()
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"`u{{{(int)c:X}}}")
        : c is '"' or '`' or '$' ? $"`{c}" : c.ToString();

    private static string Quote(string text) => text.Length == 0 || text.AsSpan().ContainsAny(s_charsToQuote) || text[0] == '-'
        ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'"
        : text;
}
