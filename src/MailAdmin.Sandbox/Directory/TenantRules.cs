using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Tenants: what their accounts store together.</summary>
internal sealed class TenantRules(RegistryStore store, Func<ulong, long> usedQuota) : ObjectRules
{
    public override JsonNode? Compute(RegistryObject found, string property) => property == "usedDiskQuota"
        ? store.List("Account").Values.Where(account => account.Text("memberTenantId") == RegistryId.Format(found.Id)).Sum(account => usedQuota(account.Id))
        : null;
}
