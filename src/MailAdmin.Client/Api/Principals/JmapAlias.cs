using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>An address of an account or a list besides its name.</summary>
/// <param name="Name">What stands before the <c>@</c>.</param>
/// <param name="DomainId">The id of the domain.</param>
/// <param name="IsEnabled">Whether mail comes to it, and whether it signs in.</param>
/// <param name="Description">What it is for.</param>
internal sealed record JmapAlias(string Name, string DomainId, bool IsEnabled = true, string? Description = null)
{
    private const string Property = "aliases";

    /// <summary>The aliases of an object, in their order.</summary>
    public static IReadOnlyList<JmapAlias> Read(JsonElement item) => item.TryGetProperty(Property, out JsonElement aliases) && aliases.ValueKind == JsonValueKind.Object
        ? [.. aliases.EnumerateObject().Select(member => Create(member.Value))]
        : [];

    /// <summary>Writes the list.</summary>
    public static void Write(Utf8JsonWriter writer, IEnumerable<JmapAlias> aliases)
    {
        writer.WriteStartObject();
        foreach ((int place, JmapAlias alias) in aliases.Index())
        {
            writer.WriteStartObject(place.ToString(CultureInfo.InvariantCulture));
            writer.WriteString("name", alias.Name);
            writer.WriteString("domainId", alias.DomainId);
            writer.WriteBoolean("enabled", alias.IsEnabled);
            if (alias.Description is not null)
            {
                writer.WriteString("description", alias.Description);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private static JmapAlias Create(JsonElement alias) => new(
        alias.GetText("name") ?? throw new JsonException("An alias has no name."),
        alias.GetText("domainId") ?? throw new JsonException("An alias has no domain."),
        alias.GetProperty("enabled").GetBoolean(),
        alias.GetText("description"));
}
