using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>What an account may do at this moment, by its roles and its own permissions.</summary>
/// <param name="store">The objects.</param>
/// <param name="hasLicence">Whether tenants count: without a licence everybody in one has a user's permissions at most.</param>
internal sealed class AccountPermissions(RegistryStore store, bool hasLicence)
{
    private const string UserRoles = "defaultUserRoleIds";
    private const string GroupRoles = "defaultGroupRoleIds";
    private const string TenantRoles = "defaultTenantRoleIds";
    private const string AdminRoles = "defaultAdminRoleIds";

    /// <summary>All that there are, in the server's order.</summary>
    public IReadOnlyList<string> All { get; } = store.Schema.Enums["Permission"];

    public IReadOnlySet<string> Get(SignInAccount account)
    {
        lock (store.Gate)
        {
            string defaults = account.IsGroup ? GroupRoles : account.Stored.Value["roles"]?[RegistrySchema.Variant]?.GetValue<string>() != "Admin" ? UserRoles
                : account.TenantId is null ? AdminRoles : TenantRoles;
            HashSet<string> permissions = Resolve(account.Stored.Value, defaults);
            if (account.Stored.Text("memberTenantId") is { } tenant)
            {
                permissions.IntersectWith(hasLicence && store.Find("Tenant", tenant) is { } found ? Resolve(found.Value, TenantRoles) : OfRoles(UserRoles));
            }

            return permissions;
        }
    }

    /// <summary>What a credential leaves of its owner's permissions.</summary>
    public static IReadOnlySet<string> Restrict(IReadOnlySet<string> owner, Credential credential)
    {
        IEnumerable<string> named = KeysOf(credential.Permissions?["permissions"]);
        return credential.Permissions?[RegistrySchema.Variant]?.GetValue<string>() switch
        {
            "Disable" => owner.Except(named).ToHashSet(),
            "Replace" => owner.Intersect(named).ToHashSet(),
            _ => owner,
        };
    }

    private HashSet<string> OfRoles(string defaults) => Resolve([], defaults);

    /// <summary>The permissions of an account or a tenant: both say it in the same members.</summary>
    private HashSet<string> Resolve(JsonObject owner, string defaults)
    {
        HashSet<string> enabled = [];
        HashSet<string> disabled = [];
        var own = owner["permissions"] as JsonObject;
        Add(own, enabled, disabled);
        if (own?[RegistrySchema.Variant]?.GetValue<string>() != "Replace")
        {
            JsonNode? custom = owner["roles"]?["roleIds"];
            AddRoles(KeysOf(custom ?? store.Singleton("Authentication")[defaults]), enabled, disabled);
        }

        enabled.ExceptWith(disabled);
        return enabled;
    }

    private void AddRoles(IEnumerable<string> ids, HashSet<string> enabled, HashSet<string> disabled)
    {
        var left = new Stack<string>(ids);
        HashSet<string> seen = [];
        while (left.TryPop(out string? id))
        {
            if (seen.Add(id) && store.Find("Role", id) is { } role)
            {
                Add(role.Value, enabled, disabled);
                foreach (string inner in KeysOf(role.Value["roleIds"]))
                {
                    left.Push(inner);
                }
            }
        }
    }

    private static void Add(JsonObject? lists, HashSet<string> enabled, HashSet<string> disabled)
    {
        enabled.UnionWith(KeysOf(lists?["enabledPermissions"]));
        disabled.UnionWith(KeysOf(lists?["disabledPermissions"]));
    }

    private static IEnumerable<string> KeysOf(JsonNode? set) => set is JsonObject keys ? keys.Select(entry => entry.Key) : [];
}
