using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Registry;

/// <summary>Makes objects of which nothing is said yet.</summary>
internal sealed class DefaultValues(RegistrySchema schema, TimeProvider clock)
{
    /// <summary>An address that nobody has set.</summary>
    public const string NoAddress = "0.0.0.0";

    /// <summary>An object of a shape, of its usual variant.</summary>
    public JsonObject Create(string shape) => Create(shape, schema.Variants.TryGetValue(shape, out VariantType? variants) ? variants.Default : null);

    /// <summary>An object of a shape.</summary>
    /// <param name="shape">The shape.</param>
    /// <param name="variant">The variant, where there are several.</param>
    public JsonObject Create(string shape, string? variant)
    {
        var made = new JsonObject();
        StructType type = variant is null ? schema.Structs[shape] : schema.StructOf(schema.Variants[shape], variant);
        foreach ((string name, PropertyType property) in type.Properties)
        {
            if (!property.Computed)
            {
                made[name] = CreateValue(property);
            }
        }

        if (variant is not null)
        {
            made[RegistrySchema.Variant] = variant;
        }

        return made;
    }

    /// <summary>The value of a property that nobody has set. A text that has to be there is empty until then, an id absent.</summary>
    public JsonNode? CreateValue(PropertyType type) => type switch
    {
        { Default: { } value } => Complete(type, value),
        { Nullable: true } => null,
        { Kind: PropertyKind.Id } => null,
        { Kind: PropertyKind.Boolean } => false,
        { Kind: PropertyKind.UnsignedInteger or PropertyKind.Integer or PropertyKind.Size or PropertyKind.Duration } => 0,
        { Kind: PropertyKind.Float } => 0.0,
        { Kind: PropertyKind.IpAddress or PropertyKind.IpNetwork } => NoAddress,
        { Kind: PropertyKind.UtcDateTime } => Timestamp.Format(clock.GetUtcNow()),
        { Kind: PropertyKind.Enum } => schema.Enums[type.Of][0],
        { Kind: PropertyKind.List or PropertyKind.Set or PropertyKind.Map } => new JsonObject(),
        { Kind: PropertyKind.Object } => Create(type.Of),
        _ => "",
    };

    /// <summary>A default of the data says only what differs from the usual.</summary>
    private JsonNode Complete(PropertyType type, JsonNode value) => type.Kind switch
    {
        PropertyKind.Object => Complete(type.Of, value.AsObject()),
        PropertyKind.List => new JsonObject(value.AsObject().Select(item => KeyValuePair.Create(item.Key, (JsonNode?)Complete(type.Of, item.Value!.AsObject())))),
        PropertyKind.Map => new JsonObject(value.AsObject().Select(item => KeyValuePair.Create(item.Key, (JsonNode?)Complete(type.Value!, item.Value!)))),
        PropertyKind.Float => JsonValue.Create(value.GetValue<double>()),
        _ => value.DeepClone(),
    };

    private JsonObject Complete(string shape, JsonObject said)
    {
        JsonObject made = said[RegistrySchema.Variant] is { } variant ? Create(shape, variant.GetValue<string>()) : Create(shape);
        StructType type = schema.StructOf(shape, made);
        foreach ((string name, JsonNode? value) in said.Where(member => member.Key != RegistrySchema.Variant))
        {
            made[name] = value is null ? null : Complete(type.Properties[name], value);
        }

        return made;
    }
}
