using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>An object as a client sees it: secrets are masked.</summary>
internal static class ObjectView
{
    /// <summary>Some properties, or all.</summary>
    /// <param name="schema">The types.</param>
    /// <param name="found">The object.</param>
    /// <param name="properties">The properties; null for all.</param>
    /// <param name="compute">Computes a property that is not stored.</param>
    public static JsonObject Show(RegistrySchema schema, RegistryObject found, IReadOnlySet<string>? properties, Func<RegistryObject, string, JsonNode?> compute)
    {
        JsonObject shown = Show(schema, found.Reference.Type.Name, found.Value, properties);
        foreach ((string name, PropertyType property) in schema.StructOf(found.Reference.Type.Name, found.Value).Properties)
        {
            if (property is { Computed: true, Update: PropertyUpdate.ServerSet } && properties?.Contains(name) != false && compute(found, name) is { } value)
            {
                shown[name] = value;
            }
        }

        shown["id"] = RegistryId.Format(found.Id);
        return shown;
    }

    /// <summary>A part of an object.</summary>
    public static JsonObject Show(RegistrySchema schema, string shape, JsonObject value, IReadOnlySet<string>? properties = null)
    {
        IReadOnlyDictionary<string, PropertyType> types = schema.StructOf(shape, value).Properties;
        var shown = new JsonObject();
        foreach ((string name, JsonNode? member) in value.Where(member => properties?.Contains(member.Key) != false))
        {
            // A secret that is not set is not even mentioned.
            if (!types.TryGetValue(name, out PropertyType? type) || !type.IsSecret || member is not null)
            {
                shown[name] = type is null ? member?.DeepClone() : Show(schema, type, member);
            }
        }

        return shown;
    }

    private static JsonNode? Show(RegistrySchema schema, PropertyType type, JsonNode? value) => (type.Kind, value) switch
    {
        (_, null) => null,
        _ when type.IsSecret => RegistrySchema.Mask,
        (PropertyKind.Object, JsonObject inner) => Show(schema, type.Of, inner),
        (PropertyKind.List, JsonObject items) => new JsonObject(items.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)Show(schema, type.Of, item.Value!.AsObject())))),
        (PropertyKind.Map, JsonObject entries) => new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, Show(schema, type.Value!, entry.Value)))),
        _ => value.DeepClone(),
    };
}
