namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// Puts the names of principals in place of the addresses by which people name members, groups and lists, and writes names and domains as the server has
/// them. An address elsewhere becomes an external member.
/// </summary>
/// <param name="principals">Finds whose an address is.</param>
/// <param name="domains">Finds how the server spells a domain.</param>
internal sealed class MemberAddresses(PrincipalResource principals, DomainLookup domains)
{
    /// <summary>The same principal with names.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> for an address of this server that nobody has.</exception>
    public async Task<NewPrincipal> ResolveAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        MemberReference[] members = await ResolveMembersAsync(Operations.CreatePrincipal, principal.Member, isRemoval: false, cancellationToken).ConfigureAwait(false);
        return principal with
        {
            // A domain that is there under its other spelling is that one, and taken.
            Name = principal.Type == PrincipalType.Domain ? await domains.FindAsync(principal.Name, cancellationToken).ConfigureAwait(false) ?? principal.Name : principal.Name,
            Email = await domains.RespellAllAsync(principal.Email, cancellationToken).ConfigureAwait(false),
            Member = GetNames(members),
            ExternalMember = principal.ExternalMember.Count == 0 && members.Length == 0 ? [] : [.. principal.ExternalMember.Union(GetExternals(members), StringComparer.OrdinalIgnoreCase)],
            MemberOf = await ResolveNamesAsync(Operations.CreatePrincipal, PrincipalField.MemberOf, principal.MemberOf, isRemoval: false, cancellationToken).ConfigureAwait(false),
            List = await ResolveNamesAsync(Operations.CreatePrincipal, PrincipalField.Lists, principal.List, isRemoval: false, cancellationToken).ConfigureAwait(false),
            Role = ToNames(principal.Role),
            Tenant = principal.Tenant is { } tenant ? ToName(tenant) : null,
        };
    }

    /// <summary>The same changes with names.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> for an address of this server that nobody has.</exception>
    public async Task<IReadOnlyList<PrincipalChange>> ResolveAsync(IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        var resolved = new List<PrincipalChange>(changes.Count);
        foreach (PrincipalChange change in changes)
        {
            IReadOnlyList<string> items = change.Items ?? [change.Text ?? ""];
            if (change.Field is PrincipalField.MemberOf or PrincipalField.Lists)
            {
                resolved.Add(change.WithItems(await ResolveNamesAsync(Operations.PatchPrincipal, change.Field, items, change.Action == PrincipalAction.RemoveItem, cancellationToken).ConfigureAwait(false)));
            }
            else if (change.Field is PrincipalField.Roles or PrincipalField.Tenant)
            {
                resolved.Add(change.WithItems(ToNames(items)));
            }
            else if (change.Field == PrincipalField.Members)
            {
                AddMembers(resolved, change, await ResolveMembersAsync(Operations.PatchPrincipal, items, change.Action == PrincipalAction.RemoveItem, cancellationToken).ConfigureAwait(false));
            }
            else if (change is { Field: PrincipalField.Emails or PrincipalField.ExternalMembers, Action: PrincipalAction.RemoveItem })
            {
                // It may be there under either spelling, whatever the domain's is now: what is not there the server ignores.
                resolved.AddRange(MailAddress.GetSpellings(items[0]).Select(spelling => change.WithItems([spelling])));
            }
            else if (change.Field == PrincipalField.Emails)
            {
                resolved.Add(change.WithItems(await domains.RespellAllAsync(items, cancellationToken).ConfigureAwait(false)));
            }
            else
            {
                resolved.Add(change);
            }
        }
        return resolved;
    }

    private static void AddMembers(List<PrincipalChange> changes, PrincipalChange change, MemberReference[] members)
    {
        string[] names = GetNames(members);
        if (names.Length > 0 || change.Action == PrincipalAction.Set)
        {
            changes.Add(change.WithItems(names));
        }
        changes.AddRange(GetExternals(members).SelectMany(address => change.Action == PrincipalAction.RemoveItem
            ? MailAddress.GetSpellings(address).Select(spelling => PrincipalChange.Remove(PrincipalField.ExternalMembers, spelling))
            : [PrincipalChange.Add(PrincipalField.ExternalMembers, address)]));
    }

    private static string[] GetNames(IEnumerable<MemberReference> members) => [.. members.Select(member => member.Name).OfType<string>()];

    private static IEnumerable<string> GetExternals(IEnumerable<MemberReference> members) => members.Select(member => member.ExternalAddress).OfType<string>();

    private async Task<MemberReference[]> ResolveMembersAsync(Operation operation, IReadOnlyList<string> items, bool isRemoval, CancellationToken cancellationToken)
    {
        var members = new MemberReference[items.Count];
        for (int i = 0; i < members.Length; i++)
        {
            members[i] = IsLookedUp(items[i]) ? await ResolveMemberAsync(operation, items[i], isRemoval, cancellationToken).ConfigureAwait(false) : new MemberReference(ToName(items[i]), null);
        }
        return members;
    }

    private async Task<MemberReference> ResolveMemberAsync(Operation operation, string item, bool isRemoval, CancellationToken cancellationToken)
    {
        try
        {
            return await principals.ResolveMemberAsync(item, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound || (isRemoval && UnreadParts.IsUnknownName(e)))
        {
            // A list of such a server keeps the address of who is gone or renamed.
            return isRemoval && principals.NamesAreAddresses ? new MemberReference(ToName(item), null) : throw CreateNotFound(operation, PrincipalField.Members, item);
        }
    }

    private async Task<IReadOnlyList<string>> ResolveNamesAsync(Operation operation, string field, IReadOnlyList<string> items, bool isRemoval, CancellationToken cancellationToken)
    {
        var names = new List<string>(items.Count);
        foreach (string item in items)
        {
            if (!IsLookedUp(item))
            {
                names.Add(ToName(item));
                continue;
            }
            PrincipalType? type = new PrincipalReference(field, item).Type;
            MailPrincipal found = await principals.FindAsync(item, type is null ? [] : [type.Value], cancellationToken).ConfigureAwait(false) ?? throw CreateNotFound(operation, field, item);
            // Such a server writes a membership after the principal: one that cannot be is refused before.
            var reference = new PrincipalReference(field, found.Name);
            if (principals.NamesAreAddresses && !isRemoval && found.Kind != reference.Type)
            {
                throw PrincipalReferenceCheck.CreateTypeError(operation, reference, found);
            }
            names.Add(found.Name);
        }
        return names;
    }

    // The server has names in lower case, and compares byte for byte.
    private static string ToName(string item) => item.Trim().ToLowerInvariant();

    private static string[] ToNames(IEnumerable<string> items) => [.. items.Select(ToName)];

    // A name is sent as it is: the server knows it or says that it does not. Where the names are addresses, what has no domain is none.
    private bool IsLookedUp(string item) => principals.NamesAreAddresses || item.Contains('@', StringComparison.Ordinal);

    private static MailServerException CreateNotFound(Operation operation, string field, string item) =>
        new(MailErrorCode.NotFound, operation, $"'{item}' is nobody's name and nobody's address on the server.") { Field = field, Item = item };
}
