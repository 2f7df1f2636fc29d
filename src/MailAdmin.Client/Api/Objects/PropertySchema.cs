using System.Text.Json;

namespace MailAdmin.Client.Api.Objects;

/// <summary>A property.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">What it holds.</param>
internal sealed record PropertySchema(string Name, ObjectValueType Type)
{
    public bool IsReadOnly { get; init; }

    /// <summary>Whether it can be set of a new object only.</summary>
    public bool IsFixed { get; init; }

    public bool IsEnterprise { get; init; }

    /// <summary>Whether the server knows it of a new object, though it has no default.</summary>
    public bool IsFilledIn { get; init; }

    /// <summary>What it is where nothing is said; undefined where that is not told.</summary>
    public JsonElement Default { get; init; }

    /// <summary>What is needed of an object in it that says nothing of itself, as a path; null for nothing.</summary>
    public string? NeededPart { get; init; }

    /// <summary>
    /// Whether a new object must say it. Numbers, words, times and truth values always are something, though perhaps less than they may be; a text, an address or an id that nobody said is
    /// none, and a list may have to hold something, and so may an object.
    /// </summary>
    public bool IsRequired => !IsReadOnly && !IsFilledIn && !Type.IsNullable && (Default.ValueKind == JsonValueKind.Undefined
        ? Type.Kind is ValueKind.Text or ValueKind.Secret or ValueKind.Id || Type.MinItems > 0 || NeededPart is not null
        : Default.ValueKind == JsonValueKind.Number && Default.GetDouble() < Type.Minimum);
}
