namespace MailAdmin.Sandbox.Registry;

/// <summary>The properties of an object, or of one variant of it.</summary>
internal sealed record StructType
{
    /// <summary>A variant that has no properties of its own.</summary>
    public static StructType Empty { get; } = new() { Properties = new Dictionary<string, PropertyType>() };

    public required IReadOnlyDictionary<string, PropertyType> Properties { get; init; }

    /// <summary>The properties whose words a query finds, by the name of the filter.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Words { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    public IReadOnlyList<UniqueKey> Keys { get; init; } = [];
}
