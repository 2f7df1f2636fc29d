using System.Text.Json;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Describes types for people.</summary>
internal static class ObjectTypes
{
    /// <summary>A type, or what stands inside of objects.</summary>
    public static MailObjectType Describe(ObjectShape shape, TypeSchema? type) => new()
    {
        Name = shape.Name,
        // Actions are done, and not kept.
        IsReadable = type is not null and not { Name: "Action" },
        IsSingleton = type is { IsSingleton: true },
        IsEnterprise = type is { IsEnterprise: true },
        Variant = new StringList(shape.Variants),
        Reload = type is null ? null : ObjectReloads.Find(type.Name),
        Cmdlet = type is null ? null : ObjectCmdlets.Find(type.Name),
        Property = new ItemList<MailObjectProperty>(shape.Properties.OrderBy(property => property.Name, StringComparer.Ordinal).Select(property => Describe(shape, property))),
    };

    private static MailObjectProperty Describe(ObjectShape shape, PropertySchema property)
    {
        string[] variants = shape.HasVariants ? [.. shape.Forms.Where(form => form.Value.ContainsKey(property.Name)).Select(form => form.Key)] : [];
        return new MailObjectProperty
        {
            Name = property.Name,
            Kind = property.Type.Describe(),
            IsRequired = property.IsRequired,
            IsReadOnly = property.IsReadOnly,
            IsFixed = property.IsFixed,
            IsSecret = property.Type.Kind == ValueKind.Secret,
            IsNullable = property.Type.IsNullable,
            IsEnterprise = property.IsEnterprise,
            Default = DescribeDefault(property),
            Word = new StringList(property.Type.Kind == ValueKind.Set ? property.Type.Item!.Words : property.Type.Words),
            Minimum = property.Type.Minimum,
            Maximum = property.Type.Maximum,
            Variant = new StringList(variants.Length == shape.Forms.Count ? [] : variants),
        };
    }

    private static string? DescribeDefault(PropertySchema property) => (property.Type.Kind, property.Default.ValueKind) switch
    {
        (_, JsonValueKind.Undefined or JsonValueKind.Null) => null,
        (_, JsonValueKind.String) => property.Default.GetString(),
        (ValueKind.Duration, JsonValueKind.Number) when property.Default.TryGetInt64(out long milliseconds) && milliseconds < TimeSpan.MaxValue.TotalMilliseconds => TimeSpan.FromMilliseconds(milliseconds).ToString("c"),
        // The default of an expression without conditions.
        (ValueKind.Object, JsonValueKind.Object) when property.Default.TryGetProperty("default", out JsonElement alone) && alone.ValueKind == JsonValueKind.String => alone.GetString(),
        _ => property.Default.GetRawText(),
    };
}
