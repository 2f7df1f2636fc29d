using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>Shows events and metrics as a server from 0.16 does: each value with its kind, lists as objects, and no words on what an event means.</summary>
internal static class TelemetryView
{
    public static JsonObject Show(TraceEvent traceEvent) => new()
    {
        ["event"] = traceEvent.Type,
        ["timestamp"] = Timestamp.Format(traceEvent.At),
        ["keyValues"] = ShowData(traceEvent.Data),
    };

    /// <summary>A metric without its time, which only the history tells.</summary>
    public static JsonObject Show(Metric metric) => metric.Kind == MetricKind.Histogram
        ? new() { ["metric"] = metric.Id, ["@type"] = "Histogram", ["count"] = metric.Value, ["sum"] = metric.Sum }
        : new() { ["metric"] = metric.Id, ["@type"] = metric.Kind.ToString(), ["count"] = metric.Value };

    /// <summary>A list: an object whose members are named by their places.</summary>
    public static JsonObject ShowList(IEnumerable<JsonNode> items) => new(items.Index().Select(item => KeyValuePair.Create($"{item.Index}", (JsonNode?)item.Item)));

    private static JsonObject ShowData(IEnumerable<KeyValuePair<string, object?>> data) =>
        ShowList(data.Select(pair => new JsonObject { ["key"] = pair.Key, ["value"] = ShowValue(pair.Value) }));

    private static JsonObject ShowValue(object? value) => value switch
    {
        string text => Typed("String", text),
        bool flag => Typed("Boolean", flag),
        int number => Typed("UnsignedInt", number),
        long number => Typed("UnsignedInt", number),
        uint number => Typed("UnsignedInt", number),
        ulong number => Typed("UnsignedInt", number),
        TimeSpan duration => Typed("Duration", (long)duration.TotalMilliseconds),
        DateTimeOffset time => Typed("UTCDateTime", Timestamp.Format(time)),
        IPAddress address => Typed("IpAddr", address.ToString()),
        IEnumerable<string> texts => Typed("List", ShowList(texts.Select(ShowValue))),
        TraceEvent inner => new JsonObject { ["@type"] = "Event", ["event"] = inner.Type, ["value"] = ShowData(inner.Data) },
        _ => new JsonObject { ["@type"] = "Null" },
    };

    private static JsonObject Typed(string kind, JsonNode value) => new() { ["@type"] = kind, ["value"] = value };
}
