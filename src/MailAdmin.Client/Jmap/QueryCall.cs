using System.Text.Json;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Jmap;

/// <summary>
/// Asks for the ids of objects. By default in the one form whose pages of stored objects neither overlap nor leave anything out: by ascending id, after an anchor, without a
/// position or a total.
/// </summary>
/// <param name="type">The type, such as <c>x:Account</c>.</param>
internal sealed class QueryCall(string type) : JmapCall<QueryAnswer>($"{type}/query")
{
    /// <summary>Writes the members of the filter; null = everything.</summary>
    public Action<Utf8JsonWriter>? Filter { get; init; }

    /// <summary>What it is sorted by.</summary>
    public string SortProperty { get; init; } = "id";

    /// <summary>In which order, and where a page begins.</summary>
    public QueryForm Form { get; init; } = QueryForm.Stored;

    /// <summary>How many ids at most.</summary>
    public required int Limit { get; init; }

    /// <summary>The id after which the page begins; null = from the first one on.</summary>
    public string? Anchor { get; init; }

    /// <summary>How many ids are left out before the page begins; 0 is not said, since that would make other pages of stored objects.</summary>
    public int Position { get; init; }

    /// <summary>Whether the number of all matches is answered too. The pages then are others: only for a query without a second page.</summary>
    public bool CalculatesTotal { get; init; }

    protected override void WriteArguments(Utf8JsonWriter writer)
    {
        // One is what the server makes of none.
        ArgumentOutOfRangeException.ThrowIfLessThan(Limit, 1);
        if (Filter is not null)
        {
            writer.WriteStartObject("filter");
            Filter(writer);
            writer.WriteEndObject();
        }
        writer.WriteStartArray("sort");
        writer.WriteStartObject();
        writer.WriteString("property", SortProperty);
        writer.WriteBoolean("isAscending", Form.IsAscending);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteNumber("limit", Limit);
        if (Position > 0)
        {
            writer.WriteNumber("position", Position);
        }
        if (Anchor is not null)
        {
            JmapId.ThrowIfInvalid(Anchor, Method);
            writer.WriteString("anchor", Anchor);
            if (Form.HasAnchorInPage)
            {
                writer.WriteNumber("anchorOffset", 1);
            }
        }
        if (CalculatesTotal)
        {
            writer.WriteBoolean("calculateTotal", true);
        }
    }

    protected override QueryAnswer Read(JsonElement arguments, ApiRequestContext context) =>
        new([.. arguments.GetProperty("ids").EnumerateArray().Select(ReadId)], CalculatesTotal ? arguments.GetProperty("total").GetInt64() : null);

    private static string ReadId(JsonElement id) =>
        id.GetString() is { } text && JmapId.IsValid(text) ? text : throw new JsonException("An id of the answer is none.");
}

/// <summary>The answer to a query.</summary>
/// <param name="Ids">The ids, in the order asked for.</param>
/// <param name="Total">How many match, where that was asked for.</param>
internal sealed record QueryAnswer(IReadOnlyList<string> Ids, long? Total);
