namespace MailAdmin.Client.Api.Principals;

/// <summary>Finds the ids of what a principal names: domains, groups, roles and tenants.</summary>
internal sealed class JmapReferences(DirectoryNames names)
{
    // What every server before 0.16 calls its own roles.
    private static readonly Dictionary<string, string[]> s_builtInRoles = new(StringComparer.Ordinal)
    {
        ["admin"] = ["System Administrator", "User"],
        ["tenant-admin"] = ["Tenant Administrator", "User"],
    };

    /// <summary>A new principal that names its groups and roles as the server does.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c>; <c>Forbidden</c> where the account may not read them; <c>RejectedByClient</c> where several have the name.</exception>
    public async Task<NewPrincipal> ResolveAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        var groups = new List<string>();
        foreach (string group in principal.MemberOf)
        {
            groups.Add((await GetAsync(NamedKind.Group, PrincipalField.MemberOf, group, cancellationToken).ConfigureAwait(false)).Name);
        }
        return principal with { MemberOf = groups, Role = JmapRoles.GetNames(principal.Type, principal.Role) };
    }

    /// <summary>The id of the only one of this name.</summary>
    /// <param name="kind">What is meant.</param>
    /// <param name="field">The field that names it.</param>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException"><c>NotFound</c>; <c>Forbidden</c> where the account may not read them; <c>RejectedByClient</c> where several have the name.</exception>
    public async Task<string> GetIdAsync(NamedKind kind, string field, string name, CancellationToken cancellationToken) =>
        (await GetAsync(kind, field, name, cancellationToken).ConfigureAwait(false)).Id;

    /// <summary>Whether there is one of this name, as far as is known; null where the account may not read them.</summary>
    public async Task<bool?> IsKnownAsync(NamedKind kind, string name, CancellationToken cancellationToken) =>
        await names.GetAsync(kind, cancellationToken).ConfigureAwait(false) is { Unread: null } table ? table.FindNamed(name).Any() : null;

    /// <summary>The ids of roles. The names that servers before 0.16 have for their own roles stand for the roles that replaced them.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c>; <c>Forbidden</c> where the account may not read them; <c>RejectedByClient</c> where several have the name.</exception>
    public async Task<IReadOnlyList<string>> GetRoleIdsAsync(IEnumerable<string> roles, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        foreach (string role in roles.SelectMany(role => s_builtInRoles.GetValueOrDefault(role.ToLowerInvariant()) ?? [role]))
        {
            ids.Add(await GetIdAsync(NamedKind.Role, PrincipalField.Roles, role, cancellationToken).ConfigureAwait(false));
        }
        return [.. ids.Distinct()];
    }

    private async Task<NamedObject> GetAsync(NamedKind kind, string field, string name, CancellationToken cancellationToken)
    {
        NameTable table = await names.GetAsync(kind, cancellationToken).ConfigureAwait(false);
        NamedObject[] found = [.. table.FindNamed(name)];
        if (table.Unread is { } unread)
        {
            throw UnreadParts.CreateError([unread], $"Which {GetNoun(kind)} '{name}' is, is unknown, and the server takes its id.", field, name);
        }
        if (found.Length == 0)
        {
            found = [.. (await names.RefreshAsync(kind, table, cancellationToken).ConfigureAwait(false)).FindNamed(name)];
        }
        return found switch
        {
            [var only] => only,
            [] => throw new MailServerException(MailErrorCode.NotFound, Operations.CallJmap, $"There is no {GetNoun(kind)} '{name}' on the server.") { Field = field, Item = name },
            _ => throw MailServerException.CreateRefusal(Operations.CallJmap, field, $"There are {found.Length} of the name '{name}' ({GetNoun(kind)}): {string.Join(", ", found.Select(each => $"'{each.Name}' (id {each.Id})"))}. {AdviseOnTwins(kind, found)}"),
        };
    }

    // Groups have addresses, which tell them apart; of one name only the id does.
    private static string AdviseOnTwins(NamedKind kind, NamedObject[] found)
    {
        string type = kind switch
        {
            NamedKind.Domain => "Domain",
            NamedKind.Group => "Account",
            NamedKind.Role => "Role",
            _ => "Tenant",
        };
        return kind == NamedKind.Group && found.DistinctBy(each => each.Name, MailAddress.Comparer).Count() == found.Length
            ? "Specify the whole address."
            : $"Set-MailObject and Remove-MailObject change one by its id: Get-MailObject {type} {found[^1].Id}.";
    }

    private static string GetNoun(NamedKind kind) => kind switch
    {
        NamedKind.Domain => "domain",
        NamedKind.Group => "group",
        NamedKind.Role => "role",
        _ => "tenant",
    };
}
