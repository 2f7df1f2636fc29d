// The one place that knows which characters a name, an address and a description may have.
using System.Buffers;
using System.Globalization;
using System.Text;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>
/// Names as people see them: composed (NFC), and without characters that nobody sees. The server takes any text, and then nobody can type the login, find the
/// account or tell two of them apart.
/// </summary>
public static class NameText
{
    private const int ReplacementCharacter = 0xFFFD;

    private static readonly SearchValues<char> s_asciiControls = SearchValues.Create([.. Enumerable.Range(0, 0x80).Select(code => (char)code).Where(char.IsControl)]);

    /// <summary>The text in its composed form (NFC), in which keyboards write: <c>é</c> is one character, not <c>e</c> and an accent.</summary>
    /// <param name="text">Any text. One that is no Unicode (half a character) is returned as it is, for the checks to refuse.</param>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Ascii.IsValid(text) || FindHalfCharacter(text) >= 0 ? text : text.Normalize(NormalizationForm.FormC);
    }

    /// <summary>All texts in their composed form; what is missing stays missing, for the checks to refuse.</summary>
    internal static IReadOnlyList<string> NormalizeAll(IReadOnlyList<string> texts) =>
        texts.All(text => text is null || Ascii.IsValid(text)) ? texts : [.. texts.Select(text => text is null ? null! : Normalize(text))];

    /// <summary>Why a text cannot be a login, a name or an address; null if it can.</summary>
    /// <param name="text">The name.</param>
    public static string? GetNameError(string text) => GetError(text, IsForbiddenInName) ?? GetLostLetterError(text);

    /// <summary>Why a text cannot be a description, such as a full name; null if it can. Line breaks the joiners of Persian, Indic scripts and emoji, and the direction marks of Hebrew and Arabic are allowed.</summary>
    /// <param name="text">The description.</param>
    public static string? GetDescriptionError(string text) => GetError(text, IsForbiddenInDescription);

    /// <summary>The same for a text of a file, where <c>M?ller</c> is a letter that was lost; somebody who types it means it.</summary>
    /// <param name="text">The description.</param>
    internal static string? GetFileTextError(string text) => GetDescriptionError(text) ?? GetLostLetterError(text);

    /// <summary>
    /// Why a login is possible but rarely meant: it has a quotation mark or dash that a text processor put in the place of the one on the keyboard. Null if it
    /// has none. To be refused for a new account unless it was asked for.
    /// </summary>
    /// <param name="login">The name of an account.</param>
    public static string? GetTypographicError(string login)
    {
        ArgumentNullException.ThrowIfNull(login);
        foreach (Rune rune in login.EnumerateRunes())
        {
            if (IsTypographic(rune))
            {
                return $"'{login}' contains {Describe(rune.Value)}, which nobody can type. Write ' or - in its place, or leave it out.";
            }
        }
        return GetFormError(login) is { } error ? $"'{login}' is not what people type. {error}" : null;
    }

    /// <summary>Why a name or an address is never typed so: it has a character that is another form of plain ones, such as a ligature of a PDF. Null if it has none.</summary>
    /// <param name="text">The name or address.</param>
    public static string? GetFormError(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text) || FindHalfCharacter(text) >= 0)
        {
            return null;
        }
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsOtherForm(rune.Value))
            {
                return $"It contains {Describe(rune.Value)}: write '{rune.ToString().Normalize(NormalizationForm.FormKC)}' in its place.";
            }
        }
        return null;
    }

    // Ligatures, small and raised letters and digits, mathematical alphabets, letters in circles, and the wide Latin letters of Japanese keyboards.
    private static bool IsOtherForm(int codePoint) => codePoint is 0x00AA or 0x00B2 or 0x00B3 or 0x00B9 or 0x00BA or 0x017F
        or (>= 0x0132 and <= 0x0133) or (>= 0x01C4 and <= 0x01CC) or (>= 0x01F1 and <= 0x01F3) or (>= 0x02B0 and <= 0x02B8) or (>= 0x1D2C and <= 0x1D6A) or (>= 0x2070 and <= 0x209C)
        or (>= 0x2100 and <= 0x214F) or (>= 0x2460 and <= 0x24FF) or (>= 0xFB00 and <= 0xFB17) or (>= 0xFF01 and <= 0xFF06) or (>= 0xFF08 and <= 0xFF5E) or (>= 0x1D400 and <= 0x1D7FF) or (>= 0x1F100 and <= 0x1F1FF);

    /// <summary>
    /// Why a login is possible but rarely meant: among Latin letters it has one of another script that looks the same, such as the Cyrillic a, so that its owner
    /// types another name. Null if it has none. To be refused for a new account unless it was asked for.
    /// </summary>
    /// <param name="login">The name of an account.</param>
    public static string? GetMixedScriptError(string login)
    {
        ArgumentNullException.ThrowIfNull(login);
        if (Ascii.IsValid(login) || !login.Any(IsLatin))
        {
            return null;
        }
        int position = 0;
        foreach (char letter in login)
        {
            position++;
            if (FindOtherScript(letter) is { } script)
            {
                return string.Create(CultureInfo.InvariantCulture, $"Character {position} of '{login}' is the {script} letter U+{(int)letter:X4}, and others are Latin: who types the name may type another one. Write all letters in one script.");
            }
        }
        return null;
    }

    private static bool IsLatin(char letter) => char.IsLetter(letter) && letter is (< '\u0250' or (>= '\u1E00' and <= '\u1EFF')) and not ('\u00AA' or '\u00BA');

    // Those with letters of the same form.
    private static string? FindOtherScript(char letter) => !char.IsLetter(letter) ? null : letter switch
    {
        >= '\u0370' and <= '\u03FF' or >= '\u1F00' and <= '\u1FFF' => "Greek",
        >= '\u0400' and <= '\u052F' or >= '\u1C80' and <= '\u1C8F' or >= '\u2DE0' and <= '\u2DFF' or >= '\uA640' and <= '\uA69F' => "Cyrillic",
        >= '\u0530' and <= '\u058F' => "Armenian",
        >= '\u13A0' and <= '\u13FF' or >= '\uAB70' and <= '\uABBF' => "Cherokee",
        _ => null,
    };

    /// <summary>Describes a character by its code point, and by its name where it cannot be seen: <c>U+200B (zero width space)</c>.</summary>
    /// <param name="codePoint">The code point.</param>
    public static string Describe(int codePoint)
    {
        string number = string.Create(CultureInfo.InvariantCulture, $"U+{codePoint:X4}");
        return FindName(codePoint) is { } name ? $"{number} ({name})" : number;
    }

    private static string? GetError(string text, Func<Rune, bool> isForbidden)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Ascii.IsValid(text) && !text.AsSpan().ContainsAny(s_asciiControls))
        {
            return null;
        }
        if (FindHalfCharacter(text) is >= 0 and var half)
        {
            return $"Character {half + 1} is {Describe(text[half])}. Type the text again.";
        }
        int position = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            position++;
            if (isForbidden(rune))
            {
                return rune.Value == ReplacementCharacter
                    ? $"Character {position} is {Describe(rune.Value)}: a letter was lost when the text was saved in another encoding. Write the letter again."
                    : $"Character {position} is {Describe(rune.Value)}. Remove it, or type the text again.";
            }
        }
        return GarbledText.Repair(text) is { } repaired ? $"The text was saved as UTF-8 and read as Windows-1252: it may be '{repaired}'. Correct it." : null;
    }

    /// <summary><c>M?ller</c>: programs write a question mark for a letter that the encoding does not have. In web addresses it is one.</summary>
    private static string? GetLostLetterError(string text)
    {
        for (int i = text.IndexOf('?', StringComparison.Ordinal); i > 0 && i < text.Length - 1 && !text.Contains('/', StringComparison.Ordinal); i = text.IndexOf('?', i + 1))
        {
            if (char.IsLetter(text[i - 1]) && char.IsLetter(text[i + 1]))
            {
                return $"Character {i + 1} is {Describe('?')} between two letters: a letter was lost when the text was saved in another encoding. Write the letter again.";
            }
        }
        return null;
    }

    private static bool IsForbiddenInName(Rune rune) => IsForbidden(rune) || IsInvisible(rune.Value)
        || Rune.GetUnicodeCategory(rune) == UnicodeCategory.PrivateUse
        || (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator && rune.Value != ' ');

    private static bool IsForbiddenInDescription(Rune rune) => rune.Value is not ('\t' or '\r' or '\n' or 0x200C or 0x200D or 0x200E or 0x200F) && IsForbidden(rune);

    private static bool IsForbidden(Rune rune) => rune.Value == ReplacementCharacter || (rune.Value & 0xFFFE) == 0xFFFE
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    /// <summary>Letters and marks without a form, which Unicode does not count among the format characters.</summary>
    private static bool IsInvisible(int codePoint) => codePoint is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or 0x2800 or 0x3164 or 0xFFA0
        or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsTypographic(Rune rune) => rune.Value is 0x00AB or 0x00B4 or 0x00BB or 0x02BC or 0x2212 or 0xFF07
        or (>= 0x2010 and <= 0x201F) or (>= 0x2032 and <= 0x203A);

    private static int FindHalfCharacter(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return i;
            }
        }
        return -1;
    }

    private static string? FindName(int codePoint) => codePoint switch
    {
        '?' => "question mark",
        0x00A0 => "no-break space",
        0x00AD => "soft hyphen",
        0x00B4 => "acute accent",
        0x200B => "zero width space",
        0x200C => "zero width non-joiner",
        0x200D => "zero width joiner",
        0x200E => "left-to-right mark",
        0x200F => "right-to-left mark",
        0x2010 or 0x2011 => "typographic hyphen",
        >= 0x2012 and <= 0x2015 => "typographic dash",
        >= 0x2018 and <= 0x201F or 0x00AB or 0x00BB or >= 0x2032 and <= 0x203A or 0x02BC or 0xFF07 => "typographic quotation mark",
        0x2028 => "line separator",
        0x2060 => "word joiner",
        >= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 => "change of the writing direction",
        0x2212 => "minus sign",
        0xFEFF => "byte order mark, or zero width no-break space",
        ReplacementCharacter => "replacement character",
        >= 0xD800 and <= 0xDFFF => "half a character",
        < 0x20 or (>= 0x7F and <= 0x9F) => "control character",
        _ => null,
    };
}
