using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>Reads events and traces from the wire (docs/api.md §6.13, §7.2): lists with their values, single traces, and live frames. Their data holds whatever an event noted, and ids that no double can hold.</summary>
internal static class TraceReader
{
    private const string SpanKey = "spanId";

    /// <summary>The events of an array, all of trace <paramref name="spanId"/> where it is known; the reader stands on its start and is left on its end.</summary>
    public static IReadOnlyList<MailTraceEvent> ReadEvents(ref Utf8JsonReader reader, ulong? spanId = null)
    {
        var array = JsonElement.ParseValue(ref reader);
        return [.. array.EnumerateArray().Select(element => ReadEvent(element, spanId))];
    }

    /// <summary>One event.</summary>
    public static MailTraceEvent ReadEvent(JsonElement element, ulong? spanId = null)
    {
        DateTimeOffset? createdAt = null;
        string? type = null;
        var read = new MailTraceEvent { Created = default, Type = "" };
        var extra = new UnknownMembers();
        foreach (JsonProperty member in element.EnumerateObject())
        {
            switch (member.Name)
            {
                case "createdAt": createdAt = member.Value.GetDateTimeOffset(); break;
                case "type": type = member.Value.GetString(); break;
                case "text": read.Text = member.Value.GetString(); break;
                case "details": read.Details = member.Value.GetString(); break;
                case "data": read.Data = ReadData(member.Value); break;
                default: extra.Add(member.Name, member.Value); break;
            }
        }
        read.Created = createdAt ?? throw new JsonException("An event has a time.");
        read.Type = type ?? throw new JsonException("An event has a type.");
        read.SpanId = spanId ?? TraceValues.GetNumber(read.Data, SpanKey);
        read.AdditionalData = extra.ToValues();
        return read;
    }

    /// <summary>One item of a list of traces: the event that stands for it, or its id alone.</summary>
    public static MailTrace ReadListItem(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return new MailTrace { SpanId = reader.GetUInt64() };
        }
        MailTraceEvent read = ReadEvent(JsonElement.ParseValue(ref reader));
        return new MailTrace { SpanId = read.SpanId ?? throw new JsonException("A trace has an id."), Event = read };
    }

    private static NamedValues ReadData(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            return NamedValues.Empty;
        }
        var data = new OrderedDictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            data[member.Name] = ReadValue(member.Value);
        }
        return new NamedValues(data);
    }

    private static object? ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ReadText(value),
        JsonValueKind.Number => NamedValues.FromNumber(value),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(ReadValue).ToList().AsReadOnly(),
        JsonValueKind.Object => ReadObject(value),
        _ => null,
    };

    // A date alone, or digits that happen to be one, stay text.
    private static object ReadText(JsonElement value)
    {
        string text = value.GetString()!;
        bool isTime = text.Length >= 20 && text[10] == 'T' && (text[^1] == 'Z' || text[^3] == ':');
        return isTime && value.TryGetDateTimeOffset(out DateTimeOffset time) ? time : text;
    }

    // Anything with a type is an event within the event; what has none is kept as it is named.
    private static object ReadObject(JsonElement value)
    {
        if (!value.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String)
        {
            return ReadData(value);
        }
        return new MailTraceCause
        {
            Type = type.GetString()!,
            Text = value.GetText("text"),
            Details = value.GetText("details"),
            Data = value.TryGetProperty("data", out JsonElement data) ? ReadData(data) : NamedValues.Empty,
        };
    }
}
