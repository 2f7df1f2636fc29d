// What each type of objects does beyond what its data say.
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Maintenance;

namespace MailAdmin.Sandbox;

internal sealed partial class JmapServer
{
    private MethodTable CreateMethods(SandboxOptions options)
    {
        var rules = new Dictionary<string, ObjectRules>
        {
            ["Account"] = new AccountRules(Store, Rights, new PasswordRules(Settings), UsedQuota),
            ["DkimSignature"] = new DkimSignatureRules(),
            ["Domain"] = new DomainRules(new DomainZone(Store, Settings), new DomainKeys(Store, Clock)),
            ["MailingList"] = new MailingListRules(Store),
            ["OAuthClient"] = new OAuthClientRules(),
            ["Role"] = new RoleRules(),
            ["Tenant"] = new TenantRules(Store, UsedQuota),
        };
        var special = new Dictionary<string, IObjectMethods>
        {
            ["Action"] = new ActionMethods(Store, Settings, Clock),
            ["ApiKey"] = new CredentialMethods(Store, Settings, Credentials.ApiKey),
            ["AppPassword"] = new CredentialMethods(Store, Settings, Credentials.AppPassword),
        };
        return new MethodTable(Store, new RegistryMethods(Store, rules), special, options.Enterprise);
    }

    /// <summary>How much an account stores: nothing while the server takes no mail.</summary>
    private static long UsedQuota(ulong account) => 0;
}
