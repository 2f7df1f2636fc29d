using System.Text.Json;
using MailAdmin.Client.Api.Objects;
using MailAdmin.Client.Jmap;
using MailAdmin.Tests.Objects;

namespace MailAdmin.Tests.Hosting;

/// <summary>
/// What no request may contain that goes to a server from 0.16 on: the server takes each of these without a word for something else (docs/api-0.16.md §11). The numbers are those of the
/// traps there.
/// </summary>
internal static class JmapWire
{
    private const string Mask = "****";
    private const int MaxObjects = 500;

    // They find whole words, none of one letter, and no address: what they find is compared again by whoever asks.
    private static readonly string[] s_wordFilters = ["text", "description", "subjectAlternativeNames"];
    private static readonly string[] s_typesOfTexts = ["QueuedMessage", "Log", "Trace"];
    private static readonly string[] s_otherOrders = ["QueuedMessage", "Task"];

    // They are no stored objects, and come in either order.
    private static readonly string[] s_history = ["Trace", "Metric"];

    /// <summary>What is wrong with the calls of a request, each with the number of its trap.</summary>
    public static IReadOnlyList<string> FindFaults(JmapRequestBody request) => [.. request.Calls.SelectMany(call => FindFaults(call.Method, call.Arguments).Select(fault => $"{call.Method}: {fault}"))];

    private static IEnumerable<string> FindFaults(string method, JsonElement arguments)
    {
        string[] parts = method.Split('/');
        TypeSchema? type = parts[0].StartsWith("x:", StringComparison.Ordinal) ? SandboxSchema.Value.Find(parts[0][2..]) : null;
        IEnumerable<string> faults = FindTextFaults(arguments).Concat(FindIdFault(arguments, "accountId"));
        if (type is null)
        {
            return parts[0].StartsWith("x:", StringComparison.Ordinal) ? [.. faults, $"38: {parts[0]} is no type"] : faults;
        }
        return faults.Concat(parts[1] switch
        {
            "get" => FindGetFaults(type, arguments),
            "query" => FindQueryFaults(type, arguments),
            "set" => FindSetFaults(type, arguments),
            _ => [$"38: {method} is no method"],
        });
    }

    private static IEnumerable<string> FindTextFaults(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => FindTextFault(value.GetString()!),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(FindTextFaults),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => FindTextFault(member.Name).Concat(FindTextFaults(member.Value))),
        _ => [],
    };

    private static IEnumerable<string> FindTextFault(string text) => text == Mask ? ["1: a hidden secret would become the secret"] : text.Length == 0 ? ["3, 31: a text or an id is empty"] : [];

    private static IEnumerable<string> FindIdFault(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out JsonElement id) && !JmapId.IsValid(id.GetString()!) ? [$"14: {name} '{id}' is no id"] : [];

    private static IEnumerable<string> FindIdFaults(TypeSchema type, IEnumerable<string> ids) => ids
        .Where(id => type.IsSingleton ? id != "singleton" : !JmapId.IsValid(id))
        .Select(id => $"14: '{id}' is no id of {type.Name}");

    private static IEnumerable<string> FindGetFaults(TypeSchema type, JsonElement arguments)
    {
        bool hasIds = arguments.TryGetProperty("ids", out JsonElement ids) && ids.ValueKind == JsonValueKind.Array;
        if (hasIds == arguments.TryGetProperty("#ids", out _))
        {
            yield return "11: it has neither ids nor a query, or both";
        }
        foreach (string fault in hasIds ? FindIdFaults(type, ids.EnumerateArray().Select(id => id.GetString()!)) : [])
        {
            yield return fault;
        }
        if (hasIds && ids.GetArrayLength() > MaxObjects)
        {
            yield return "11: more objects than a get gives";
        }
        if (arguments.TryGetProperty("properties", out JsonElement properties))
        {
            string[] unknown = [.. properties.EnumerateArray().Select(name => name.GetString()!).Where(name => !IsProperty(type, name))];
            if (unknown.Length > 0 || properties.GetArrayLength() == 0)
            {
                yield return $"12: no properties, or unknown ones: {string.Join(", ", unknown)}";
            }
        }
    }

    private static IEnumerable<string> FindQueryFaults(TypeSchema type, JsonElement arguments)
    {
        bool isOrdered = arguments.TryGetProperty("sort", out JsonElement sort) && sort is { ValueKind: JsonValueKind.Array } && sort.GetArrayLength() == 1 && (sort[0].GetProperty("isAscending").GetBoolean() || s_history.Contains(type.Name))
            && sort[0].GetProperty("property").GetString() == (s_otherOrders.Contains(type.Name) ? "due" : "id");
        if (!isOrdered)
        {
            yield return "10: it is not sorted by rising ids";
        }
        if (!arguments.TryGetProperty("limit", out JsonElement limit) || limit.GetInt32() < 1)
        {
            yield return "10: it has no limit, or 0, which is 1";
        }
        bool hasPosition = arguments.TryGetProperty("position", out JsonElement position);
        if (hasPosition && (position.GetInt32() < 1 || !(s_otherOrders.Contains(type.Name) || type.Name == "Log")))
        {
            yield return "10: a position makes other pages of stored objects";
        }
        if (arguments.TryGetProperty("anchor", out JsonElement anchor) && (!JmapId.IsValid(anchor.GetString()!) || arguments.TryGetProperty("calculateTotal", out _) || hasPosition))
        {
            yield return "10: the anchor is none, or stands beside a total or a position, with which it is in the page";
        }
        foreach (string fault in arguments.TryGetProperty("filter", out JsonElement filter) ? FindFilterFaults(type, filter) : [])
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FindFilterFaults(TypeSchema type, JsonElement filter)
    {
        foreach (JsonProperty condition in filter.EnumerateObject())
        {
            string name = condition.Name;
            bool isOfReports = type.Name.EndsWith("ExternalReport", StringComparison.Ordinal);
            if (s_wordFilters.Contains(name) && !s_typesOfTexts.Contains(type.Name) && !IsOfWords(condition.Value.GetString()!))
            {
                yield return $"13: the filter {name} finds nothing by '{condition.Value}'";
            }
            if (name == "status" && condition.Value.GetString() != "Failed")
            {
                yield return "18: the filter lets all states through";
            }
            if (name == "type" || (isOfReports && (name == "domain" || name.StartsWith("receivedAt", StringComparison.Ordinal) || name.StartsWith("total", StringComparison.Ordinal))))
            {
                yield return $"19: the server does not filter {type.Name} by {name} as its name says";
            }
        }
    }

    private static bool IsOfWords(string text) => text.All(letter => char.IsLetterOrDigit(letter) || letter == ' ') && text.Split(' ').Any(word => word.Length > 1);

    private static IEnumerable<string> FindSetFaults(TypeSchema type, JsonElement arguments)
    {
        if (arguments.TryGetProperty("ifInState", out _))
        {
            yield return "16: the state is ignored";
        }
        JsonProperty[] created = arguments.TryGetProperty("create", out JsonElement create) ? [.. create.EnumerateObject()] : [];
        JsonProperty[] updated = arguments.TryGetProperty("update", out JsonElement update) ? [.. update.EnumerateObject()] : [];
        string[] destroyed = arguments.TryGetProperty("destroy", out JsonElement destroy) ? [.. destroy.EnumerateArray().Select(id => id.GetString()!)] : [];
        if (type.IsSingleton && created.Length + destroyed.Length > 0)
        {
            yield return $"4: the one {type.Name} is created, which starts from defaults, or destroyed";
        }
        foreach (string fault in FindIdFaults(type, updated.Select(member => member.Name).Concat(destroyed)))
        {
            yield return fault;
        }
        foreach (string fault in created.SelectMany(member => FindValueFaults(type, member.Value)).Concat(updated.SelectMany(member => FindPatchFaults(type, member.Value))))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> FindValueFaults(TypeSchema type, JsonElement value)
    {
        foreach (JsonProperty member in value.EnumerateObject().Where(member => !IsWritable(type, member.Name)))
        {
            yield return $"39: {type.Name} has no {member.Name}, or the server sets it";
        }
    }

    private static IEnumerable<string> FindPatchFaults(TypeSchema type, JsonElement patch)
    {
        foreach (JsonProperty member in patch.EnumerateObject())
        {
            string[] path = member.Name.Split('/');
            if (!IsWritable(type, path[0]))
            {
                yield return $"39: {type.Name} has no {path[0]}, or the server sets it";
            }
            if (path.Contains(""))
            {
                yield return $"3: the path {member.Name} has an empty element";
            }
            bool isOfList = type.Shape.Properties.Any(property => property.Name == path[0] && property.Type.Kind == ValueKind.List);
            if (path is ["credentials"])
            {
                yield return "2: the credentials are replaced as a whole";
            }
            if (isOfList && path.Length == 2 && member.Value.ValueKind == JsonValueKind.Null)
            {
                yield return $"20: the path {member.Name} removes an item by its place, and the places of the others move";
            }
        }
    }

    private static bool IsWritable(TypeSchema type, string name) =>
        name == ObjectShape.VariantMember ? type.Shape.HasVariants : type.Shape.Properties.Any(property => property.Name == name && !property.IsReadOnly);

    private static bool IsProperty(TypeSchema type, string name) =>
        name is "id" or ObjectShape.VariantMember || type.Shape.Properties.Any(property => property.Name == name);
}
