using System.Net;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>
/// The filter of a live stream: a text in any value, or texts of certain keys, all of them. Numbers and lists never match. Once
/// one event of a span has matched, the rest of the span is sent too.
/// </summary>
internal sealed class LiveFilter
{
    private readonly bool _isNewer;
    private readonly string? _anyText;
    private readonly Dictionary<string, string> _byKey = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> _spans = [];

    /// <summary>Reads a query. Names in camelCase and unknown ones are not keys, and are ignored.</summary>
    /// <param name="query">The query.</param>
    /// <param name="isNewer">Whether the server is one from 0.16, which does not find keys of several words either.</param>
    public LiveFilter(QueryValues query, bool isNewer = false)
    {
        _isNewer = isNewer;
        _anyText = query["filter"];
        foreach ((string key, string value) in query.All)
        {
            string name = key.ToLowerInvariant();
            if (isNewer ? EventNames.IsNewerKey(name) : EventNames.IsKey(name))
            {
                _byKey[name] = value;
            }
        }
    }

    public bool Accepts(TraceEvent traceEvent)
    {
        if (_anyText is null && _byKey.Count == 0)
        {
            return true;
        }

        if (traceEvent.Span is { } known && _spans.Contains(known.Id))
        {
            if (traceEvent.Type.EndsWith("-end", StringComparison.Ordinal))
            {
                _spans.Remove(known.Id);
            }

            return true;
        }

        if (!Matches(traceEvent))
        {
            return false;
        }

        if (traceEvent.Span is { } span)
        {
            _spans.Add(span.Id);
        }

        return true;
    }

    /// <summary>The data of the event that started the span count as data of each of its events.</summary>
    private bool Matches(TraceEvent traceEvent)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, object? value) in traceEvent.Data.Concat(traceEvent.Span?.Start.Data ?? []))
        {
            string key = _isNewer ? name : EventNames.ToKebabCase(name);
            if ((_byKey.TryGetValue(key, out string? text) || (text = _anyText) is not null) && FormatValue(value)?.Contains(text!, StringComparison.Ordinal) == true)
            {
                found.Add(key);
            }
        }

        return _anyText is not null ? found.Count > 0 : found.Count == _byKey.Count;
    }

    private static string? FormatValue(object? value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTimeOffset time => Timestamp.Format(time),
        IPAddress address => address.ToString(),
        _ => null,
    };
}
