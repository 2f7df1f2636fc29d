using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Mailing lists: recipients are taken as they are.</summary>
internal sealed class MailingListRules(RegistryStore store) : ObjectRules
{
    public override JsonNode? Compute(RegistryObject found, string property) => property == "emailAddress" ? EmailAddresses.Of(store, found.Value) : null;
}
