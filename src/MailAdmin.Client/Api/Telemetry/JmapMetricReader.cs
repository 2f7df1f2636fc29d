using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>Reads metrics of a server from 0.16 on (docs/api-0.16.md §8.7): the history's, which have a time, and the live stream's, which have none.</summary>
internal static class JmapMetricReader
{
    /// <summary>The metrics of a frame of the live stream.</summary>
    public static IReadOnlyList<MailMetric> ReadList(ref Utf8JsonReader reader) => [.. JsonElement.ParseValue(ref reader).EnumerateArray().Select(Read)];

    /// <summary>One metric.</summary>
    public static MailMetric Read(JsonElement item)
    {
        item.EnsureReadable();
        string kind = MetricKind.Parse(item.GetText("@type") ?? "");
        bool isHistogram = kind == MetricKind.Histogram;
        long? count = ReadNumber(item, "count");
        return new MailMetric
        {
            Id = item.GetText("metric") ?? throw new JsonException("A metric has a name."),
            Kind = kind,
            Timestamp = item.TryGetProperty("timestamp", out JsonElement time) ? time.GetDateTimeOffset() : null,
            Value = isHistogram ? null : count,
            Count = isHistogram ? count : null,
            Sum = ReadNumber(item, "sum"),
            // The id is that of one measurement.
            AdditionalData = item.GetUnknownMembers("metric", "@type", "timestamp", "count", "sum", "id"),
        };
    }

    private static long? ReadNumber(JsonElement item, string name) =>
        !item.TryGetProperty(name, out JsonElement number) ? null : number.TryGetInt64(out long whole) ? whole : checked((long)Math.Round(number.GetDouble()));
}
