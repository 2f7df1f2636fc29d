using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>Puts former answers of a request into the arguments of a later call: <c>{"#ids": {"resultOf", "name", "path"}}</c>.</summary>
internal static class ResultReferences
{
    /// <summary>The arguments without references.</summary>
    /// <exception cref="MethodException">A reference leads nowhere.</exception>
    public static JsonObject Resolve(JsonObject arguments, JsonArray responses)
    {
        if (!arguments.Any(argument => argument.Key.StartsWith('#')))
        {
            return arguments;
        }

        var resolved = new JsonObject();
        foreach ((string name, JsonNode? value) in arguments)
        {
            if (name.StartsWith('#'))
            {
                JsonNode[] found = [.. Find(value, responses)];
                resolved[name[1..]] = new JsonArray([.. found.Select(item => item is JsonValue text && text.TryGetValue(out string? _) ? text.DeepClone() : throw MethodException.InvalidReference())]);
            }
            else
            {
                resolved[name] = value?.DeepClone();
            }
        }

        return resolved;
    }

    private static IEnumerable<JsonNode> Find(JsonNode? reference, JsonArray responses)
    {
        string? resultOf = Text(reference, "resultOf"), name = Text(reference, "name"), path = Text(reference, "path");
        JsonArray? response = responses.OfType<JsonArray>().LastOrDefault(response => Text(response[2]) == resultOf && Text(response[0]) == name);
        if (response is null || path is null || !path.StartsWith('/'))
        {
            throw MethodException.InvalidReference();
        }

        IEnumerable<JsonNode> nodes = Follow(response[1], JsonPath.Split(path[1..]));
        return nodes.SelectMany(node => node is JsonArray items ? items.Select(item => item ?? throw MethodException.InvalidReference()) : [node]);
    }

    private static IEnumerable<JsonNode> Follow(JsonNode? node, ReadOnlySpan<string> path)
    {
        if (node is null)
        {
            throw MethodException.InvalidReference();
        }

        if (path.IsEmpty)
        {
            return [node];
        }

        switch (node)
        {
            case JsonArray items when path[0] == "*":
                var found = new List<JsonNode>();
                foreach (JsonNode? item in items)
                {
                    found.AddRange(Follow(item, path[1..]));
                }

                return found;
            case JsonArray items when int.TryParse(path[0], NumberStyles.None, CultureInfo.InvariantCulture, out int place) && place < items.Count:
                return Follow(items[place], path[1..]);
            case JsonObject members:
                return Follow(members[path[0]], path[1..]);
            default:
                throw MethodException.InvalidReference();
        }
    }

    private static string? Text(JsonNode? reference, string member) => Text((reference as JsonObject)?[member]);

    private static string? Text(JsonNode? value) => value is JsonValue text && text.TryGetValue(out string? read) ? read : null;
}
