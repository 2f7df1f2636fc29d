using System.Text;

namespace MailAdmin.Client;

/// <summary>
/// A filter of the live trace stream: a text that any value may hold, or texts that certain values must hold. It is checked before it is sent: the
/// server ignores what it does not know and then sends everything.
/// </summary>
public sealed class TraceFilter
{
    /// <summary>The key of a text that any value may hold.</summary>
    internal const string AnyKey = "filter";

    // What the server compares: texts, times, flags and addresses. A key that it does not know it drops, and with it the filter.
    private static readonly string[] s_textKeys =
    [
        "account-name", "caused-by", "collection", "contents", "details", "domain", "due", "expires", "from", "hostname", "id", "key", "listener-id", "local-ip",
        "mailbox-name", "message-id", "next-dsn", "next-retry", "path", "policy", "protocol", "queue-name", "range-from", "range-to", "reason", "remote-ip", "report-id",
        "result", "source", "strict", "tls", "to", "type", "url", "valid-from", "valid-to", "value", "version",
    ];

    // Numbers, which it compares with nothing (docs/api.md §7.2).
    private static readonly string[] s_numberKeys =
    [
        "account-id", "blob-id", "change-id", "code", "document-id", "elapsed", "limit", "local-port", "mailbox-id", "queue-id", "remote-port", "size", "span-id", "total",
        "uid", "uid-next", "uid-validity",
    ];

    private TraceFilter(IReadOnlyList<KeyValuePair<string, string?>> query) => Query = query;

    /// <summary>Everything.</summary>
    public static TraceFilter None { get; } = new([]);

    internal IReadOnlyList<KeyValuePair<string, string?>> Query { get; }

    /// <summary>Events, and what follows in their trace, of which any text, time, flag or address holds <paramref name="text"/>.</summary>
    public static TraceFilter Create(string text) => new([new(AnyKey, CheckValue("text", text))]);

    /// <summary>Events, and what follows in their trace, of which each named value holds the text given for it.</summary>
    /// <param name="values">Keys as the data of events has them (<c>remoteIp</c>) or as the server's filter does (<c>remote-ip</c>).</param>
    public static TraceFilter Create(IEnumerable<KeyValuePair<string, string?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        KeyValuePair<string, string?>[] query = [.. values.Select(pair => new KeyValuePair<string, string?>(NormalizeKey(pair.Key), CheckValue(pair.Key, pair.Value)))];
        if (query.CountBy(pair => pair.Key).FirstOrDefault(pair => pair.Value > 1) is { Key: { } twice })
        {
            throw MailServerException.CreateRefusal(Operations.WatchTraces, twice, $"'{twice}' is given twice, and the server would take the last one alone.");
        }
        return query.Length > 0 ? new TraceFilter(query) : throw MailServerException.CreateRefusal(Operations.WatchTraces, "filter", "An empty filter would let every event through.");
    }

    private static string NormalizeKey(string name)
    {
        string key = ToKebabCase(name.Trim());
        if (s_numberKeys.Contains(key))
        {
            throw MailServerException.CreateRefusal(Operations.WatchTraces, name, $"'{name}' is a number, and the server compares none in a live stream: nothing would ever match. Filter here instead, with Where-Object.");
        }
        return s_textKeys.Contains(key)
            ? key
            : throw MailServerException.CreateRefusal(Operations.WatchTraces, name, $"The server does not filter events by '{name}': it would ignore it and send every event. It filters by {string.Join(", ", s_textKeys)}.");
    }

    private static string CheckValue(string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw MailServerException.CreateRefusal(Operations.WatchTraces, name, $"The filter for '{name}' is empty, which would let every event through.");
        }
        // A question mark may be meant: addresses of requests hold one.
        return text.Contains('*', StringComparison.Ordinal)
            ? throw MailServerException.CreateRefusal(Operations.WatchTraces, name, $"'{text}' contains a wildcard, which the server does not support: it looks for this character, and nothing would ever match. Specify part of the value.")
            : text;
    }

    // remoteIp is how events spell it, remote-ip how the filter does; any other spelling is silently ignored.
    private static string ToKebabCase(string name)
    {
        var kebab = new StringBuilder();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && kebab.Length > 0 && kebab[^1] != '-')
            {
                kebab.Append('-');
            }
            kebab.Append(letter == '_' ? '-' : char.ToLowerInvariant(letter));
        }
        return kebab.ToString();
    }
}
