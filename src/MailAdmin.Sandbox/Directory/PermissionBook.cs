namespace MailAdmin.Sandbox.Directory;

/// <summary>Works out what an account or a role may do, from what the directory holds at this moment.</summary>
internal sealed class PermissionBook(PrincipalStore store, bool enterprise)
{
    /// <summary>Everything enabled in the account and its roles, less everything disabled in any of them.</summary>
    public PermissionSet Of(Principal principal)
    {
        var permissions = Collect(principal);
        if (enterprise && principal.Tenant is { } tenant && store.Find(tenant) is { } limit)
            permissions = permissions.Intersect(Collect(limit));
        return permissions;
    }

    /// <summary>What a role gives, built in or not.</summary>
    public PermissionSet OfRole(uint id) =>
        BuiltInRoles.Name(id) is not null ? BuiltInRoles.Permissions(id) : store.Find(id) is { } role ? Collect(role) : default;

    private PermissionSet Collect(Principal principal)
    {
        var enabled = default(PermissionSet);
        var disabled = default(PermissionSet);
        lock (store.Gate)
            Collect(principal, ref enabled, ref disabled, []);
        return enabled.Except(disabled);
    }

    private void Collect(Principal principal, ref PermissionSet enabled, ref PermissionSet disabled, HashSet<uint> seen)
    {
        foreach (var permission in principal.EnabledPermissions ?? [])
            enabled = enabled.With(permission);
        foreach (var permission in principal.DisabledPermissions ?? [])
            disabled = disabled.With(permission);
        foreach (var container in principal.Memberships)
        {
            if (BuiltInRoles.Name(container) is not null)
                enabled = enabled.Union(BuiltInRoles.Permissions(container));
            else if (seen.Add(container) && store.Find(container) is { Type: PrincipalType.Role } role)
                Collect(role, ref enabled, ref disabled, seen);
        }
    }
}
