using System.Globalization;
using System.Text;

namespace MailAdmin.Client;

/// <summary>
/// Text as people may see it: what comes from strangers (subjects, names, replies of other servers) can hold characters that a terminal obeys, such as those
/// that change its colours or fake a line. Properties keep the text as it is; what is shown goes through here.
/// </summary>
public static class DisplayText
{
    /// <summary>The text with a visible escape for each control and format character, such as <c>\u001B</c> and <c>\r\n</c>.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The same text where it has none.</returns>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int first = FindUnsafe(text);
        if (first < 0)
        {
            return text;
        }
        var clean = new StringBuilder(text.Length + 16);
        clean.Append(text, 0, first);
        foreach (char c in text.AsSpan(first))
        {
            _ = IsUnsafe(c) ? clean.Append(Escape(c)) : clean.Append(c);
        }
        return clean.ToString();
    }

    /// <summary>The value as a view may show it: texts, lists and whatever has a text form are cleaned; times and fractions are written the same in every culture; another value without unsafe characters is returned as it is.</summary>
    /// <param name="value">A property's value.</param>
    public static object? CleanValue(object? value) => value switch
    {
        string text => Clean(text),
        DateTimeOffset time => TimeText.Format(time),
        DateTime time => TimeText.Format(time),
        float or double or decimal => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        null or IConvertible or TimeSpan => value,
        IEnumerable<object> items => items.Any(HasUnsafeText) ? items.Select(CleanValue).ToArray() : value,
        _ => HasUnsafeText(value) ? Clean(value.ToString()!) : value,
    };

    /// <summary>A line for each item, where an item itself stays on its line.</summary>
    /// <param name="items">A property's items.</param>
    public static string JoinLines(IEnumerable<object?> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return string.Join('\n', items.Select(item => Clean(item?.ToString() ?? "")));
    }

    private static bool HasUnsafeText(object? value) => value?.ToString() is { } text && FindUnsafe(text) >= 0;

    private static int FindUnsafe(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (IsUnsafe(text[i]))
            {
                return i;
            }
        }
        return -1;
    }

    // Joiners and direction marks stay: scripts of India, Persia and Israel, and emoji, are written with them.
    private static bool IsUnsafe(char c) => c < ' ' || (c >= '\u007F' && c is not ('\u200C' or '\u200D' or '\u200E' or '\u200F' or '\u00AD')
        && char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static string Escape(char c) => c switch
    {
        '\r' => @"\r",
        '\n' => @"\n",
        '\t' => @"\t",
        _ => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:X4}"),
    };
}
