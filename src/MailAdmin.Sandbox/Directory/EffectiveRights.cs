using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>What an account may do, by its roles and permissions and by the default roles in force.</summary>
/// <param name="store">The accounts, roles and tenants.</param>
/// <param name="settings">The settings in force.</param>
/// <param name="hasLicence">Whether tenants count for something.</param>
internal sealed class EffectiveRights(RegistryStore store, SettingsInForce settings, bool hasLicence)
{
    /// <summary>The permissions of an account; null where one of its roles is not there, at which the server gives up.</summary>
    public IReadOnlySet<string>? Of(JsonObject account) => Of(account, IsOfTenant(account));

    /// <summary>Those that an account is given: which role administrators have is decided by the tenant of who makes it one.</summary>
    public IReadOnlySet<string>? Given(JsonObject account, bool isMakerOfTenant) => Of(account, isMakerOfTenant);

    private static bool IsOfTenant(JsonObject account) => account["memberTenantId"] is not null;

    private HashSet<string>? Of(JsonObject account, bool hasTenantAdministrators)
    {
        string? tenant = account["memberTenantId"]?.GetValue<string>();
        var rights = new Rights();
        if (!Add(rights, account["permissions"]!.AsObject(), RolesOf(account, hasTenantAdministrators)))
        {
            return null;
        }

        if (tenant is not null)
        {
            Restrict(rights, tenant);
        }

        return rights.Effective();
    }

    /// <summary>Those of a role alone, without the roles that it includes.</summary>
    public static IReadOnlySet<string> OfRole(JsonObject role)
    {
        var rights = new Rights();
        rights.Add(role);
        return rights.Effective();
    }

    private IEnumerable<string> RolesOf(JsonObject account, bool hasTenantAdministrators)
    {
        JsonObject defaults = settings["Authentication"];
        JsonObject roles = account["roles"]!.AsObject();
        return KeysOf(roles[RegistrySchema.Variant]!.GetValue<string>() switch
        {
            "Custom" => roles["roleIds"],
            "Admin" => defaults[hasTenantAdministrators ? "defaultTenantRoleIds" : "defaultAdminRoleIds"],
            "Default" => defaults["defaultGroupRoleIds"],
            _ => defaults["defaultUserRoleIds"],
        });
    }

    /// <summary>Members of a tenant have no more than the tenant; without a licence no more than any user.</summary>
    private void Restrict(Rights rights, string tenantId)
    {
        var tenantRights = new Rights();
        JsonObject defaults = settings["Authentication"];
        if (!hasLicence)
        {
            Add(tenantRights, [], KeysOf(defaults["defaultUserRoleIds"]));
        }
        else if (store.Find("Tenant", tenantId)?.Value is { } tenant)
        {
            JsonObject roles = tenant["roles"]!.AsObject();
            Add(tenantRights, tenant["permissions"]!.AsObject(), KeysOf(roles["roleIds"] ?? defaults["defaultTenantRoleIds"]));
        }

        rights.Restrict(tenantRights);
    }

    /// <summary>Adds own permissions, and those of roles unless the own ones replace them.</summary>
    private bool Add(Rights rights, JsonObject permissions, IEnumerable<string> roleIds)
    {
        rights.Add(permissions);
        if (permissions[RegistrySchema.Variant]?.GetValue<string>() == "Replace")
        {
            return true;
        }

        var open = new Stack<string>(roleIds);
        var seen = new HashSet<string>();
        while (open.TryPop(out string? id))
        {
            if (!seen.Add(id))
            {
                continue;
            }

            if (store.Find("Role", id)?.Value is not { } role)
            {
                return false;
            }

            rights.Add(role);
            foreach (string included in KeysOf(role["roleIds"]))
            {
                open.Push(included);
            }
        }

        return true;
    }

    private static IEnumerable<string> KeysOf(JsonNode? set) => set?.AsObject().Select(item => item.Key) ?? [];

    /// <summary>What is allowed and what is taken away again.</summary>
    private sealed class Rights
    {
        private readonly HashSet<string> _enabled = [];
        private readonly HashSet<string> _disabled = [];

        public void Add(JsonObject permissions)
        {
            _enabled.UnionWith(KeysOf(permissions["enabledPermissions"]));
            _disabled.UnionWith(KeysOf(permissions["disabledPermissions"]));
        }

        public void Restrict(Rights most)
        {
            _enabled.IntersectWith(most._enabled);
            _disabled.UnionWith(most._disabled);
        }

        public HashSet<string> Effective() => [.. _enabled.Except(_disabled)];
    }
}
