using System.Buffers;
using System.Globalization;
using System.Text;

namespace MailAdmin.Client;

/// <summary>
/// Text as people may see it: what comes from strangers (subjects, names, replies of other servers) can hold characters that a terminal obeys, such as those
/// that change its colours or fake a line. Properties keep the text as it is; what is shown goes through here.
/// </summary>
public static class DisplayText
{
    // Behind them an address, a path or a list may be broken.
    private static readonly SearchValues<char> s_partEnds = SearchValues.Create(";,@/=&:");

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

    /// <summary>The value as the last column of a table with wrapped lines shows it, which has what the others leave of the window.</summary>
    /// <param name="value">A property's value.</param>
    /// <param name="windowWidth">The width of the window, where the host has one.</param>
    /// <param name="taken">What the other columns take of it.</param>
    public static string Wrap(object? value, int? windowWidth, int taken)
        // The last cell of a window stays free.
        => Wrap(value, Math.Max((windowWidth is > 0 and var known ? known : 80) - 1 - taken, 10));

    /// <summary>
    /// The value as a column of such a table shows it: in lines that end between words. A word that is longer than the column is broken where an address or a list has its parts,
    /// or at the column's end. PowerShell alone would break any word.
    /// </summary>
    /// <param name="value">A property's value.</param>
    /// <param name="width">The column's width in cells: a letter of Chinese, Japanese or Korean takes two.</param>
    public static string Wrap(object? value, int width)
    {
        var lines = new StringBuilder();
        int used = 0;
        foreach (string word in (CleanValue(value)?.ToString() ?? "").Split(' '))
        {
            string rest = word;
            int cells = CountCells(rest);
            if (used > 0 && used + 1 + cells > width)
            {
                lines.Append('\n');
                used = 0;
            }
            else if (lines.Length > 0)
            {
                lines.Append(' ');
                used++;
            }
            for (; cells > width - used; cells = CountCells(rest), used = 0)
            {
                int end = FindEnd(rest, width - used);
                int part = rest.AsSpan(0, end).LastIndexOfAny(s_partEnds) + 1;
                end = part > 0 ? part : Math.Max(end, 1);
                lines.Append(rest, 0, end).Append('\n');
                rest = rest[end..];
            }
            lines.Append(rest);
            used += cells;
        }
        return lines.ToString();
    }

    /// <summary>
    /// The value as a column that does not wrap shows it: where it is longer, its middle is left out (<c>jane.doe@exam…org/Backup</c>). Of names and addresses both ends
    /// tell one from another.
    /// </summary>
    /// <param name="value">A property's value.</param>
    /// <param name="width">The column's width in cells: a letter of Chinese, Japanese or Korean takes two.</param>
    public static string Shorten(object? value, int width)
    {
        string text = CleanValue(value)?.ToString() ?? "";
        if (CountCells(text) <= width)
        {
            return text;
        }
        int end = (width - 1) / 2;
        int start = text.Length - text.Reverse().TakeWhile((_, index) => CountCells(text[^(index + 1)..]) <= end).Count();
        return $"{text.AsSpan(0, FindEnd(text, width - 1 - end))}…{text.AsSpan(start < text.Length && char.IsLowSurrogate(text[start]) ? start + 1 : start)}";
    }

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

    private static int CountCells(string text) => text.Sum(c => IsWide(c) ? 2 : 1);

    // Half of a pair of surrogates is no letter.
    private static int FindEnd(string text, int width)
    {
        int cells = 0;
        int end = text.TakeWhile(c => (cells += IsWide(c) ? 2 : 1) <= width).Count();
        return end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }

    // As PowerShell counts them.
    private static bool IsWide(char c) => c is (>= '\u1100' and <= '\u115F') or '\u2329' or '\u232A' or (>= '\u2E80' and <= '\uA4CF' and not '\u303F')
        or (>= '\uAC00' and <= '\uD7A3') or (>= '\uF900' and <= '\uFAFF') or (>= '\uFE10' and <= '\uFE19') or (>= '\uFE30' and <= '\uFE6F')
        or (>= '\uFF00' and <= '\uFF60') or (>= '\uFFE0' and <= '\uFFE6');

    private static string Escape(char c) => c switch
    {
        '\r' => @"\r",
        '\n' => @"\n",
        '\t' => @"\t",
        _ => string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:X4}"),
    };
}
