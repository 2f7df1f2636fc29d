namespace MailAdmin.Client.Api.Principals;

/// <summary>Finds how the server spells a domain of another alphabet: it compares bytes, and <c>müller.example</c> and <c>xn--mller-kva.example</c> are one domain.</summary>
internal sealed class DomainLookup(IDirectory directory)
{
    private readonly Dictionary<string, string?> _found = new(StringComparer.Ordinal);

    /// <summary>The server's spelling; null where the domain has one spelling alone, where the server has neither, and for an account that may not look.</summary>
    public async Task<string?> FindAsync(string domain, CancellationToken cancellationToken)
    {
        if (DomainName.GetOtherSpelling(domain) is not { } other)
        {
            return null;
        }
        if (!_found.TryGetValue(domain, out string? spelling))
        {
            string given = domain.ToLowerInvariant().Normalize();
            spelling = await IsDomainAsync(given, cancellationToken).ConfigureAwait(false) ? given
                : await IsDomainAsync(other, cancellationToken).ConfigureAwait(false) ? other
                : null;
            _found.Add(domain, spelling);
        }
        return spelling;
    }

    /// <summary>The address with its domain as the server spells it; as it is where the server has neither spelling.</summary>
    public async Task<string> RespellAsync(string address, CancellationToken cancellationToken)
    {
        int at = address.LastIndexOf('@');
        return at >= 0 && await FindAsync(address[(at + 1)..], cancellationToken).ConfigureAwait(false) is { } spelling ? address[..(at + 1)] + spelling : address;
    }

    /// <summary>Each address so spelt, once.</summary>
    public async Task<IReadOnlyList<string>> RespellAllAsync(IReadOnlyList<string> addresses, CancellationToken cancellationToken)
    {
        var respelled = new List<string>(addresses.Count);
        bool hasChanged = false;
        foreach (string address in addresses)
        {
            string spelling = await RespellAsync(address, cancellationToken).ConfigureAwait(false);
            hasChanged |= spelling != address;
            respelled.Add(spelling);
        }
        return hasChanged ? [.. respelled.Distinct(StringComparer.OrdinalIgnoreCase)] : addresses;
    }

    private async Task<bool> IsDomainAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await directory.GetOrNullAsync(name, [PrincipalType.Domain], cancellationToken).ConfigureAwait(false))?.Type == PrincipalType.Domain;
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return false;
        }
    }
}
