using System.Text.RegularExpressions;

namespace MailAdmin.Client.Values;

/// <summary>What databases, spreadsheets and templates write where there is no value.</summary>
internal static partial class Placeholder
{
    private static readonly string[] s_words =
    [
        "NULL", "(null)", "<null>", "[null]", "\\N", "N/A", "n.a.", "n/v", "none", "(none)", "<none>", "undefined", "not set", "(not set)", "<not set>",
    ];

    /// <summary>Whether a text is one. A word that is also a name, such as Nil or Na, is none.</summary>
    /// <param name="text">The text, trimmed.</param>
    public static bool Is(string text) =>
        s_words.Contains(text, StringComparer.OrdinalIgnoreCase) || text == "NA" || Hole().IsMatch(text) || SpreadsheetError().IsMatch(text);

    // What a template was to fill in.
    [GeneratedRegex(@"^(?:\{\{.*\}\}|\$\{[A-Za-z_. ]+\}|%[A-Za-z_]+%)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hole();

    // In the languages of the program.
    [GeneratedRegex(@"^#(?:¡?REF!|N/A|NV|VALUE!|NAME\?|NULL!|DIV/0!|NUM!|BEZUG!|WERT!|ZAHL!|VALEUR!|NOM\?|NOMBRE!|¡?VALOR!|¿NOMBRE\?|¡NUM!|¡DIV/0!|RIF!|VALORE!|NOME\?|WAARDE!|VERW!|NAAM\?|GETAL!|ADR!|ARG!|NAZWA\?|LICZBA!|ССЫЛКА!|ЗНАЧ!|ИМЯ\?|ЧИСЛО!)\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SpreadsheetError();
}
