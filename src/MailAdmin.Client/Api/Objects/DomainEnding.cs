using System.Text.Json.Nodes;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Finds names of domains that a server does not take: they need an ending that is public, or one of those for private networks. Which are public only the server knows.</summary>
internal static class DomainEnding
{
    /// <summary>The property of an object that the server certainly refuses as a domain; null where that is not known.</summary>
    public static string? FindRefused(TypeSchema type, JsonObject? before, JsonObject after) =>
        type.Name == "Domain" && GetName(after) is { } name && name != GetName(before) && IsRefused(name) ? "name" : null;

    /// <summary>Whether the server certainly refuses a name.</summary>
    public static bool IsRefused(string name) => !name.Contains('.', StringComparison.Ordinal) || InvalidValues.NeverPublicEndings.Contains(name[(name.LastIndexOf('.') + 1)..], StringComparer.OrdinalIgnoreCase);

    private static string? GetName(JsonObject? domain) => ObjectShape.GetText(domain, "name");
}
