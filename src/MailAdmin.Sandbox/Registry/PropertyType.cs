using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MailAdmin.Sandbox.Registry;

/// <summary>What a property holds, or an item of a set, or a key or a value of a map.</summary>
internal sealed record PropertyType
{
    [JsonPropertyName("type")]
    public required PropertyKind Kind { get; init; }

    /// <summary>The enum, the shape of the objects, or the type of the object that an id names (<c>Account/Group</c>: only that variant).</summary>
    public string Of { get; init; } = "";

    /// <summary>The items of a set.</summary>
    public PropertyType? Item { get; init; }

    /// <summary>The keys of a map.</summary>
    public PropertyType? Key { get; init; }

    /// <summary>The values of a map.</summary>
    public PropertyType? Value { get; init; }

    public bool Nullable { get; init; }

    public PropertyUpdate Update { get; init; }

    /// <summary>Whether it is not stored: computed when it is asked for, or used when the object is created.</summary>
    public bool Computed { get; init; }

    public bool Enterprise { get; init; }

    /// <summary>Whether it is not shown, though it is no secret by its kind.</summary>
    public bool Masked { get; init; }

    /// <summary>Whether clients see a mask in its place.</summary>
    [JsonIgnore]
    public bool IsSecret => Masked || Kind is PropertyKind.Secret or PropertyKind.SecretText;

    /// <summary>What a text has to be, and how it is tidied.</summary>
    public IReadOnlyList<TextCheck> Check { get; init; } = [];

    public decimal? Min { get; init; }

    public decimal? Max { get; init; }

    public int? MinItems { get; init; }

    public int? MaxLength { get; init; }

    public JsonNode? Default { get; init; }
}
