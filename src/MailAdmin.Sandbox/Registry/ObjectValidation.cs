using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Registry;

/// <summary>Checks whether an object has what it needs, within the limits of its type.</summary>
internal static class ObjectValidation
{
    public static IEnumerable<ValidationError> Validate(RegistrySchema schema, string shape, JsonObject value) =>
        schema.StructOf(shape, value).Properties.Where(property => !property.Value.Computed)
            .SelectMany(property => Validate(schema, property.Key, property.Value, value[property.Key]));

    private static IEnumerable<ValidationError> Validate(RegistrySchema schema, string name, PropertyType type, JsonNode? value)
    {
        if (value is null)
        {
            return type.Nullable ? [] : [new ValidationError("Required", name)];
        }

        return type.Kind switch
        {
            PropertyKind.Object => Validate(schema, type.Of, value.AsObject()),
            PropertyKind.List => CheckCount(name, type, value.AsObject()).Concat(value.AsObject().SelectMany(item => Validate(schema, type.Of, item.Value!.AsObject()))),
            PropertyKind.Set => CheckCount(name, type, value.AsObject()),
            PropertyKind.Map => value.AsObject().SelectMany(entry => Validate(schema, name, type.Value!, entry.Value)),
            _ => value.GetValueKind() switch
            {
                JsonValueKind.Number => CheckRange(name, type, value.AsValue()),
                JsonValueKind.String => CheckText(name, type, value.GetValue<string>()),
                _ => [],
            },
        };
    }

    private static IEnumerable<ValidationError> CheckCount(string name, PropertyType type, JsonObject items)
    {
        if (items.Count < type.MinItems)
        {
            yield return new ValidationError("MinLength", name, type.MinItems);
        }
    }

    private static IEnumerable<ValidationError> CheckRange(string name, PropertyType type, JsonValue value)
    {
        if (!value.TryGetValue(out decimal number))
        {
            yield break;
        }

        if (number < type.Min)
        {
            yield return new ValidationError("MinValue", name, type.Min);
        }

        if (number > type.Max)
        {
            yield return new ValidationError("MaxValue", name, type.Max);
        }
    }

    private static IEnumerable<ValidationError> CheckText(string name, PropertyType type, string text)
    {
        // What the server sets may be empty: the subject of a message without one.
        if (text.Length == 0 && type.Update != PropertyUpdate.ServerSet)
        {
            yield return new ValidationError("Required", name);
        }

        if (type.Kind is PropertyKind.IpAddress or PropertyKind.IpNetwork && text == DefaultValues.NoAddress)
        {
            yield return new ValidationError("Invalid", name, Value: text);
        }

        if (text.Length > type.MaxLength)
        {
            yield return new ValidationError("MaxLength", name, type.MaxLength);
        }
    }
}
