using System.Management.Automation.Language;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Writes text into a line that people copy: quoted so that PowerShell reads exactly that text.</summary>
internal static class QuotedText
{
    /// <summary>The text in single quotes.</summary>
    public static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";
}
