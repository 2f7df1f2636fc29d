namespace MailAdmin.Client.Provisioning;

/// <summary>What belongs to a tenant has its addresses in the tenant's domains, and before 0.16 its name, too. The server refuses anything else.</summary>
internal sealed class PlannedTenants(ImportLookup directory, DirectoryState state, bool namesAreAddresses)
{
    private const string ErrorId = "TenantDomainMismatch";

    public void Check(RowContext context)
    {
        if (!context.IsNew || context.Spec.Tenant is not { } tenant || context.Type.Word is "domain" or "tenant" || directory.FindType(tenant) != PrincipalType.Tenant)
        {
            return;
        }

        if (!namesAreAddresses && GetDomain(context.Name) is var own && (own is null || (IsDomain(own) && IsOfOther(own, tenant))))
        {
            context.AddError(context.NameField, context.Name, ErrorId, $"'{context.Name}' is not in a domain of the tenant '{tenant}': what belongs to a tenant is named by an address in one of its domains.{GetAdvice(tenant, own)}");
        }

        foreach (string address in context.Spec.Email ?? [])
        {
            if (GetDomain(address) is { } domain && IsDomain(domain) && IsOfOther(domain, tenant))
            {
                context.AddError(context.AddressField, address, ErrorId, $"'{address}' is not in a domain of the tenant '{tenant}': its principals have no other addresses.{GetAdvice(tenant, domain)}");
                return;
            }
        }
    }

    private static string? GetDomain(string name) => name.Contains('@', StringComparison.Ordinal) ? MailAddress.GetDomain(name) : null;

    // What is no domain is told already.
    private bool IsDomain(string name) => directory.FindType(name) == PrincipalType.Domain;

    private bool IsOfOther(string domain, string tenant) => directory.FindRow(domain)?.Spec.Tenant is { } planned ? !IsSame(planned, tenant)
        : directory.FindExisting(domain) is null || (state.DomainTenants.TryGetValue(domain, out string? owner) && !IsSame(owner, tenant));

    private CellMessage GetAdvice(string tenant, string? domain) => FindDomain(tenant) is { } home
        ? CellMessage.Plain($" Take a domain of the tenant, such as {home}, or leave the tenant out.")
        : domain is null ? CellMessage.Plain("") : $" Give the domain to the tenant first, by a row of type Domain with this tenant or by Set-MailPrincipal {domain} -Tenant '{tenant}', or leave the tenant out.";

    private string? FindDomain(string tenant) => state.DomainTenants.Where(pair => IsSame(pair.Value, tenant)).Select(pair => pair.Key).FirstOrDefault()
        ?? directory.Rows.FirstOrDefault(row => row.Type == PrincipalType.Domain && row is { HasErrors: false, IsNew: true } && IsSame(row.Spec.Tenant, tenant) && row.IsQuotable(row.NameField))?.Name;

    private static bool IsSame(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
