namespace MailAdmin.Client.Api.Objects;

/// <summary>What people call an object: the server numbers them.</summary>
internal static class ObjectNames
{
    // What says most comes first: accounts have a name that is only a part of their address.
    private static readonly string[] s_naming = ["emailAddress", "name", "clientId", "selector", "tag", "extension", "address", "key", "hostname", "description", "url"];

    /// <summary>The properties that can name an object.</summary>
    public static IReadOnlyList<string> Properties => s_naming;

    /// <summary>The name by its properties; null where none names it.</summary>
    public static string? Find(NamedValues? values) =>
        values is null ? null : s_naming.Select(name => values.GetValueOrDefault(name) as string).FirstOrDefault(text => !string.IsNullOrEmpty(text));

    /// <summary>The property by which an object of a type is found by its name; null where it has none that can be compared.</summary>
    public static string? FindProperty(TypeSchema type)
    {
        var known = type.Shape.Properties.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        return s_naming.FirstOrDefault(name => known.GetValueOrDefault(name) is { Type.Kind: ValueKind.Text });
    }

    /// <summary>The object for a sentence.</summary>
    public static string Describe(string type, string id, string? name) =>
        id == MailObject.SingletonId ? type
        : name is null ? $"{type} '{id}'"
        : $"{type} '{name}' ({id})";
}
