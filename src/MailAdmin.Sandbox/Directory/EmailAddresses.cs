using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Addresses and who has them.</summary>
internal static class EmailAddresses
{
    /// <summary>The address of an account, a list or an alias; null where its domain is not there.</summary>
    public static string? Of(RegistryStore store, JsonObject owner) =>
        store.Find("Domain", owner["domainId"]?.GetValue<string>())?.Text("name") is { } domain ? $"{owner["name"]}@{domain}" : null;

    /// <summary>Who has a local part in a domain, as name or as alias.</summary>
    public static ObjectReference? FindOwner(RegistryStore store, string localPart, string domainId) => store.FindByKey(new ObjectKey("", "email", $"{localPart}\n{domainId}"));
}
