// Which live events are wanted, checked before it is sent: the server ignores what it does not know and then sends everything.
using System.Text;
using MailAdmin.Client.Errors;

namespace MailAdmin.Client.Models.Telemetry;

/// <summary>A filter of the live trace stream: a text that any value may hold, or texts that certain values must hold.</summary>
public sealed class TraceFilter
{
    private const string Operation = "GET /telemetry/traces/live";

    // The server compares texts, times, flags and addresses; a number matches nothing (contract §7.2).
    private static readonly string[] s_numbers = ["queue-id", "span-id", "account-id", "document-id", "local-port", "remote-port", "size", "total", "elapsed", "code", "limit"];

    private TraceFilter(IReadOnlyList<KeyValuePair<string, string?>> query) => Query = query;

    /// <summary>Everything.</summary>
    public static TraceFilter None { get; } = new([]);

    internal IReadOnlyList<KeyValuePair<string, string?>> Query { get; }

    /// <summary>Events, and what follows in their trace, of which any text, time, flag or address holds <paramref name="text"/>.</summary>
    public static TraceFilter Of(string text) => new([new("filter", Value("text", text))]);

    /// <summary>Events, and what follows in their trace, of which each named value holds the text given for it.</summary>
    /// <param name="values">Keys as the data of events has them (<c>remoteIp</c>) or as the server's filter does (<c>remote-ip</c>).</param>
    public static TraceFilter Of(IEnumerable<KeyValuePair<string, string?>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        KeyValuePair<string, string?>[] query = [.. values.Select(pair => new KeyValuePair<string, string?>(Key(pair.Key), Value(pair.Key, pair.Value)))];
        return query.Length > 0 ? new TraceFilter(query) : throw Refused("filter", "An empty filter would let every event through.");
    }

    private static string Key(string name)
    {
        string key = Kebab(name.Trim());
        if (key.Length == 0 || key is "filter" or "token" || !key.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            throw Refused(name, $"'{name}' is no key of an event. Keys are those of its Data, such as remoteIp, accountName, from, to, domain.");
        }
        return s_numbers.Contains(key)
            ? throw Refused(name, $"'{name}' is a number, and the server compares none in a live stream: nothing would ever match. Filter here instead, with Where-Object.")
            : key;
    }

    private static string Value(string name, string? text) => string.IsNullOrWhiteSpace(text)
        ? throw Refused(name, $"The filter for '{name}' is empty, which would let every event through.")
        : text;

    // remoteIp is how events spell it, remote-ip how the filter does; any other spelling is silently ignored.
    private static string Kebab(string name)
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

    private static MailServerException Refused(string field, string message) => new(MailErrorCode.RefusedByClient, Operation, message) { Field = field };
}
