using System.Net;
using System.Text.RegularExpressions;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>What a list of traces asks for.</summary>
/// <param name="query">The query of the call.</param>
/// <param name="earliest">The earliest start of traces in a query without any criterion but the type; null: no limit.</param>
internal sealed partial class TraceQuery(QueryValues query, DateTimeOffset? earliest)
{
    private static readonly string[] s_searchedKeys = ["from", "to", "domain", "hostname", "remoteIp"];

    private readonly string? _type = query["type"] is { } name && EventNames.IsEvent(name) ? name : null;
    private readonly ulong? _queueId = query.GetUInt64("queue_id");
    private readonly DateTimeOffset? _before = RequestTime.Parse(query["before"]);
    private readonly DateTimeOffset? _after = RequestTime.Parse(query["after"]);
    private readonly string[] _words =
        [.. WordPattern().Matches(query["filter"] ?? "").Select(match => match.Groups[match.Groups[1].Success ? 1 : 2].Value)];

    private DateTimeOffset? After => _after ?? (_before is null && _queueId is null && _words.Length == 0 ? earliest : null);

    /// <summary>The type is that of the event that started the span; the other criteria may match any of its events.</summary>
    public bool Matches(TraceSpan span)
    {
        if ((_type is not null && span.Start.Type != _type) || span.Start.At >= _before || span.Start.At < After)
        {
            return false;
        }

        if (_queueId is { } id && !span.Events.Any(traceEvent => traceEvent.RefersToMessage(id)))
        {
            return false;
        }

        if (_words.Length == 0)
        {
            return true;
        }

        HashSet<string> spanWords = GetWords(span);
        return _words.All(spanWords.Contains);
    }

    /// <summary>Names and addresses as a whole, and the local part and domain of addresses.</summary>
    private static HashSet<string> GetWords(TraceSpan span)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, object? value) in span.Events.SelectMany(traceEvent => traceEvent.Data))
        {
            if (!s_searchedKeys.Contains(key))
            {
                continue;
            }

            foreach (string text in value switch { string one => [one], IEnumerable<string> many => many, IPAddress address => [address.ToString()], _ => Array.Empty<string>() })
            {
                words.Add(text);
                words.UnionWith(text.Split('@'));
            }
        }

        return words;
    }

    [GeneratedRegex("\"([^\"]+)\"|([^\\s\"]+)")]
    private static partial Regex WordPattern();
}
