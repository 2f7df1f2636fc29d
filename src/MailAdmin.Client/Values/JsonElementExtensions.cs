using System.Text.Json;

namespace MailAdmin.Client.Values;

/// <summary>Members of a JSON object that may be absent, or of another form than expected.</summary>
internal static class JsonElementExtensions
{
    /// <summary>A text; null where there is none.</summary>
    public static string? GetText(this JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>
    /// The element, all of whose text can be read: its parser looks at half a character, or bytes that are no UTF-8, only when somebody reads that text, who
    /// then gets an exception of a library.
    /// </summary>
    /// <exception cref="InvalidOperationException">Some of it cannot.</exception>
    public static JsonElement EnsureReadable(this JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    item.EnsureReadable();
                }
                break;
            case JsonValueKind.Object:
                foreach (JsonProperty member in element.EnumerateObject())
                {
                    _ = member.Name;
                    member.Value.EnsureReadable();
                }
                break;
            default:
                break;
        }
        return element;
    }

    /// <summary>The members that this version does not know.</summary>
    public static NamedValues GetUnknownMembers(this JsonElement parent, params ReadOnlySpan<string> known)
    {
        var rest = new UnknownMembers();
        foreach (JsonProperty member in parent.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                rest.Add(member.Name, member.Value.Clone());
            }
        }
        return rest.ToValues();
    }
}
