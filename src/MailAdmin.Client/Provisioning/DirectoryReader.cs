using MailAdmin.Client.Api.Credentials;
using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client.Provisioning;

/// <summary>Reads what an import must know of the server: names and addresses of all principals, and every field of those that the table names.</summary>
internal sealed class DirectoryReader
{
    // Up to here a GET per known principal costs less than a listing with every field.
    private const int MaxSingleRequests = 64;

    private static readonly string[] s_outlineFields = [PrincipalField.Name, PrincipalField.Emails];

    // Everything an import can change. Not the secrets: what is not fetched cannot leak.
    private static readonly string[] s_importableFields =
    [
        PrincipalField.Name, PrincipalField.Emails, PrincipalField.Description, PrincipalField.Quota, PrincipalField.MemberOf, PrincipalField.Lists,
        PrincipalField.Roles, PrincipalField.Members, PrincipalField.ExternalMembers, PrincipalField.EnabledPermissions, PrincipalField.DisabledPermissions,
        PrincipalField.Urls, PrincipalField.Tenant, PrincipalField.Picture, PrincipalField.Locale,
    ];

    private readonly PrincipalResource _principals;

    private DirectoryReader(PrincipalResource principals) => _principals = principals;

    /// <summary>Reads the state of the directory (GET /principal, GET /principal/{name}).</summary>
    public static async Task<DirectoryState> ReadAsync(PrincipalResource principals, ServerInfo? server, ImportNeeds needs, CancellationToken cancellationToken)
    {
        var reader = new DirectoryReader(principals);
        PasswordRule? rule = await principals.FindPasswordRuleAsync(cancellationToken).ConfigureAwait(false);
        List<MailPrincipal> outline;
        try
        {
            outline = await reader.ListAsync(s_outlineFields, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            // An account may be allowed to create principals but not to list them: then the server says what exists.
            return new DirectoryState { Principals = [], ListedTypes = new HashSet<PrincipalType>(), Permissions = GetKnownPermissions(server), HasLocale = principals.Dialect.HasLocale, PasswordRule = rule, MakesApiKeys = principals.MakesApiKeys, NestsGroups = principals.NestsGroups };
        }

        return new DirectoryState
        {
            Principals = await reader.FetchAsync(outline, needs, cancellationToken).ConfigureAwait(false),
            ListedTypes = principals.ListableTypes,
            Permissions = GetKnownPermissions(server),
            HasLocale = principals.Dialect.HasLocale,
            PasswordRule = rule,
            MakesApiKeys = principals.MakesApiKeys,
            NestsGroups = principals.NestsGroups,
            DomainTenants = needs.Tenants ? await reader.ReadDomainTenantsAsync(cancellationToken).ConfigureAwait(false) : new Dictionary<string, string>(),
        };
    }

    // Of the principals that the table names, every field is needed to see what differs.
    private async Task<IReadOnlyCollection<MailPrincipal>> FetchAsync(List<MailPrincipal> outline, ImportNeeds needs, CancellationToken cancellationToken)
    {
        int known = outline.Count(needs.IsNamed);
        if (known > MaxSingleRequests)
        {
            return await ListAsync(s_importableFields, cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyDictionary<string, MailPrincipal> nested = needs.Nesting ? await ReadNestingAsync(cancellationToken).ConfigureAwait(false) : new Dictionary<string, MailPrincipal>();
        IReadOnlyDictionary<(PrincipalType Type, uint Id), MailPrincipal> unaddressed = await ReadUnaddressedAsync([.. outline.Where(needs.IsNamed)], cancellationToken).ConfigureAwait(false);
        return await Task.WhenAll(outline.Select(principal => needs.IsNamed(principal)
            ? unaddressed.TryGetValue((principal.Kind, principal.Id), out MailPrincipal? read) ? Task.FromResult(read) : _principals.GetAsync(principal.Name, cancellationToken)
            : Task.FromResult(AddNesting(principal, nested.GetValueOrDefault(principal.Name))))).ConfigureAwait(false);
    }

    private static MailPrincipal AddNesting(MailPrincipal principal, MailPrincipal? known)
    {
        if (known is not null)
        {
            (principal.MemberOf, principal.Role) = (known.MemberOf, known.Role);
        }
        return principal;
    }

    // Where accounts are named by their addresses, the name of a role may be short for that of an account, too, and so tells neither.
    private async Task<IReadOnlyDictionary<(PrincipalType Type, uint Id), MailPrincipal>> ReadUnaddressedAsync(MailPrincipal[] named, CancellationToken cancellationToken)
    {
        PrincipalType[] types = [.. named.Where(principal => _principals.NamesAreAddresses && !principal.Name.Contains('@', StringComparison.Ordinal)).Select(principal => principal.Kind).Distinct()];
        return types.Length == 0
            ? new Dictionary<(PrincipalType, uint), MailPrincipal>()
            : (await ListAsync(s_importableFields, cancellationToken, types).ConfigureAwait(false)).ToDictionary(principal => (principal.Kind, principal.Id));
    }

    // Which groups and roles belong to others, to see a cycle before it is made.
    private async Task<IReadOnlyDictionary<string, MailPrincipal>> ReadNestingAsync(CancellationToken cancellationToken)
    {
        PrincipalType[] types = [.. ((PrincipalType[])[PrincipalType.Group, PrincipalType.Role]).Where(type => _principals.ListableTypes?.Contains(type) != false)];
        return types.Length == 0
            ? new Dictionary<string, MailPrincipal>()
            : (await ListAsync([PrincipalField.Name, PrincipalField.MemberOf, PrincipalField.Roles], cancellationToken, types).ConfigureAwait(false)).DistinctBy(principal => principal.Name).ToDictionary(principal => principal.Name);
    }

    private async Task<IReadOnlyDictionary<string, string>> ReadDomainTenantsAsync(CancellationToken cancellationToken) =>
        _principals.ListableTypes?.Contains(PrincipalType.Domain) == false
            ? new Dictionary<string, string>()
            : (await ListAsync([PrincipalField.Name, PrincipalField.Tenant], cancellationToken, [PrincipalType.Domain]).ConfigureAwait(false))
                .Where(domain => !StoredFields.IsUnknown(domain, PrincipalField.Tenant)).DistinctBy(domain => domain.Name).ToDictionary(domain => domain.Name, domain => domain.Tenant ?? "");

    private async Task<List<MailPrincipal>> ListAsync(IReadOnlyList<string> fields, CancellationToken cancellationToken, IReadOnlyList<PrincipalType>? types = null)
    {
        var found = new List<MailPrincipal>();
        var query = new PrincipalQuery { Fields = fields, InOneRequest = true, Types = types ?? [] };
        await foreach (MailPrincipal principal in _principals.ListAsync(query, null, cancellationToken).ConfigureAwait(false))
        {
            found.Add(principal);
        }

        return found;
    }

    // A server that reports no permissions may have them all the same: then the server decides.
    private static IReadOnlySet<string>? GetKnownPermissions(ServerInfo? server) => server is { Permissions.Count: > 0 } ? server.PossiblePermissions : null;
}
