using System.Text.RegularExpressions;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Passwords;

/// <summary>Recognises what programs write in the place of a password: everybody in the file would get the same one.</summary>
internal static partial class PasswordPlaceholder
{
    private static readonly string[] s_words =
    [
        "<hidden>", "(hidden)", "[hidden]", "<redacted>", "[redacted]", "(redacted)", "REDACTED", "nil", "NA", "keine", "TBD", "(unchanged)", "unchanged",
    ];

    /// <summary>Whether a text is the asterisks or dots that are shown in the place of a password.</summary>
    public static bool IsMasked(string? text) => !string.IsNullOrWhiteSpace(text) && !text.AsSpan().Trim().ContainsAnyExcept('*', '\u2022', '\u25CF');

    /// <summary>Why a cell is no password; null if it may be one.</summary>
    public static string? Describe(string cell)
    {
        if (TypeName().IsMatch(cell))
        {
            return "The password is the name of a type: a program wrote that in its place. Leave it out and specify -GeneratePassword, or give the password.";
        }
        if (IsMasked(cell))
        {
            return "The password is asterisks, as they are shown in the place of one. Leave it out and specify -GeneratePassword, or give the password; if it is the password all the same, write {PLAIN} before it.";
        }
        // One character is the x of a passwd file, a dash or a dot.
        return cell.Length <= 1 || Placeholder.Is(cell) || s_words.Contains(cell, StringComparer.OrdinalIgnoreCase) || Hole().IsMatch(cell)
            ? "The password is a placeholder, not a password. Leave it out and specify -GeneratePassword, or give the password; if it is the password all the same, write {PLAIN} before it."
            : null;
    }

    [GeneratedRegex(@"^(?:System|Microsoft)(?:\.[A-Za-z0-9_`]+)+(?:\[\])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TypeName();

    // What a template was to fill in.
    [GeneratedRegex(@"^(?:<[A-Za-z_ -]+>|\[[A-Za-z_ -]+\])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hole();
}
