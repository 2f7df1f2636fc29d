using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Registry;

/// <summary>Reads values that are no objects, as they are stored.</summary>
/// <param name="schema">The words of enums.</param>
/// <param name="created">The id of an object that the same request created, by its creation id; null where there is none.</param>
internal sealed class PlainValues(RegistrySchema schema, Func<string, string?> created)
{
    /// <summary>A value; null where it cannot be one of this type.</summary>
    public JsonNode? Read(PropertyType type, JsonNode? value)
    {
        switch (type.Kind)
        {
            case PropertyKind.Boolean:
                return value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False ? value.DeepClone() : null;
            case PropertyKind.UnsignedInteger or PropertyKind.Size or PropertyKind.Duration:
                return value is JsonValue unsigned && unsigned.TryGetValue(out ulong _) ? value.DeepClone() : null;
            case PropertyKind.Integer:
                return value is JsonValue integer && integer.TryGetValue(out long _) ? value.DeepClone() : null;
            case PropertyKind.Float:
                return value is JsonValue number && number.TryGetValue(out double real) ? JsonValue.Create(real) : null;
            default:
                return value is JsonValue text && text.TryGetValue(out string? read) && ReadText(type, read) is { } tidied ? JsonValue.Create(tidied) : null;
        }
    }

    /// <summary>An item of a set or a key of a map, which JSON writes as the name of a member; null where it cannot be one.</summary>
    public string? ReadName(PropertyType type, string name) => type.Kind switch
    {
        // The server takes any text here, an address or not.
        PropertyKind.String or PropertyKind.Text or PropertyKind.Uri or PropertyKind.EmailAddress => name.Trim() is { Length: > 0 } text ? text : null,
        _ => ReadText(type, name),
    };

    private string? ReadText(PropertyType type, string text) => type.Kind switch
    {
        _ when text.Length == 0 && type.Kind != PropertyKind.Id => null,
        PropertyKind.Enum => schema.Enums[type.Of].Contains(text) ? text : null,
        PropertyKind.Id when text.StartsWith('#') => created(text[1..]),
        PropertyKind.Id => RegistryId.TryParse(text, out ulong id) ? RegistryId.Format(id) : null,
        PropertyKind.UtcDateTime => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? Timestamp.Format(time) : null,
        PropertyKind.IpAddress => IpText.FindAddress(text)?.ToString(),
        PropertyKind.IpNetwork => IpText.TidyNetwork(text),
        PropertyKind.SocketAddress => HasPort(text) && IpText.FindAddress(text[..text.LastIndexOf(':')].TrimStart('[').TrimEnd(']')) is not null && IPEndPoint.TryParse(text, out IPEndPoint? endPoint) ? endPoint.ToString() : null,
        PropertyKind.BlobId => BlobId.TryParse(text) is null ? null : text,
        PropertyKind.String or PropertyKind.Uri => text.Trim() is { Length: > 0 } trimmed ? Tidy(type.Check, trimmed) : null,
        _ => Tidy(type.Check, text),
    };

    private static bool HasPort(string text) => text.Contains("]:", StringComparison.Ordinal) || text.Count(letter => letter == ':') == 1;

    private static string? Tidy(IReadOnlyList<TextCheck> checks, string text)
    {
        string? tidied = text;
        foreach (TextCheck check in checks)
        {
            tidied = tidied is null ? null : Tidy(check, tidied);
        }

        return tidied;
    }

    private static string? Tidy(TextCheck check, string text) => check switch
    {
        TextCheck.Email => AddressText.TidyEmail(text),
        TextCheck.LocalPart => AddressText.TidyLocalPart(text),
        TextCheck.Domain => AddressText.TidyDomain(text),
        TextCheck.Hostname => AddressText.TidyHostname(text),
        TextCheck.NoSpaces => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))),
        TextCheck.Lower => text.ToLowerInvariant(),
        TextCheck.Upper => text.ToUpperInvariant(),
        _ => text.Trim(),
    };
}
