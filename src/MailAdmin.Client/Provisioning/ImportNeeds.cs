using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>What a table needs to know of the server.</summary>
internal sealed class ImportNeeds
{
    private readonly bool _namesAreAddresses;
    private readonly HashSet<string> _names;
    private readonly HashSet<string> _addresses;

    /// <param name="rows">The rows of the table.</param>
    /// <param name="namesAreAddresses">Whether a row may name an account by what stands before the <c>@</c>.</param>
    public ImportNeeds(IReadOnlyList<ParsedRow> rows, bool namesAreAddresses = false)
    {
        _namesAreAddresses = namesAreAddresses;
        _names = [.. rows.SelectMany(StoredNames.GetSpellings)];
        // The other spelling of a domain, and a group that is given by its address, are found by what they are equal to.
        _addresses = [.. _names.Where(name => name.Contains('@', StringComparison.Ordinal)).Select(MailAddress.ToComparable)];
        foreach (string name in rows.Where(row => row.Spec.Type == PrincipalType.Domain).Select(row => row.Spec.Name))
        {
            if (DomainName.GetOtherSpelling(name) is { } other)
            {
                _names.Add(other);
            }
        }

        Tenants = rows.Any(row => row.Spec.Tenant is not null);
        Nesting = rows.Any(row => (row.Spec.Type == PrincipalType.Group || row.Spec.Type == PrincipalType.Role || row.Columns.HasMemberRows)
            && (row.Spec.MemberOf ?? row.Spec.Member ?? row.Spec.Role) is not null);
    }

    /// <summary>Whether rows belong to tenants, so that the tenants of the domains are to be known.</summary>
    public bool Tenants { get; }

    /// <summary>Whether memberships of groups and roles may be changed.</summary>
    public bool Nesting { get; }

    /// <summary>Whether a principal is one of the table, so that all of it is to be known.</summary>
    public bool IsNamed(MailPrincipal principal) =>
        _names.Contains(principal.Name) || _names.Contains(NameText.Normalize(principal.Name)) || (_namesAreAddresses && IsNamedInShort(principal.Name.ToLowerInvariant()))
        || (_addresses.Count > 0 && (_addresses.Contains(MailAddress.ToComparable(principal.Name)) || StoredFields.GetItems(principal, PrincipalField.Emails).Any(address => _addresses.Contains(MailAddress.ToComparable(address)))));

    // Roles have capitals, which no row has.
    private bool IsNamedInShort(string name) => _names.Contains(name.Contains('@', StringComparison.Ordinal) && !JmapKeyName.IsOfKey(name) ? MailAddress.GetLocalPart(name) : name);
}
