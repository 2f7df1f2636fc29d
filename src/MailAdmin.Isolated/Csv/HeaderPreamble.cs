namespace MailAdmin.Isolated.Csv;

/// <summary>
/// What may come before a header: blank lines, Excel's <c>sep=;</c> and the <c>#TYPE</c> line of Windows PowerShell.
/// </summary>
/// <param name="Length">Characters to skip.</param>
/// <param name="LineCount">Lines to skip.</param>
/// <param name="HiddenLineCount">Those of them that a spreadsheet does not show: <c>sep=;</c>.</param>
/// <param name="Delimiter">The delimiter: given by <c>sep=</c>, else the most frequent one of the header line.</param>
internal readonly record struct HeaderPreamble(int Length, int LineCount, int HiddenLineCount, char Delimiter)
{
    public static HeaderPreamble Find(ReadOnlySpan<char> head)
    {
        int offset = 0, lines = 0, hidden = 0;
        char? declared = null;
        while (offset < head.Length)
        {
            ReadOnlySpan<char> rest = head[offset..];
            int end = rest.IndexOfAny('\r', '\n');
            ReadOnlySpan<char> line = end < 0 ? rest : rest[..end];
            if (IsSeparator(line, out char separator))
            {
                declared = separator;
                hidden++;
            }
            else if (!line.IsWhiteSpace() && !line.StartsWith("#TYPE", StringComparison.Ordinal))
            {
                break;
            }

            offset += line.Length + GetLineBreakLength(rest[line.Length..]);
            lines++;
        }

        return new HeaderPreamble(offset, lines, hidden, declared ?? DetectDelimiter(head[offset..]));
    }

    private static bool IsSeparator(ReadOnlySpan<char> line, out char separator)
    {
        separator = default;
        if (!line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || line.Length != 5)
        {
            return false;
        }

        separator = line[4];
        return true;
    }

    private static int GetLineBreakLength(ReadOnlySpan<char> text) => text switch
    {
        ['\r', '\n', ..] => 2,
        [] => 0,
        _ => 1,
    };

    /// <summary>Counts outside quotation marks, up to the end of the header's last line.</summary>
    private static char DetectDelimiter(ReadOnlySpan<char> text)
    {
        int comma = 0, semicolon = 0, tab = 0;
        bool quoted = false;
        foreach (char character in text)
        {
            if (character == '"')
            {
                quoted = !quoted;
            }
            else if (quoted)
            {
                continue;
            }
            else if (character is '\r' or '\n')
            {
                break;
            }
            else if (character == ',')
            {
                comma++;
            }
            else if (character == ';')
            {
                semicolon++;
            }
            else if (character == '\t')
            {
                tab++;
            }
        }

        return semicolon > comma ? (tab > semicolon ? '\t' : ';') : (tab > comma ? '\t' : ',');
    }
}
