namespace MailAdmin.Client.Api.Principals;

/// <summary>Puts the names of principals in place of the addresses by which people name members, groups and lists.</summary>
internal sealed class MemberAddresses(PrincipalResource principals)
{
    /// <summary>The same principal with names.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> for an address that nobody has.</exception>
    public async Task<NewPrincipal> ResolveAsync(NewPrincipal principal, CancellationToken cancellationToken) => principal with
    {
        Member = await ResolveAsync(Operations.CreatePrincipal, PrincipalField.Members, principal.Member, cancellationToken).ConfigureAwait(false),
        MemberOf = await ResolveAsync(Operations.CreatePrincipal, PrincipalField.MemberOf, principal.MemberOf, cancellationToken).ConfigureAwait(false),
        List = await ResolveAsync(Operations.CreatePrincipal, PrincipalField.Lists, principal.List, cancellationToken).ConfigureAwait(false),
    };

    /// <summary>The same changes with names.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> for an address that nobody has.</exception>
    public async Task<IReadOnlyList<PrincipalChange>> ResolveAsync(IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        var resolved = new List<PrincipalChange>(changes.Count);
        foreach (PrincipalChange change in changes)
        {
            resolved.Add(change.Field is PrincipalField.Members or PrincipalField.MemberOf or PrincipalField.Lists
                ? change.WithItems(await ResolveAsync(Operations.PatchPrincipal, change.Field, change.Items ?? [change.Text!], cancellationToken).ConfigureAwait(false))
                : change);
        }
        return resolved;
    }

    private async Task<IReadOnlyList<string>> ResolveAsync(Operation operation, string field, IReadOnlyList<string> items, CancellationToken cancellationToken)
    {
        if (!items.Any(item => item.Contains('@', StringComparison.Ordinal)))
        {
            return items;
        }
        var names = new List<string>(items.Count);
        foreach (string item in items)
        {
            names.Add(item.Contains('@', StringComparison.Ordinal)
                ? (await principals.FindAsync(item, cancellationToken).ConfigureAwait(false))?.Name ?? throw CreateNotFound(operation, field, item)
                : item);
        }
        return names;
    }

    private static MailServerException CreateNotFound(Operation operation, string field, string item) =>
        new(MailErrorCode.NotFound, operation, $"'{item}' is nobody's name and nobody's address on the server.") { Field = field, Item = item };
}
