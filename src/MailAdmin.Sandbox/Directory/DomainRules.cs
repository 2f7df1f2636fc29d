using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Domains: the zone, and keys that the server makes by itself.</summary>
/// <param name="store">The providers of certificates.</param>
/// <param name="zone">Writes zones.</param>
/// <param name="keys">Makes keys.</param>
internal sealed class DomainRules(RegistryStore store, DomainZone zone, DomainKeys keys) : ObjectRules
{
    public override void Check(ObjectChange change)
    {
        if (change.Changes("certificateManagement") && change.New["certificateManagement"]!["acmeProviderId"] is { } provider && store.Find("AcmeProvider", provider.GetValue<string>()) is null)
        {
            throw SetException.InvalidProperties("There is no such provider.", "acmeProviderId");
        }
    }

    public override void Saved(ObjectChange change, RegistryObject saved)
    {
        if (IsAutomatic(change.New) && (change.Old is not { } old || !IsAutomatic(old.Value)))
        {
            keys.Make(saved);
        }
    }

    public override JsonNode? Compute(RegistryObject found, string property) => property == "dnsZoneFile" ? zone.Write(found) : null;

    private static bool IsAutomatic(JsonObject domain) => domain["dkimManagement"]![RegistrySchema.Variant]!.GetValue<string>() == "Automatic";
}
