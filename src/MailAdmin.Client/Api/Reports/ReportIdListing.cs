using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Reports;

/// <summary>Lists ids of reports. An id is some thirty bytes, so what is wanted comes in one request.</summary>
internal static class ReportIdListing
{
    /// <summary>A filter as the server takes it, lower-case; one that it would ignore is refused.</summary>
    public static string? NormalizeFilter(string? part, string field, Operation operation) =>
        ListFilter.Normalize(part, operation, field, "list every report", "it looks for these characters. Specify part of the text")?.ToLowerInvariant();

    public static async Task<ReportIdPage> ReadAsync(ApiChannel channel, Operation operation, IEnumerable<KeyValuePair<string, string?>> filters, long skip, long? first, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        // Pages start at multiples of their size, so what is left out is asked for too. A limit of 0 would be none.
        long? limit = first is { } count && count <= long.MaxValue - skip ? Math.Max(1, skip + count) : null;
        Uri target = channel.Uri.ForQuery(operation, [.. filters, KeyValuePair.Create("page", limit is null ? null : "1"), KeyValuePair.Create("limit", limit?.ToString(CultureInfo.InvariantCulture))]);
        ReportIdPage page = await channel.ReadAsync(new ApiRequestContext(operation), target, ReadPage, cancellationToken).ConfigureAwait(false);
        ListTotal.Check(channel, operation, page.Ids.Count, page.Total, limit);
        IEnumerable<string> wanted = page.Ids.Skip((int)Math.Min(skip, int.MaxValue));
        return page with { Ids = [.. first is { } most ? wanted.Take((int)Math.Min(most, int.MaxValue)) : wanted] };
    }

    public static ReportIdPage ReadPage(ref Utf8JsonReader reader)
    {
        long total = 0;
        List<string>? ids = null;
        reader.Expect(JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (name == "total")
            {
                total = reader.GetInt64();
            }
            else if (name == "items")
            {
                reader.Expect(JsonTokenType.StartArray);
                ids = [];
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    ids.Add(reader.GetString() ?? throw new JsonException("A report has an id."));
                }
            }
            else
            {
                reader.Skip();
            }
        }
        return new ReportIdPage(total, ids ?? throw new JsonException("A list has items."));
    }
}
