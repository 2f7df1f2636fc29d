using MailAdmin.Client.Api.Credentials;
using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>What is known of the server before an import.</summary>
internal sealed record DirectoryState
{
    private readonly Dictionary<string, MailPrincipal> _byName = [];
    private readonly Dictionary<string, MailPrincipal> _byAddress = [];

    /// <summary>All principals; those that the table names with every field that it can change.</summary>
    public required IReadOnlyCollection<MailPrincipal> Principals
    {
        get;
        init
        {
            field = value;
            (_byName, _byAddress) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
            foreach (MailPrincipal principal in value)
            {
                _byName.TryAdd(principal.Name, principal);
                foreach (string address in StoredFields.GetItems(principal, PrincipalField.Emails).Concat(StoredFields.GetItems(principal, PrincipalField.DisabledEmails)))
                {
                    _byAddress.TryAdd(MailAddress.ToComparable(address), principal);
                }
            }
        }
    }

    /// <summary>The types that were listed; null = all. What was not listed is not checked: the server decides.</summary>
    public IReadOnlySet<PrincipalType>? ListedTypes { get; init; }

    /// <summary>All permissions; null = unknown, the server decides.</summary>
    public IReadOnlySet<string>? Permissions { get; init; }

    /// <summary>Roles that are not principals.</summary>
    public IReadOnlyList<string> BuiltInRoles { get; init; } = Client.BuiltInRoles.Names;

    /// <summary>Whether principals have a locale; null = unknown, the server decides.</summary>
    public bool? HasLocale { get; init; }

    /// <summary>Whether the server makes API keys and their secrets, which an import would lose.</summary>
    public bool MakesApiKeys { get; init; }

    /// <summary>The tenants of the domains, where a row has a tenant: empty for a domain of none. Of a domain that is missing it is unknown, and the server decides.</summary>
    public IReadOnlyDictionary<string, string> DomainTenants { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a group may be in a group.</summary>
    public bool NestsGroups { get; init; } = true;

    /// <summary>What a password has to be; null = unknown, the server decides.</summary>
    public PasswordRule? PasswordRule { get; init; }

    /// <summary>The principal of exactly this name.</summary>
    public MailPrincipal? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The principal that has an address.</summary>
    public MailPrincipal? FindOwner(string address) => _byAddress.GetValueOrDefault(MailAddress.ToComparable(address));

    public bool IsListed(PrincipalType type) => ListedTypes is null || ListedTypes.Contains(type);
}
