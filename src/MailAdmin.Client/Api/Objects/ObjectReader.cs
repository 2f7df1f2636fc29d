using System.Globalization;
using System.Text.Json;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Reads what the server keeps into values that scripts compute with: sets and lists are arrays, durations and times what they are, secrets hidden.</summary>
internal sealed class ObjectReader(ObjectSchema schema)
{
    private const string IdMember = "id";
    private const string Mask = "****";

    /// <summary>An object.</summary>
    public MailObject Read(TypeSchema type, JsonElement item)
    {
        string id = item.GetProperty(IdMember).GetString() ?? throw new JsonException("An object has no id.");
        return new MailObject(type.Name, id, ReadObject(type.Shape, item, leavesOutId: true));
    }

    /// <summary>The members of an object, or of a part of one.</summary>
    public NamedValues ReadObject(ObjectShape shape, JsonElement item, bool leavesOutId = false)
    {
        string? variant = shape.HasVariants && item.TryGetProperty(ObjectShape.VariantMember, out JsonElement said) ? said.GetString() : null;
        IReadOnlyDictionary<string, PropertySchema> form = shape.GetForm(variant);
        var values = new OrderedDictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (variant is not null)
        {
            values[ObjectShape.VariantMember] = variant;
        }
        foreach (JsonProperty member in item.EnumerateObject())
        {
            if (member.Name == ObjectShape.VariantMember || (leavesOutId && member.Name == IdMember))
            {
                continue;
            }
            values[member.Name] = form.TryGetValue(member.Name, out PropertySchema? property) ? Read(property.Type, member.Value) : ReadUnknown(member.Value);
        }
        return new NamedValues(values);
    }

    /// <summary>A value.</summary>
    public object? Read(ObjectValueType type, JsonElement value) => (type.Kind, value.ValueKind) switch
    {
        (_, JsonValueKind.Null) => null,
        (ValueKind.Secret, JsonValueKind.String) => HiddenSecret.Value,
        (ValueKind.Time, JsonValueKind.String) => DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : value.GetString(),
        (ValueKind.Duration, JsonValueKind.Number) => ReadDuration(value),
        (ValueKind.Object, JsonValueKind.Object) => ReadObject(schema.GetShape(type), value),
        (ValueKind.List, JsonValueKind.Object) => ReadList(schema.GetShape(type), value),
        (ValueKind.Set, JsonValueKind.Object) => new StringList(value.EnumerateObject().Where(member => member.Value.ValueKind == JsonValueKind.True).Select(member => member.Name)),
        (ValueKind.Map, JsonValueKind.Object) => ReadMap(type.Item!, value),
        _ => ReadUnknown(value),
    };

    private NamedValues[] ReadList(ObjectShape shape, JsonElement value) =>
        [.. value.EnumerateObject().OrderBy(member => uint.Parse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture)).Select(member => ReadObject(shape, member.Value))];

    private NamedValues ReadMap(ObjectValueType item, JsonElement value)
    {
        var entries = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            entries[member.Name] = Read(item, member.Value);
        }
        return new NamedValues(entries);
    }

    // Longer than a TimeSpan can be is as good as for ever.
    private static object ReadDuration(JsonElement value) =>
        value.TryGetInt64(out long milliseconds) && Math.Abs((double)milliseconds) < TimeSpan.MaxValue.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : NamedValues.FromNumber(value);

    // Whatever the schema says of it: what reads as the mask is a secret.
    private static object? ReadUnknown(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(Mask) ? HiddenSecret.Value : NamedValues.FromJson(value);
}
