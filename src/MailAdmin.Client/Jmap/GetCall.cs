using System.Text.Json;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Jmap;

/// <summary>Asks for objects: of some ids, or of those that a query of the same request finds.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="type">The type, such as <c>x:Account</c>.</param>
/// <param name="read">Reads an object; all of it that is to be used later.</param>
internal sealed class GetCall<T>(string type, Func<JsonElement, T> read) : JmapCall<GetAnswer<T>>($"{type}/get")
{
    // A line that has gone is in neither list (docs/api-0.16.md trap 29).
    private const string LogType = "x:Log";

    /// <summary>The ids; null where a query finds them.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>The query that finds them.</summary>
    public QueryCall? Query { get; init; }

    /// <summary>The properties to answer; null = all, also those that are computed for each object.</summary>
    public IReadOnlyList<string>? Properties { get; init; }

    public override JmapCall? Source => Query;

    protected override void WriteArguments(Utf8JsonWriter writer)
    {
        if (Query is not null)
        {
            writer.WriteStartObject("#ids");
            writer.WriteString("resultOf", Query.Id);
            writer.WriteString("name", Query.Method);
            writer.WriteString("path", "/ids");
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStartArray("ids");
            // Without ids the server would answer the first page of all objects, or nothing.
            foreach (string id in Ids ?? throw new InvalidOperationException($"{Method} has neither ids nor a query."))
            {
                JmapId.ThrowIfInvalid(id, Method);
                writer.WriteStringValue(id);
            }
            writer.WriteEndArray();
        }
        if (Properties is not null)
        {
            writer.WriteStartArray("properties");
            foreach (string property in Properties)
            {
                writer.WriteStringValue(property);
            }
            writer.WriteEndArray();
        }
    }

    protected override GetAnswer<T> Read(JsonElement arguments, ApiRequestContext context)
    {
        var missing = Ids?.ToHashSet(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var items = new List<T>();
        foreach (JsonElement item in arguments.GetProperty("list").EnumerateArray())
        {
            string id = item.GetProperty("id").GetString() ?? throw new JsonException("An object has no id.");
            if (!seen.Add(id) || missing?.Remove(id) == false)
            {
                throw new JsonException("An object comes twice, or was not asked for.");
            }
            items.Add(read(item));
        }
        string[] notFound = [.. arguments.TryGetProperty("notFound", out JsonElement ids) && ids.ValueKind == JsonValueKind.Array ? ids.EnumerateArray().Select(id => id.GetString() ?? "") : []];
        if (seen.Overlaps(notFound) || (type != LogType && missing?.IsSubsetOf(notFound) == false))
        {
            throw new JsonException("The server does not say whether an object exists, or says both.");
        }
        return new GetAnswer<T>(items, [.. missing ?? []]);
    }
}

/// <summary>The answer to a get.</summary>
/// <typeparam name="T">The object.</typeparam>
/// <param name="Items">The objects, in the order of the server.</param>
/// <param name="Missing">The ids that were asked for and are of no object.</param>
internal sealed record GetAnswer<T>(IReadOnlyList<T> Items, IReadOnlyList<string> Missing);
