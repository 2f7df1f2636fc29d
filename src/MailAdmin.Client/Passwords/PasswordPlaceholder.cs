namespace MailAdmin.Client.Passwords;

/// <summary>Recognises what programs write in the place of a password: everybody in the file would get the same one.</summary>
internal static class PasswordPlaceholder
{
    private static readonly string[] s_words =
    [
        "NULL", "(null)", "\\N", "N/A", "n.a.", "<hidden>", "(hidden)", "[hidden]", "<redacted>", "[redacted]", "(redacted)", "REDACTED", "<none>", "(none)",
        "<null>", "none", "nil", "NA", "undefined", "n/v", "keine", "TBD", "#REF!", "#N/A", "#VALUE!", "#NAME?", "#NULL!", "#DIV/0!",
    ];

    /// <summary>Whether a text is the asterisks or dots that are shown in the place of a password.</summary>
    public static bool IsMasked(string? text) => !string.IsNullOrWhiteSpace(text) && !text.AsSpan().Trim().ContainsAnyExcept('*', '\u2022', '\u25CF');

    /// <summary>Why a cell is no password; null if it may be one.</summary>
    public static string? Describe(string cell)
    {
        if (cell.StartsWith("System.", StringComparison.Ordinal) && (cell.EndsWith("SecureString", StringComparison.Ordinal) || cell.EndsWith("PSCredential", StringComparison.Ordinal)))
        {
            return "The cell is the name of a type: the exporting program did not write the password. Leave it empty and specify -GeneratePassword, or write the password.";
        }
        if (IsMasked(cell))
        {
            return "The password is asterisks, as they are shown in the place of one. Leave it out and specify -GeneratePassword, or give the password; if it is the password all the same, write {PLAIN} before it.";
        }
        // One character is the x of a passwd file, a dash or a dot.
        return cell.Length == 1 || s_words.Contains(cell, StringComparer.OrdinalIgnoreCase)
            ? "The cell is a placeholder, not a password. Leave it empty and specify -GeneratePassword, or write the password; if it is the password all the same, write {PLAIN} before it."
            : null;
    }
}
