using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// Compares objects with what is asked for. The server's own filters find words in place of texts, and take some of what they cannot do for something else: it gets only
/// ids and the variant, and everything is compared here.
/// </summary>
internal sealed class ObjectFilter
{
    private readonly List<(PropertySchema? Property, JsonNode? Wanted, Regex? Pattern)> _conditions = [];

    /// <exception cref="MailServerException"><c>RejectedByClient</c>: the type has no such property, or the property no such value.</exception>
    public ObjectFilter(ObjectSchema schema, TypeSchema type, IDictionary values)
    {
        var properties = type.Shape.Properties.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        var writer = new ObjectWriter(schema);
        foreach (object key in values.Keys)
        {
            string name = Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";
            object? value = values[key];
            if (name == ObjectShape.VariantMember)
            {
                _conditions.Add((null, ObjectWriter.FindVariant(type.Shape, values, ""), null));
                continue;
            }
            PropertySchema property = properties.GetValueOrDefault(name) ?? throw CreateUnknownError(type, name);
            _conditions.Add(CreateCondition(writer, property, value));
        }
    }

    /// <summary>The properties that are compared.</summary>
    public IEnumerable<string> Names => _conditions.Select(condition => condition.Property?.Name ?? ObjectShape.VariantMember);

    /// <summary>Writes what the server may be able to filter by; null where that is nothing.</summary>
    public Action<Utf8JsonWriter>? Write
    {
        get
        {
            (string Name, string Value)[] exact = [.. _conditions
                .Where(condition => condition.Pattern is null && condition.Wanted is not null && (condition.Property is null || GetPlain(condition.Property.Type).Kind == ValueKind.Id))
                .Select(condition => (condition.Property?.Name ?? ObjectShape.VariantMember, condition.Wanted!.GetValue<string>()))];
            return exact.Length == 0 ? null : writer =>
            {
                foreach ((string name, string value) in exact)
                {
                    writer.WriteString(name, value);
                }
            };
        }
    }

    /// <summary>Whether an object has all that is asked for.</summary>
    public bool IsMatch(JsonElement item) => _conditions.TrueForAll(condition => IsMatch(condition, item));

    /// <summary>The error of a name that is no property.</summary>
    public static MailServerException CreateUnknownError(TypeSchema type, string name)
    {
        string advice = NearestName.Find(name, type.Shape.Properties.Select(property => property.Name)) is { } meant ? $"Is {meant} meant?" : $"(Get-MailObjectType {type.Name}).Property lists its properties.";
        return ObjectWriter.Refuse(name, $"{type.Name} has no property '{name}'. {advice}");
    }

    private static (PropertySchema? Property, JsonNode? Wanted, Regex? Pattern) CreateCondition(ObjectWriter writer, PropertySchema property, object? value)
    {
        ObjectValueType plain = GetPlain(property.Type);
        if (plain.Kind is ValueKind.Object or ValueKind.List or ValueKind.Secret or ValueKind.Unknown)
        {
            throw ObjectWriter.Refuse(property.Name, $"'{property.Name}' ({property.Type.Describe()}) cannot be compared: filter by it with Where-Object.");
        }
        if (value is null)
        {
            return (property, null, null);
        }
        if (plain.Kind is ValueKind.Text or ValueKind.Word && value is string text)
        {
            return (property, null, CreatePattern(text));
        }
        return (property, writer.Write(plain with { Minimum = null, Maximum = null }, value, property.Name), null);
    }

    private static ObjectValueType GetPlain(ObjectValueType type) => type.Kind == ValueKind.Set ? type.Item! : type.Kind == ValueKind.Map ? type.Key! : type;

    private static bool IsMatch((PropertySchema? Property, JsonNode? Wanted, Regex? Pattern) condition, JsonElement item)
    {
        JsonElement value = item.TryGetProperty(condition.Property?.Name ?? ObjectShape.VariantMember, out JsonElement found) ? found : default;
        bool isEmpty = value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || (value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any());
        if (condition.Wanted is null && condition.Pattern is null)
        {
            return isEmpty;
        }
        return !isEmpty && (value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject().Any(member => condition.Pattern?.IsMatch(member.Name) ?? (member.Name == condition.Wanted!.ToString()))
            : condition.Pattern is { } pattern ? value.ValueKind == JsonValueKind.String && pattern.IsMatch(value.GetString()!)
            : JsonNode.DeepEquals(condition.Wanted, JsonValue.Create(value)));
    }

    // * and ? alone: brackets are part of addresses.
    private static Regex CreatePattern(string text) => new(
        "^" + Regex.Escape(text).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
}
