using System.Text.Json.Nodes;

namespace MailAdmin.Client.Api.Objects;

/// <summary>What an object, or a part of one, has: one form, or several that are told apart by <c>@type</c>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Forms">The properties of each variant; of a shape with one form, under an empty name.</param>
internal sealed record ObjectShape(string Name, IReadOnlyDictionary<string, IReadOnlyDictionary<string, PropertySchema>> Forms)
{
    /// <summary>The member that names the variant.</summary>
    public const string VariantMember = "@type";

    private static readonly Dictionary<string, PropertySchema> s_none = [];

    /// <summary>Whether there are several forms.</summary>
    public bool HasVariants => !Forms.ContainsKey("");

    /// <summary>The names of the variants.</summary>
    public IEnumerable<string> Variants => HasVariants ? Forms.Keys : [];

    /// <summary>The properties of any form.</summary>
    public IEnumerable<PropertySchema> Properties => Forms.Values.SelectMany(form => form.Values).DistinctBy(property => property.Name);

    /// <summary>The properties of a form; null or unknown where there is one form only, or the server has one more.</summary>
    public IReadOnlyDictionary<string, PropertySchema> GetForm(string? variant) => Forms.GetValueOrDefault(HasVariants ? variant ?? "" : "") ?? s_none;

    /// <summary>The property of a name in an object of a variant. Where the variant is not said, it is the default, which may not be known.</summary>
    public PropertySchema? FindProperty(string? variant, string name) =>
        GetForm(variant).GetValueOrDefault(name) ?? (variant is null ? Properties.FirstOrDefault(property => property.Name == name) : null);

    /// <summary>The same with what is needed of the object in each property.</summary>
    public ObjectShape AddNeeded(Func<PropertySchema, string?> find) => new(Name, Forms.ToDictionary(
        form => form.Key,
        form => (IReadOnlyDictionary<string, PropertySchema>)form.Value.ToDictionary(entry => entry.Key, entry => entry.Value with { NeededPart = find(entry.Value) }, StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase));

    /// <summary>The variant of an object as the server has it; null where it says none.</summary>
    public static string? GetVariant(JsonNode? value) => GetText(value, VariantMember);

    /// <summary>The text of a property of an object; null where it has none, or something else.</summary>
    public static string? GetText(JsonNode? value, string property) => value is JsonObject members && members[property] is JsonValue said && said.TryGetValue(out string? text) ? text : null;

    /// <summary>Whether it is an expression: conditions with what holds then, and what holds else.</summary>
    public bool IsExpression => !HasVariants && Forms[""].Count == 2 && Forms[""].ContainsKey("else") && Forms[""].ContainsKey("match");
}
