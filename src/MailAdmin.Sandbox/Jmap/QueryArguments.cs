using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>The arguments of a query.</summary>
internal sealed record QueryArguments
{
    /// <summary>The conditions, all of which have to hold.</summary>
    public required IReadOnlyList<FilterCondition> Filter { get; init; }

    /// <summary>The property to sort by; only the first counts.</summary>
    public required string SortBy { get; init; }

    public required bool IsAscending { get; init; }

    public int? Position { get; init; }

    public int? Limit { get; init; }

    public ulong? Anchor { get; init; }

    public int AnchorOffset { get; init; }

    public bool CalculateTotal { get; init; }

    /// <summary>Whether the store cuts the page, ascending: sorted by id, and nothing said that needs the whole list.</summary>
    public bool ReadsFromFirst => SortBy == "id" && !CalculateTotal && AnchorOffset == 0 && (Position is null or > 0);

    /// <summary>Reads them.</summary>
    /// <exception cref="MethodException">One is of the wrong kind, or a filter that there is not.</exception>
    public static QueryArguments Read(MethodContext call, RegistrySchema schema)
    {
        JsonObject arguments = call.Arguments;
        (string sortBy, bool isAscending) = ReadSort(arguments["sort"]);
        var filter = new List<FilterCondition>();
        ReadFilter(schema, arguments["filter"], filter);
        return new QueryArguments
        {
            Filter = filter,
            SortBy = sortBy,
            IsAscending = isAscending,
            Position = ReadNumber(arguments["position"], int.MinValue),
            Limit = ReadNumber(arguments["limit"], 0),
            Anchor = ReadId(arguments["anchor"]),
            AnchorOffset = ReadNumber(arguments["anchorOffset"], int.MinValue) ?? 0,
            CalculateTotal = ReadFlag(arguments["calculateTotal"]) ?? false,
        };
    }

    private static void ReadFilter(RegistrySchema schema, JsonNode? json, List<FilterCondition> conditions)
    {
        if (json is null)
        {
            return;
        }

        JsonObject filter = json as JsonObject ?? throw WrongKind();
        if (filter["operator"] is { } name)
        {
            if (name.ToString() != "AND")
            {
                throw MethodException.UnsupportedFilter("Only AND can join conditions.");
            }

            foreach (JsonNode? condition in filter["conditions"] as JsonArray ?? throw WrongKind())
            {
                ReadFilter(schema, condition, conditions);
            }

            return;
        }

        foreach ((string member, JsonNode? value) in filter)
        {
            var condition = FilterCondition.Read(member, value);
            conditions.Add(schema.KnownProperties.Contains(condition.Property) || condition.Property == RegistrySchema.Variant
                ? condition
                : throw MethodException.UnsupportedFilter(member));
        }
    }

    private static (string Property, bool IsAscending) ReadSort(JsonNode? json)
    {
        if (json is not null and not JsonArray)
        {
            throw WrongKind();
        }

        return (json as JsonArray)?.FirstOrDefault() is not { } first
            ? ("id", false)
            : (first is JsonObject comparator && comparator["property"] is JsonValue property ? property.ToString() : throw WrongKind(), ReadFlag(comparator["isAscending"]) ?? true);
    }

    private static int? ReadNumber(JsonNode? json, int least) => json switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out int number) && number >= least => number,
        _ => throw WrongKind(),
    };

    private static bool? ReadFlag(JsonNode? json) => json?.GetValueKind() switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw WrongKind(),
    };

    private static ulong? ReadId(JsonNode? json) => json switch
    {
        null => null,
        JsonValue value when value.TryGetValue(out string? text) && RegistryId.TryParse(text, out ulong id) => id,
        _ => throw WrongKind(),
    };

    private static MethodException WrongKind() => MethodException.InvalidArguments("An argument is of the wrong kind.");
}
