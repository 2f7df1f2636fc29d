using System.Text.RegularExpressions;
using Markdig;

namespace MailAdmin.Tests.Documentation;

/// <summary>Texts of help as words and spaces alone: Markdown, XML comments and MAML break lines each in its own way.</summary>
internal static partial class HelpText
{
    public static string FromMarkdown(string markdown) => Join(Markdown.ToPlainText(markdown));

    public static string FromMaml(string text) => Join(Bullet().Replace(text, ""));

    public static string Join(string text) => Space().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex("^- ", RegexOptions.Multiline)]
    private static partial Regex Bullet();
}
