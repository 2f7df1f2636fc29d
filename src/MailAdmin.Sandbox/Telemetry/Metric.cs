using System.Text.Json;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>A metric at a moment.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Id">Its name; for a counter that of an event.</param>
/// <param name="At">The moment.</param>
/// <param name="Value">The count or the level.</param>
/// <param name="Sum">For a histogram, the sum of what was measured: milliseconds or bytes.</param>
internal sealed record Metric(MetricKind Kind, string Id, DateTimeOffset At, long Value, long Sum)
{
    /// <summary>The number of a measurement in the history, which is a time.</summary>
    public ulong Number { get; init; }

    /// <summary>As the history shows it.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, KindName);
        json.WriteString("id"u8, Id);
        json.WriteString("timestamp"u8, Timestamp.Format(At));
        WriteValues(json);
        json.WriteEndObject();
    }

    /// <summary>As the live stream shows it, before 0.16.</summary>
    public void WriteLive(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, Id);
        json.WriteString("type"u8, KindName);
        WriteValues(json);
        json.WriteEndObject();
    }

    private string KindName => Kind switch { MetricKind.Counter => "counter", MetricKind.Gauge => "gauge", _ => "histogram" };

    private void WriteValues(Utf8JsonWriter json)
    {
        if (Kind == MetricKind.Histogram)
        {
            json.WriteNumber("count"u8, Value);
            json.WriteNumber("sum"u8, Sum);
        }
        else
        {
            json.WriteNumber("value"u8, Value);
        }
    }
}
