using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MailAdmin.Sandbox.Registry;

/// <summary>All types, as data: <c>types.json</c>.</summary>
internal sealed class RegistrySchema
{
    /// <summary>The member that names the variant.</summary>
    public const string Variant = "@type";

    /// <summary>What a secret reads as.</summary>
    public const string Mask = "****";

    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static readonly Lazy<RegistrySchema> s_default = new(Load);

    private RegistrySchema(Data data)
    {
        Objects = data.Objects.Select((entry, index) => entry.Value with { Name = entry.Key, Order = index }).ToDictionary(type => type.Name);
        Variants = data.Variants;
        Structs = data.Types;
        Enums = data.Enums;
        KnownProperties = data.Types.Values.SelectMany(type => type.Properties.Keys).Append("id").Append("text").ToHashSet();
    }

    /// <summary>The types of the newest version.</summary>
    public static RegistrySchema Default => s_default.Value;

    public IReadOnlyDictionary<string, ObjectType> Objects { get; }

    public IReadOnlyDictionary<string, VariantType> Variants { get; }

    public IReadOnlyDictionary<string, StructType> Structs { get; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Enums { get; }

    /// <summary>The names of properties of any type. Others are no names at all to the server.</summary>
    public IReadOnlySet<string> KnownProperties { get; }

    /// <summary>The properties of an object of a shape.</summary>
    public StructType StructOf(string shape, JsonObject value) =>
        Variants.TryGetValue(shape, out VariantType? variants) ? StructOf(variants, value[Variant]!.GetValue<string>()) : Structs[shape];

    /// <summary>The properties of a variant.</summary>
    public StructType StructOf(VariantType variants, string variant) => variants.Of[variant] is { } name ? Structs[name] : StructType.Empty;

    private static RegistrySchema Load()
    {
        using Stream data = typeof(RegistrySchema).Assembly.GetManifestResourceStream("MailAdmin.Sandbox.Registry.types.json")!;
        return new RegistrySchema(JsonSerializer.Deserialize<Data>(data, s_options)!);
    }

    private sealed record Data(
        Dictionary<string, ObjectType> Objects,
        Dictionary<string, VariantType> Variants,
        Dictionary<string, StructType> Types,
        Dictionary<string, IReadOnlyList<string>> Enums);
}
