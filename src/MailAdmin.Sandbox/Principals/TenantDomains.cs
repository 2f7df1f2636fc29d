namespace MailAdmin.Sandbox.Principals;

/// <summary>Which mail a caller may see: all, or for an account of a tenant only that of the tenant's domains.</summary>
internal sealed class TenantDomains(PrincipalStore store)
{
    /// <summary>The names of a tenant's domains; null without a tenant.</summary>
    public IReadOnlySet<string>? FindNames(uint? tenant)
    {
        if (tenant is null)
        {
            return null;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Principal principal in store.GetOrdered().Span)
        {
            if (principal.Type == PrincipalType.Domain && principal.Tenant == tenant)
            {
                names.Add(principal.Name);
            }
        }

        return names;
    }
}
