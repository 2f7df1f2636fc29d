using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Setup;

/// <summary>
/// What a server has when it runs for the first time: what the setup made (a domain, an administrator), what it writes by itself, and the listeners
/// and rules of a server for trials on one machine, which downloads nothing.
/// </summary>
internal static class FirstStart
{
    public static void Fill(RegistryStore store, string hostName)
    {
        var creator = new ObjectCreator(store);
        string domain = AddDomain(creator, hostName);
        AddAdministrator(store, creator, domain);
        AddRoles(store, creator);
        AddKeys(creator);
        using Stream data = typeof(FirstStart).Assembly.GetManifestResourceStream("MailAdmin.Sandbox.Setup.first-start.json")!;
        foreach ((string name, JsonNode? values) in JsonNode.Parse(data)!.AsObject())
        {
            ulong ordinal = 0;
            foreach (JsonNode? value in values!.AsArray())
            {
                // Queues and schedules are counted from 0.
                ulong? id = name is "MtaVirtualQueue" or "MtaDeliverySchedule" ? ordinal++ : null;
                creator.Create(name, value!.AsObject(), id);
            }
        }

        JsonObject node = store.Defaults.Create("ClusterNode");
        node["nodeId"] = 0;
        node["hostname"] = hostName;
        node["status"] = "active";
        store.Insert(store.Type("ClusterNode"), node, 0);
    }

    /// <summary>The domain of the host.</summary>
    private static string AddDomain(ObjectCreator creator, string hostName)
    {
        var domain = new JsonObject { ["name"] = hostName[(hostName.IndexOf('.', StringComparison.Ordinal) + 1)..], ["dkimManagement"] = ObjectCreator.Variant("Manual") };
        string id = RegistryId.Format(creator.Create("Domain", domain).Id);
        var system = new JsonObject { ["defaultHostname"] = hostName, ["defaultDomainId"] = id };
        creator.SetSingleton("SystemSettings", system);
        return id;
    }

    /// <summary>Nobody knows the password that the setup made.</summary>
    private static void AddAdministrator(RegistryStore store, ObjectCreator creator, string domain)
    {
        var account = new JsonObject
        {
            [RegistrySchema.Variant] = "User",
            ["name"] = "admin",
            ["domainId"] = domain,
            ["description"] = "System administrator",
            ["roles"] = ObjectCreator.Variant("Admin"),
        };
        JsonObject made = creator.Complete("Account", account);
        Credentials.AddPassword(made, Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)), creator);
        store.Insert(store.Type("Account"), made);
    }

    private static void AddRoles(RegistryStore store, ObjectCreator creator)
    {
        string user = AddRole(store, creator, "User", InitialRoles.IsUsers);
        string group = AddRole(store, creator, "Group", InitialRoles.IsGroups);
        string tenant = AddRole(store, creator, "Tenant Administrator", InitialRoles.IsTenantAdministrators);
        string system = AddRole(store, creator, "System Administrator", InitialRoles.IsSystemAdministrators);
        var authentication = new JsonObject
        {
            ["defaultUserRoleIds"] = ObjectCreator.Set(user),
            ["defaultGroupRoleIds"] = ObjectCreator.Set(group),
            ["defaultTenantRoleIds"] = ObjectCreator.Set(tenant, user),
            ["defaultAdminRoleIds"] = ObjectCreator.Set(system, user),
        };
        creator.SetSingleton("Authentication", authentication);
    }

    private static string AddRole(RegistryStore store, ObjectCreator creator, string description, Func<string, bool> has)
    {
        var role = new JsonObject { ["description"] = description, ["enabledPermissions"] = ObjectCreator.Set([.. store.Schema.Enums["Permission"].Where(has)]) };
        return RegistryId.Format(creator.Create("Role", role).Id);
    }

    /// <summary>The keys of tokens and of notifications to browsers.</summary>
    private static void AddKeys(ObjectCreator creator)
    {
        var oidc = new JsonObject
        {
            ["encryptionKey"] = new JsonObject { [RegistrySchema.Variant] = "Value", ["secret"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) },
            ["signatureKey"] = new JsonObject { [RegistrySchema.Variant] = "Text", ["secret"] = DkimKeys.CreateEd25519() },
            ["signatureAlgorithm"] = "es256",
        };
        creator.SetSingleton("OidcProvider", oidc);
        var jmap = new JsonObject { ["webPushKey"] = new JsonObject { [RegistrySchema.Variant] = "Text", ["secret"] = DkimKeys.CreateEd25519() } };
        creator.SetSingleton("Jmap", jmap);
    }
}
