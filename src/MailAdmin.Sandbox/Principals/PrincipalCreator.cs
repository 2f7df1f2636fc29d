using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>Creates a principal, with the server's checks in the server's order.</summary>
internal sealed class PrincipalCreator(PrincipalStore store)
{
    /// <summary>Creates and returns the record; a <see cref="ApiException"/> leaves nothing behind.</summary>
    public Principal Create(PrincipalBuilder builder, Caller caller)
    {
        lock (store.Gate)
        {
            string name = builder.Name.ToLowerInvariant();
            if (name.Length == 0)
            {
                throw ApiException.FieldMissing("name");
            }

            uint? tenant = caller.Tenant;
            if (tenant is { } tenantId)
            {
                ValidateTenantQuota(builder.Type, tenantId);
            }

            if (store.Find(name) is not null)
            {
                throw ApiException.AlreadyExists("name", name);
            }

            tenant ??= FindTenant(builder.Tenant);
            if (tenant is not null)
            {
                ValidateTenantName(builder.Type, name, tenant.Value);
            }

            uint[] members = builder.Members.Select(member => store.Require(member, tenant).Id).ToArray();
            IEnumerable<uint> memberships = FindMemberships(builder, tenant);
            var principal = new Principal
            {
                Id = store.AllocateId(),
                Type = builder.Type,
                Name = name,
                Description = builder.Description,
                Picture = builder.Picture,
                Locale = builder.Locale,
                Quota = builder.Quota,
                Secrets = store.Dialect.AllowsOnePasswordOnly ? SinglePasswordRules.Normalize(builder.Secrets) : builder.Secrets,
                Urls = builder.Urls,
                ExternalMembers = builder.ExternalMembers,
                EnabledPermissions = FindPermissions(builder.EnabledPermissions, caller.Permissions),
                DisabledPermissions = FindPermissions(builder.DisabledPermissions, store.Dialect.Permissions.Admin),
                Tenant = tenant,
                Memberships = [.. memberships.Distinct().Order()],
                Emails = ValidateAddresses(builder, tenant),
            };
            store.Add(principal, members);
            return principal;
        }
    }

    private void ValidateTenantQuota(PrincipalType type, uint tenant)
    {
        if (store.Find(tenant)?.Quota is PrincipalValue.Numbers { Values: var limits }
            && (int)type + 1 < limits.Length
            && limits[(int)type + 1] is > 0 and var limit
            && (ulong)store.CountInTenant(type, tenant) >= limit)
        {
            throw ApiException.TenantQuotaExceeded();
        }
    }

    private uint? FindTenant(string? name)
    {
        if (name is null)
        {
            return null;
        }

        return store.Find(name) is { Type: PrincipalType.Tenant } tenant ? tenant.Id : throw ApiException.NotFound(name);
    }

    private void ValidateTenantName(PrincipalType type, string name, uint tenant)
    {
        if (type == PrincipalType.Tenant)
        {
            throw ApiException.Other("Invalid field", "A tenant has no tenant.");
        }

        if (type != PrincipalType.Domain)
        {
            AddressRules.RequireNameInTenant(store, name, tenant);
        }
    }

    private IEnumerable<uint> FindMemberships(PrincipalBuilder builder, uint? tenant)
    {
        IEnumerable<uint> groups = builder.MemberOf.Select(name => FindContainer(name, PrincipalType.Group, tenant));
        IEnumerable<uint> lists = builder.Lists.Select(name => FindContainer(name, PrincipalType.List, tenant));
        IEnumerable<uint> roles = builder.Roles.Select(name => BuiltInRoles.FindId(name) ?? FindContainer(name, PrincipalType.Role, tenant));
        return [.. groups, .. lists, .. roles];
    }

    private uint FindContainer(string name, PrincipalType type, uint? tenant)
    {
        Principal? container = store.Find(name);
        return container is not null && container.Type == type && container.IsVisibleTo(tenant) ? container.Id : throw ApiException.NotFound(name);
    }

    private int[]? FindPermissions(string[] names, PermissionSet grantable)
    {
        int[] numbers = Array.ConvertAll(names, name => PermissionNames.ParseGrantable(name, store.Dialect.Permissions, grantable));
        return numbers.Length == 0 ? null : [.. numbers.Distinct()];
    }

    /// <summary>An address without @ is accepted, and a repeated one: only addresses of others are refused.</summary>
    private string[]? ValidateAddresses(PrincipalBuilder builder, uint? tenant)
    {
        if (builder.Emails is null || builder.Type == PrincipalType.OAuthClient)
        {
            return builder.Emails;
        }

        string[] addresses = Array.ConvertAll(builder.Emails, address => address.ToLowerInvariant());
        if (store.Dialect.DeduplicatesAddresses)
        {
            addresses = [.. addresses.Distinct(StringComparer.Ordinal)];
        }

        foreach (string address in addresses)
        {
            if (store.Addresses.FindOwner(address) is not null)
            {
                throw ApiException.AlreadyExists("emails", address);
            }

            AddressRules.RequireDomain(store, address, tenant);
        }

        return addresses;
    }
}
