using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Makes the DKIM keys of a domain whose keys the server manages.</summary>
internal sealed class DomainKeys(RegistryStore store, TimeProvider clock)
{
    /// <summary>One active signature for each algorithm of the domain.</summary>
    public void Make(RegistryObject domain)
    {
        JsonObject management = domain.Value["dkimManagement"]!.AsObject();
        foreach (string algorithm in management["algorithms"]!.AsObject().Select(item => item.Key).Order(StringComparer.Ordinal))
        {
            bool isRsa = algorithm.Contains("Rsa", StringComparison.Ordinal);
            JsonObject signature = store.Defaults.Create("DkimSignature", algorithm);
            signature["domainId"] = RegistryId.Format(domain.Id);
            signature["memberTenantId"] = domain.Value["memberTenantId"]?.DeepClone();
            signature["selector"] = Selector(management["selectorTemplate"]!.GetValue<string>(), algorithm.StartsWith("Dkim2", StringComparison.Ordinal) ? "2" : "1", isRsa ? "rsa" : "ed25519");
            signature["privateKey"] = new JsonObject { ["secret"] = isRsa ? DkimKeys.CreateRsa() : DkimKeys.CreateEd25519(), [RegistrySchema.Variant] = "Text" };
            store.Insert(store.Type("DkimSignature"), signature);
        }
    }

    /// <summary><c>{date-%Y%m%d}</c> is the only form of date here.</summary>
    private string Selector(string template, string version, string algorithm) => template
        .Replace("{version}", version, StringComparison.Ordinal)
        .Replace("{algorithm}", algorithm, StringComparison.Ordinal)
        .Replace("{date-%Y%m%d}", Timestamp.Format(clock.GetUtcNow())[..10].Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal)
        .ToLower(CultureInfo.InvariantCulture);
}
