using System.Buffers;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Turns candidates into completion results: those that match what was typed, quoted where needed.</summary>
internal static class CompletionResults
{
    private static readonly SearchValues<char> s_charsToQuote = SearchValues.Create(" '\"`$&;,(){}|<>@#[]");

    /// <summary>The candidates that begin with what was typed, quoted where needed.</summary>
    public static IEnumerable<CompletionResult> GetMatches(string? word, IEnumerable<(string Text, string ToolTip)> candidates)
    {
        string typed = (word ?? "").Trim('\'', '"');
        foreach ((string text, string toolTip) in candidates)
        {
            if (text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
            {
                yield return new CompletionResult(Quote(text), text, CompletionResultType.ParameterValue, toolTip.Length > 0 ? toolTip : text);
            }
        }
    }

    private static string Quote(string text) => text.Length == 0 || text.AsSpan().ContainsAny(s_charsToQuote) || text[0] == '-'
        ? $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'"
        : text;
}
