using System.Text.RegularExpressions;

namespace MailAdmin.Client.Passwords;

/// <summary>Recognises what programs write in the place of a password: everybody in the file would get the same one.</summary>
internal static partial class PasswordPlaceholder
{
    private static readonly string[] s_words =
    [
        "NULL", "(null)", "\\N", "N/A", "n.a.", "<hidden>", "(hidden)", "[hidden]", "<redacted>", "[redacted]", "(redacted)", "REDACTED", "<none>", "(none)",
        "<null>", "none", "nil", "NA", "undefined", "n/v", "keine", "TBD", "not set", "(unchanged)", "unchanged",
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
        return cell.Length <= 1 || s_words.Contains(cell, StringComparer.OrdinalIgnoreCase) || Hole().IsMatch(cell) || SpreadsheetError().IsMatch(cell)
            ? "The password is a placeholder, not a password. Leave it out and specify -GeneratePassword, or give the password; if it is the password all the same, write {PLAIN} before it."
            : null;
    }

    [GeneratedRegex(@"^(?:System|Microsoft)(?:\.[A-Za-z0-9_`]+)+(?:\[\])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex TypeName();

    // What a template was to fill in.
    [GeneratedRegex(@"^(?:\{\{.*\}\}|\$\{[A-Za-z_. ]+\}|%[A-Za-z_]+%|<[A-Za-z_ -]+>|\[[A-Za-z_ -]+\])\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hole();

    // In the languages of the program.
    [GeneratedRegex(@"^#(?:¡?REF!|N/A|NV|VALUE!|NAME\?|NULL!|DIV/0!|NUM!|BEZUG!|WERT!|ZAHL!|VALEUR!|NOM\?|NOMBRE!|¡?VALOR!|¿NOMBRE\?|¡NUM!|¡DIV/0!|RIF!|VALORE!|NOME\?|WAARDE!|VERW!|NAAM\?|GETAL!|ADR!|ARG!|NAZWA\?|LICZBA!|ССЫЛКА!|ЗНАЧ!|ИМЯ\?|ЧИСЛО!)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SpreadsheetError();
}
