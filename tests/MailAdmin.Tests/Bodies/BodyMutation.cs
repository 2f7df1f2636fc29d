using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailAdmin.Tests.Bodies;

/// <summary>The relatives of a body: at each place something else, or nothing. Whether the server takes one of them is for the table of types to say.</summary>
internal static class BodyMutation
{
    /// <summary>All of them, each once.</summary>
    public static IEnumerable<string> GetAll(string body)
    {
        yield return body;
        var root = JsonNode.Parse(body);
        foreach (string[] path in GetPaths(root, []).ToArray())
        {
            foreach (JsonNode? value in GetReplacements(Find(root, path)))
            {
                yield return Replace(body, path, value);
            }
            if (path.Length > 0)
            {
                yield return Remove(body, path);
            }
        }
        foreach (string[] path in GetPaths(root, []).Where(path => Find(root, path) is JsonObject).ToArray())
        {
            yield return Replace(body, [.. path, "colour"], JsonValue.Create("red"));
        }
    }

    private static IEnumerable<JsonNode?> GetReplacements(JsonNode? value)
    {
        yield return null;
        yield return JsonValue.Create("");
        yield return JsonValue.Create("text");
        yield return JsonValue.Create("1");
        yield return JsonValue.Create(1);
        yield return JsonValue.Create(-1);
        yield return JsonValue.Create(1.5);
        yield return JsonValue.Create(true);
        yield return new JsonObject();
        yield return new JsonArray();
        yield return new JsonArray(JsonValue.Create(1));
        yield return new JsonArray((JsonNode?)null);
        yield return new JsonArray(JsonValue.Create(1), JsonValue.Create("text"));
        yield return JsonValue.Create(new string('x', 600));
        yield return JsonValue.Create(value?.ToJsonString() ?? "null");
        yield return new JsonArray(value?.DeepClone());
        if (value is JsonArray { Count: 1 } single)
        {
            yield return single[0]?.DeepClone();
        }
        if (value?.GetValueKind() == JsonValueKind.String)
        {
            string text = value.GetValue<string>();
            yield return JsonValue.Create(text.ToUpperInvariant());
            yield return JsonValue.Create(text.ToLowerInvariant());
            yield return JsonValue.Create(text.Length > 0 ? char.ToUpperInvariant(text[0]) + text[1..] : "X");
            yield return JsonValue.Create(text + " ");
            yield return JsonValue.Create(text + "%eth0");
            yield return JsonValue.Create($"[{text}]");
        }
    }

    private static IEnumerable<string[]> GetPaths(JsonNode? node, string[] path)
    {
        yield return path;
        IEnumerable<(string Key, JsonNode? Value)> children = node switch
        {
            JsonObject members => members.Select(member => (member.Key, member.Value)),
            JsonArray items => items.Select((item, index) => ($"{index}", item)),
            _ => [],
        };
        foreach ((string key, JsonNode? value) in children.ToArray())
        {
            foreach (string[] below in GetPaths(value, [.. path, key]))
            {
                yield return below;
            }
        }
    }

    private static JsonNode? Find(JsonNode? node, string[] path) => path.Aggregate(node, (at, key) => at is JsonArray items ? items[int.Parse(key, null)] : at![key]);

    private static string Replace(string body, string[] path, JsonNode? value)
    {
        if (path.Length == 0)
        {
            return value?.ToJsonString() ?? "null";
        }
        JsonNode root = JsonNode.Parse(body)!;
        switch (Find(root, path[..^1]))
        {
            case JsonArray items:
                items[int.Parse(path[^1], null)] = value;
                break;
            case var members:
                members![path[^1]] = value;
                break;
        }
        return root.ToJsonString();
    }

    private static string Remove(string body, string[] path)
    {
        JsonNode root = JsonNode.Parse(body)!;
        switch (Find(root, path[..^1]))
        {
            case JsonArray items:
                items.RemoveAt(int.Parse(path[^1], null));
                break;
            case var members:
                members!.AsObject().Remove(path[^1]);
                break;
        }
        return root.ToJsonString();
    }
}
