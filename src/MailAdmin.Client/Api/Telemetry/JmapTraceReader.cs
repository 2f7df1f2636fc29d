using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>Reads traces and events of a server from 0.16 on (docs/api-0.16.md §8.7): each value says of which kind it is, and there are no words on what an event means.</summary>
internal static class JmapTraceReader
{
    private const string SpanKey = "spanId";
    private const string Value = "value";

    /// <summary>A trace and when it began. The event that stands for it is the first attempt to deliver or the first message that was queued, as on servers before.</summary>
    public static (MailTrace Trace, DateTimeOffset Started) ReadTrace(JsonElement item)
    {
        ulong id = JmapId.ToLargeNumber(item.GetText("id") ?? throw new JsonException("A trace has an id."));
        IReadOnlyList<MailTraceEvent> events = ReadEvents(item, id);
        return events.Count > 0
            ? (new MailTrace { SpanId = id, Event = events.FirstOrDefault(IsHeadline) ?? events[0] }, events[0].Created)
            : throw new JsonException("A trace has events.");
    }

    /// <summary>The events of a trace, all of trace <paramref name="spanId"/>.</summary>
    public static IReadOnlyList<MailTraceEvent> ReadEvents(JsonElement item, ulong spanId) => [.. EnumerateList(item.EnsureReadable().GetProperty("events")).Select(read => ReadEvent(read, spanId))];

    /// <summary>The events of a frame of the live stream, which does not say to which traces they belong.</summary>
    public static IReadOnlyList<MailTraceEvent> ReadFrame(ref Utf8JsonReader reader) => [.. JsonElement.ParseValue(ref reader).EnsureReadable().EnumerateArray().Select(read => ReadEvent(read, null))];

    private static bool IsHeadline(MailTraceEvent happened) =>
        happened.Type == "delivery.attempt-start" || (happened.Type.StartsWith("queue.", StringComparison.Ordinal) && happened.Type.EndsWith("-queued", StringComparison.Ordinal));

    private static MailTraceEvent ReadEvent(JsonElement element, ulong? spanId)
    {
        NamedValues data = ReadData(element, "keyValues");
        return new MailTraceEvent
        {
            Created = element.GetProperty("timestamp").GetDateTimeOffset(),
            Type = element.GetText("event") ?? throw new JsonException("An event has a type."),
            SpanId = spanId ?? TraceValues.GetNumber(data, SpanKey),
            Data = data,
            AdditionalData = element.GetUnknownMembers("timestamp", "event", "keyValues"),
        };
    }

    private static NamedValues ReadData(JsonElement element, string list)
    {
        var data = new OrderedDictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (element.TryGetProperty(list, out JsonElement pairs))
        {
            foreach (JsonElement pair in EnumerateList(pairs))
            {
                data[pair.GetText("key") ?? throw new JsonException("A value has a key.")] = ReadValue(pair.GetProperty(Value));
            }
        }
        return new NamedValues(data);
    }

    private static object? ReadValue(JsonElement element) => element.GetText("@type") switch
    {
        "Null" => null,
        "List" => EnumerateList(element.GetProperty(Value)).Select(ReadValue).ToList().AsReadOnly(),
        "Event" => new MailTraceCause { Type = element.GetText("event") ?? throw new JsonException("An event has a type."), Data = ReadData(element, Value) },
        "UTCDateTime" => element.GetProperty(Value).GetDateTimeOffset(),
        // Of a kind that is not known, all of it.
        _ => NamedValues.FromJson(element.TryGetProperty(Value, out JsonElement value) ? value : element),
    };

    // A list is written as an object whose members are named by their places.
    private static IEnumerable<JsonElement> EnumerateList(JsonElement list) => list.ValueKind switch
    {
        JsonValueKind.Object => list.EnumerateObject().OrderBy(item => int.Parse(item.Name, NumberStyles.None, CultureInfo.InvariantCulture)).Select(item => item.Value),
        JsonValueKind.Array => list.EnumerateArray(),
        _ => throw new JsonException("It is no list."),
    };
}
