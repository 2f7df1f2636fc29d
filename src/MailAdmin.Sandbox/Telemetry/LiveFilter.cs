using System.Net;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>
/// What a watcher wants to see: a text anywhere, or texts under certain keys, all of them. Numbers never match, nor do lists. Once
/// one event of a span matched, the rest of it is wanted too.
/// </summary>
internal sealed class LiveFilter
{
    private readonly string? anywhere;
    private readonly Dictionary<string, string> byKey = new(StringComparer.Ordinal);
    private readonly HashSet<ulong> spans = [];

    /// <summary>Reads a query. Names in camelCase and unknown ones are no keys, and are ignored.</summary>
    public LiveFilter(QueryValues query)
    {
        anywhere = query["filter"];
        foreach (var (key, value) in query.All)
        {
            if (EventNames.IsKey(key.ToLowerInvariant()))
                byKey[key.ToLowerInvariant()] = value;
        }
    }

    public bool Wants(TraceEvent happened)
    {
        if (anywhere is null && byKey.Count == 0)
            return true;
        if (happened.Span is { } known && spans.Contains(known.Id))
        {
            if (happened.Type.EndsWith("-end", StringComparison.Ordinal))
                spans.Remove(known.Id);
            return true;
        }

        if (!Matches(happened))
            return false;
        if (happened.Span is { } span)
            spans.Add(span.Id);
        return true;
    }

    /// <summary>What the span began with counts as said again by each of its events.</summary>
    private bool Matches(TraceEvent happened)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in happened.Data.Concat(happened.Span?.Start.Data ?? []))
        {
            var key = EventNames.Kebab(name);
            if ((byKey.TryGetValue(key, out var needle) || (needle = anywhere) is not null) && Text(value)?.Contains(needle!, StringComparison.Ordinal) == true)
                found.Add(key);
        }

        return anywhere is not null ? found.Count > 0 : found.Count == byKey.Count;
    }

    private static string? Text(object? value) => value switch
    {
        string text => text,
        bool yes => yes ? "true" : "false",
        DateTimeOffset time => TraceJson.Stamp(time),
        IPAddress address => address.ToString(),
        _ => null,
    };
}
