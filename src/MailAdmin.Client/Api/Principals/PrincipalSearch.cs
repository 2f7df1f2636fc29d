namespace MailAdmin.Client.Api.Principals;

/// <summary>Finds what a name or an address stands for.</summary>
internal sealed class PrincipalSearch(IDirectory directory)
{
    /// <summary>A name as it is sent.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static string NormalizeName(string name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("The name is empty.", nameof(name));
        }
        return name.ToLowerInvariant();
    }

    /// <summary>The principal of exactly this name, where some types are meant; null when there is none.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c> where that is unknown.</exception>
    public Task<MailPrincipal?> FindNamedAsync(string name, IReadOnlyCollection<PrincipalType> types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(types);
        return directory.GetOrNullAsync(NormalizeName(name), types, cancellationToken);
    }

    /// <summary>The principal of this name, or the one that has this address, where some types are meant; null when there is none.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c> where that is unknown; <c>RejectedByClient</c> where it stands for two.</exception>
    public async Task<MailPrincipal?> FindAsync(string identity, IReadOnlyCollection<PrincipalType> types, CancellationToken cancellationToken)
    {
        string[] spellings = [.. MailAddress.GetSpellings(identity)];
        MailServerException? unknown = null;
        foreach (string name in spellings)
        {
            try
            {
                if (await FindNamedAsync(name, types, cancellationToken).ConfigureAwait(false) is { } named)
                {
                    await ThrowIfAmbiguousAsync(named, identity, cancellationToken).ConfigureAwait(false);
                    return named;
                }
            }
            catch (MailServerException e) when (UnreadParts.IsUnknownName(e))
            {
                unknown ??= e;
            }
        }

        foreach (string address in spellings.Where(name => name.Contains('@', StringComparison.Ordinal)))
        {
            try
            {
                if (await directory.FindByAddressAsync(address.Trim(), cancellationToken).ConfigureAwait(false) is { } owner)
                {
                    return owner;
                }
            }
            catch (MailServerException e) when (UnreadParts.IsUnknownName(e))
            {
                unknown ??= e;
            }
        }

        return unknown is null ? null : throw unknown;
    }

    /// <summary>What a member stands for: a principal, or an address outside this server.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when it is neither.</exception>
    public async Task<MemberReference> ResolveMemberAsync(string member, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(member);
        string item = MailAddress.Unwrap(member).ToLowerInvariant();
        MailPrincipal? found = await FindAsync(item, [], cancellationToken).ConfigureAwait(false);
        string? owner = found is { } principal && principal.Type != PrincipalType.Domain ? principal.Name : null;
        bool isLocal = owner is null && item.Contains('@', StringComparison.Ordinal)
            && await FindAsync(MailAddress.GetDomain(item), [PrincipalType.Domain], cancellationToken).ConfigureAwait(false) is { Kind.Word: "domain" };
        return MemberReference.Decide(item, owner, _ => isLocal) ?? throw new MailServerException(
            MailErrorCode.NotFound, Operations.GetPrincipal, $"'{member}' is neither a name nor an address of this server, nor an address elsewhere.")
        { Item = member };
    }

    // One may be named like the address of another one: which of them is meant, nobody knows.
    private async Task ThrowIfAmbiguousAsync(MailPrincipal named, string identity, CancellationToken cancellationToken)
    {
        string address = identity.Trim();
        if (address.IndexOf('@', StringComparison.Ordinal) <= 0 || named.Email?.Contains(address, MailAddress.Comparer) != false)
        {
            return;
        }
        if (await directory.FindByAddressAsync(address, cancellationToken).ConfigureAwait(false) is { } owner && owner.Name != named.Name)
        {
            throw MailServerException.CreateRefusal(
                Operations.GetPrincipal, PrincipalField.Name,
                $"'{address}' is the name of one principal and an address of another, '{owner.Name}'. Specify that one by its name, or the other as an object: Get-MailPrincipal -Type {named.Type} | Where-Object Name -eq '{named.Name}'");
        }
    }
}
