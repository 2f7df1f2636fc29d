using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>Reads metrics from the wire (docs/api.md §6.13, §7.3): the history's, which have a time, and the live stream's, which have none.</summary>
internal static class MetricReader
{
    /// <summary>The metrics of an array; the reader stands on its start and is left on its end.</summary>
    public static IReadOnlyList<MailMetric> ReadList(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartArray);
        var metrics = new List<MailMetric>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            metrics.Add(Read(ref reader));
        }
        return metrics;
    }

    private static MailMetric Read(ref Utf8JsonReader reader)
    {
        reader.Expect(JsonTokenType.StartObject);
        string? id = null;
        var metric = new MailMetric { Id = "" };
        var extra = new UnknownMembers();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            switch (name)
            {
                case "id": id = reader.GetString(); break;
                case "type": metric.Kind = MetricKind.Parse(reader.GetString() ?? ""); break;
                case "timestamp": metric.Timestamp = reader.GetDateTimeOffset(); break;
                case "value": metric.Value = ReadNumber(ref reader); break;
                case "count": metric.Count = ReadNumber(ref reader); break;
                case "sum": metric.Sum = ReadNumber(ref reader); break;
                default: extra.Add(name, ref reader); break;
            }
        }
        metric.Id = id ?? throw new JsonException("A metric has an id.");
        metric.AdditionalData = extra.ToValues();
        return metric;
    }

    // A later server may send a fraction; a count beyond long is none that happens.
    private static long ReadNumber(ref Utf8JsonReader reader) => reader.TryGetInt64(out long whole) ? whole : checked((long)Math.Round(reader.GetDouble()));
}
