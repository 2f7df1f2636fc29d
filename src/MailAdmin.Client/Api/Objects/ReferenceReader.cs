using System.Text.Json.Nodes;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Finds in an object the ids of others and the words that are none, by the schema.</summary>
internal sealed class ReferenceReader(ObjectSchema schema)
{
    /// <summary>The type that an id names: of <c>Account/Group</c>, <c>Account</c>.</summary>
    public static string GetType(ObjectValueType id) => id.Of.Split('/')[0];

    /// <summary>The ids in an object or a part of one.</summary>
    public IEnumerable<FoundReference> Find(ObjectShape shape, JsonObject value) =>
        FindValues(shape, value).Where(found => found.Type.Kind == ValueKind.Id).Select(found => new FoundReference(found.Type, found.Property, found.Text)).Distinct();

    /// <summary>The first property of an object that has a word which is none of its words; null if all are.</summary>
    public string? FindUnknownWord(ObjectShape shape, JsonObject value) =>
        FindValues(shape, value).Where(found => found.Type is { Kind: ValueKind.Word, Words.Count: > 0 } && !found.Type.Words.Contains(found.Text)).Select(found => found.Property).FirstOrDefault();

    /// <summary>Whether a value may name an object of a type.</summary>
    public bool MayName(ObjectValueType value, string type) => MayName(value, type, []);

    private bool MayName(ObjectValueType value, string type, HashSet<string> seen) => value.Kind switch
    {
        ValueKind.Id => GetType(value) == type,
        ValueKind.Set => MayName(value.Item!, type, seen),
        ValueKind.Map => MayName(value.Key!, type, seen) || MayName(value.Item!, type, seen),
        ValueKind.Object or ValueKind.List => seen.Add(value.Of) && schema.FindShape(value.Of)?.Properties.Any(property => MayName(property.Type, type, seen)) == true,
        _ => false,
    };

    private IEnumerable<(ObjectValueType Type, string Property, string Text)> FindValues(ObjectShape shape, JsonObject value)
    {
        string? variant = ObjectShape.GetVariant(value);
        foreach ((string name, JsonNode? member) in value)
        {
            PropertySchema? property = shape.FindProperty(variant, name);
            foreach ((ObjectValueType type, string inner, string text) in property is null ? [] : FindValues(property.Type, property.Name, member))
            {
                yield return (type, inner, text);
            }
        }
    }

    private IEnumerable<(ObjectValueType Type, string Property, string Text)> FindValues(ObjectValueType type, string property, JsonNode? value) => (type.Kind, value) switch
    {
        (ValueKind.Id or ValueKind.Word, JsonValue text) when text.TryGetValue(out string? plain) => [(type, property, plain)],
        (ValueKind.Set, JsonObject items) => items.Select(item => (type.Item!, property, item.Key)).Where(item => item.Item1.Kind is ValueKind.Id or ValueKind.Word),
        (ValueKind.Map, JsonObject entries) => entries.SelectMany(entry => FindValues(type.Item!, property, entry.Value)),
        (ValueKind.Object, JsonObject inner) when schema.FindShape(type.Of) is { } shape => FindValues(shape, inner).Select(found => (found.Type, property, found.Text)),
        (ValueKind.List, JsonObject items) when schema.FindShape(type.Of) is { } shape =>
            items.Select(item => item.Value).OfType<JsonObject>().SelectMany(item => FindValues(shape, item)).Select(found => (found.Type, property, found.Text)),
        _ => [],
    };
}

/// <summary>An id of another object.</summary>
/// <param name="Type">What it may name.</param>
/// <param name="Property">The property of the object that has it, or has a part that has it.</param>
/// <param name="Id">The id.</param>
internal sealed record FoundReference(ObjectValueType Type, string Property, string Id);
