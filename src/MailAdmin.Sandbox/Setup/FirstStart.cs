using System.Security.Cryptography;
using System.Text.Json.Nodes;
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
        var patch = new ObjectPatch(store.Schema, store.Defaults, new PlainValues(store.Schema, _ => null), []);
        string domain = AddDomain(store, patch, hostName);
        AddAdministrator(store, patch, domain);
        AddRoles(store, patch);
        AddKeys(store, patch);
        using Stream data = typeof(FirstStart).Assembly.GetManifestResourceStream("MailAdmin.Sandbox.Setup.first-start.json")!;
        foreach ((string name, JsonNode? values) in JsonNode.Parse(data)!.AsObject())
        {
            ulong ordinal = 0;
            foreach (JsonNode? value in values!.AsArray())
            {
                // Queues and schedules are counted from 0.
                ulong? id = name is "MtaVirtualQueue" or "MtaDeliverySchedule" ? ordinal++ : null;
                store.Insert(store.Type(name), patch.Create(name, value!.AsObject(), []), id);
            }
        }

        JsonObject node = store.Defaults.Create("ClusterNode");
        node["nodeId"] = 0;
        node["hostname"] = hostName;
        node["status"] = "active";
        store.Insert(store.Type("ClusterNode"), node, 0);
    }

    /// <summary>The domain of the host.</summary>
    private static string AddDomain(RegistryStore store, ObjectPatch patch, string hostName)
    {
        var domain = new JsonObject { ["name"] = hostName[(hostName.IndexOf('.', StringComparison.Ordinal) + 1)..], ["dkimManagement"] = Variant("Manual") };
        string id = RegistryId.Format(store.Insert(store.Type("Domain"), patch.Create("Domain", domain, [])).Id);
        var system = new JsonObject { ["defaultHostname"] = hostName, ["defaultDomainId"] = id };
        store.SetSingleton("SystemSettings", patch.Create("SystemSettings", system, []));
        return id;
    }

    /// <summary>Nobody knows the password that the setup made.</summary>
    private static void AddAdministrator(RegistryStore store, ObjectPatch patch, string domain)
    {
        var account = new JsonObject
        {
            [RegistrySchema.Variant] = "User",
            ["name"] = "admin",
            ["domainId"] = domain,
            ["description"] = "System administrator",
            ["roles"] = Variant("Admin"),
            ["credentials"] = new JsonObject
            {
                ["0"] = new JsonObject { [RegistrySchema.Variant] = "Password", ["secret"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)) },
            },
        };
        JsonObject made = patch.Create("Account", account, []);
        made["credentials"]!["0"]!["credentialId"] = RegistryId.Format(0);
        store.Insert(store.Type("Account"), made);
    }

    private static void AddRoles(RegistryStore store, ObjectPatch patch)
    {
        string user = AddRole(store, patch, "User", InitialRoles.IsUsers);
        string group = AddRole(store, patch, "Group", InitialRoles.IsGroups);
        string tenant = AddRole(store, patch, "Tenant Administrator", InitialRoles.IsTenantAdministrators);
        string system = AddRole(store, patch, "System Administrator", InitialRoles.IsSystemAdministrators);
        var authentication = new JsonObject
        {
            ["defaultUserRoleIds"] = Set(user),
            ["defaultGroupRoleIds"] = Set(group),
            ["defaultTenantRoleIds"] = Set(tenant, user),
            ["defaultAdminRoleIds"] = Set(system, user),
        };
        store.SetSingleton("Authentication", patch.Create("Authentication", authentication, []));
    }

    private static string AddRole(RegistryStore store, ObjectPatch patch, string description, Func<string, bool> has)
    {
        var role = new JsonObject { ["description"] = description, ["enabledPermissions"] = Set([.. store.Schema.Enums["Permission"].Where(has)]) };
        return RegistryId.Format(store.Insert(store.Type("Role"), patch.Create("Role", role, [])).Id);
    }

    /// <summary>The keys of tokens and of notifications to browsers.</summary>
    private static void AddKeys(RegistryStore store, ObjectPatch patch)
    {
        var oidc = new JsonObject
        {
            ["encryptionKey"] = new JsonObject { [RegistrySchema.Variant] = "Value", ["secret"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) },
            ["signatureKey"] = new JsonObject { [RegistrySchema.Variant] = "Text", ["secret"] = DkimKeys.CreateEd25519() },
            ["signatureAlgorithm"] = "es256",
        };
        store.SetSingleton("OidcProvider", patch.Create("OidcProvider", oidc, []));
        var jmap = new JsonObject { ["webPushKey"] = new JsonObject { [RegistrySchema.Variant] = "Text", ["secret"] = DkimKeys.CreateEd25519() } };
        store.SetSingleton("Jmap", patch.Create("Jmap", jmap, []));
    }

    private static JsonObject Variant(string name) => new() { [RegistrySchema.Variant] = name };

    private static JsonObject Set(params IReadOnlyList<string> items) => new(items.Select(item => KeyValuePair.Create(item, (JsonNode?)true)));
}
