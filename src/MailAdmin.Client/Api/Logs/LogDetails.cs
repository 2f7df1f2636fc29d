namespace MailAdmin.Client.Api.Logs;

/// <summary>Reads the details of a log entry, <c>key = value, …</c>, where they can be read in one way only: values may hold commas, quotes and braces themselves.</summary>
internal static class LogDetails
{
    private const string KeyValueSeparator = " = ";
    private const string PairSeparator = ", ";

    /// <summary>The pairs in their order; none where a key comes twice, a quote or bracket stays open, or something is not a pair.</summary>
    public static NamedValues Parse(string details)
    {
        var pairs = new OrderedDictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        ReadOnlySpan<char> rest = details;
        while (rest.Length > 0)
        {
            int key = GetKeyLength(rest);
            if (key == 0)
            {
                return NamedValues.Empty;
            }
            ReadOnlySpan<char> value = rest[(key + KeyValueSeparator.Length)..];
            int length = GetValueLength(value);
            if (length < 0 || !pairs.TryAdd(rest[..key].ToString(), Unquote(value[..length])))
            {
                return NamedValues.Empty;
            }
            rest = value[length..];
            if (rest.Length > 0)
            {
                rest = rest[PairSeparator.Length..];
            }
        }
        return new NamedValues(pairs);
    }

    // 0 unless a key and its equals sign stand here.
    private static int GetKeyLength(ReadOnlySpan<char> text)
    {
        int length = 0;
        while (length < text.Length && char.IsAsciiLetterOrDigit(text[length]))
        {
            length++;
        }
        return length > 0 && char.IsAsciiLetterLower(text[0]) && text[length..].StartsWith(KeyValueSeparator) ? length : 0;
    }

    // A value ends where the next pair begins, outside of quotes and brackets, or with the text; -1 where something stays open.
    private static int GetValueLength(ReadOnlySpan<char> text)
    {
        int depth = 0;
        bool quoted = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (quoted)
            {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
                continue;
            }
            if (depth == 0 && text[i..].StartsWith(PairSeparator) && GetKeyLength(text[(i + PairSeparator.Length)..]) > 0)
            {
                return i;
            }
            quoted = c == '"';
            depth += c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
            if (depth < 0)
            {
                return -1;
            }
        }
        return quoted || depth > 0 ? -1 : text.Length;
    }

    private static string Unquote(ReadOnlySpan<char> value)
    {
        if (value.Length < 2 || value[0] != '"' || value[^1] != '"')
        {
            return value.ToString();
        }
        string inner = value[1..^1].ToString();
        return inner.Contains('\\', StringComparison.Ordinal) ? inner.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal) : inner;
    }
}
