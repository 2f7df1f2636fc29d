using System.Collections.Concurrent;
using MailAdmin.Sandbox.Access;

namespace MailAdmin.Sandbox.Principals;

/// <summary>Computes the permissions of accounts and roles from the directory.</summary>
internal sealed class EffectivePermissions(PrincipalStore store, bool enterprise)
{
    private readonly ConcurrentDictionary<uint, (int Revision, PermissionSet Permissions)> _cache = new();

    /// <summary>The permissions of an account; from 0.13 those of its last call, as long as the account itself has not changed.</summary>
    public PermissionSet Get(Principal principal)
    {
        if (!store.Dialect.CachesPermissions)
        {
            return Compute(principal);
        }

        if (_cache.TryGetValue(principal.Id, out (int Revision, PermissionSet Permissions) known) && known.Revision == principal.Revision)
        {
            return known.Permissions;
        }

        PermissionSet permissions = Compute(principal);
        _cache[principal.Id] = (principal.Revision, permissions);
        return permissions;
    }

    /// <summary>The permissions of a role, built in or not.</summary>
    public PermissionSet GetForRole(uint id)
    {
        if (BuiltInRoles.FindName(id) is not null)
        {
            return store.Dialect.Permissions.GetForBuiltInRole(id);
        }

        if (store.Find(id) is not { } role)
        {
            return default;
        }

        (PermissionSet enabled, PermissionSet disabled) = Collect(role);
        return enabled.Except(disabled);
    }

    /// <summary>Everything enabled in the account and its roles, less everything disabled in any of them.</summary>
    private PermissionSet Compute(Principal principal)
    {
        (PermissionSet enabled, PermissionSet disabled) = Collect(principal);
        PermissionSet permissions = enabled.Except(disabled);

        // A tenant limits its accounts to its enabled permissions; its disabled ones have no effect.
        if (enterprise && principal.Tenant is { } tenant && store.Find(tenant) is { } limit)
        {
            permissions = permissions.Intersect(Collect(limit).Enabled);
        }

        return permissions;
    }

    private (PermissionSet Enabled, PermissionSet Disabled) Collect(Principal principal)
    {
        var enabled = default(PermissionSet);
        var disabled = default(PermissionSet);
        lock (store.Gate)
        {
            Collect(principal, ref enabled, ref disabled, []);
        }

        return (enabled, disabled);
    }

    private void Collect(Principal principal, ref PermissionSet enabled, ref PermissionSet disabled, HashSet<uint> seen)
    {
        foreach (int permission in principal.EnabledPermissions ?? [])
        {
            enabled = enabled.With(permission);
        }

        foreach (int permission in principal.DisabledPermissions ?? [])
        {
            disabled = disabled.With(permission);
        }

        foreach (uint container in principal.Memberships)
        {
            if (BuiltInRoles.FindName(container) is not null)
            {
                enabled = enabled.Union(store.Dialect.Permissions.GetForBuiltInRole(container));
            }
            else if (seen.Add(container) && store.Find(container) is { Type: PrincipalType.Role } role)
            {
                Collect(role, ref enabled, ref disabled, seen);
            }
        }
    }
}
