using System.Net;
using System.Text.Json;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>Writes events as the server does.</summary>
internal static class TraceJson
{
    /// <summary>An event in full, with its description.</summary>
    public static void Write(Utf8JsonWriter json, TraceEvent traceEvent)
    {
        (string text, string details) = EventDescriptions.Get(traceEvent.Type);
        json.WriteStartObject();
        json.WriteString("text"u8, text);
        json.WriteString("details"u8, details);
        json.WriteString("createdAt"u8, Timestamp.Format(traceEvent.At));
        json.WriteString("type"u8, traceEvent.Type);
        WriteData(json, traceEvent.Data, null);
        json.WriteEndObject();
    }

    /// <summary>The headline event of a span in a list: with the span's id, and without a description.</summary>
    public static void WriteHeadline(Utf8JsonWriter json, TraceEvent traceEvent, ulong spanId)
    {
        json.WriteStartObject();
        json.WriteString("createdAt"u8, Timestamp.Format(traceEvent.At));
        json.WriteString("type"u8, traceEvent.Type);
        WriteData(json, traceEvent.Data, spanId);
        json.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> data, ulong? spanId)
    {
        json.WriteStartObject("data"u8);
        if (spanId is { } id)
        {
            json.WriteNumber("spanId"u8, id);
        }

        foreach ((string key, object? value) in data)
        {
            json.WritePropertyName(key);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case uint number:
                json.WriteNumberValue(number);
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case TimeSpan duration:
                json.WriteNumberValue((long)duration.TotalMilliseconds);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(Timestamp.Format(time));
                break;
            case IPAddress address:
                json.WriteStringValue(address.ToString());
                break;
            case IEnumerable<string> texts:
                json.WriteStrings(texts);
                break;
            case TraceEvent inner:
                WriteInner(json, inner);
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }

    /// <summary>An event that caused another one.</summary>
    private static void WriteInner(Utf8JsonWriter json, TraceEvent inner)
    {
        (string text, string details) = EventDescriptions.Get(inner.Type);
        json.WriteStartObject();
        json.WriteString("type"u8, inner.Type);
        json.WriteString("text"u8, text);
        json.WriteString("details"u8, details);
        WriteData(json, inner.Data, null);
        json.WriteEndObject();
    }
}
