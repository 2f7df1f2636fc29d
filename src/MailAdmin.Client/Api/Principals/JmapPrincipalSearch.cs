using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Finds principals by their names and addresses, and reads them whole.</summary>
internal sealed class JmapPrincipalSearch(JmapChannel channel, JmapPrincipalLists lists, JmapLookup lookup, JmapRecipients recipients, JmapKeys keys, JmapCatchAllWrites catchAlls)
{
    /// <summary>The principal of exactly this name, in lower case.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>Forbidden</c> where that is unknown.</exception>
    public async Task<MailPrincipal> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (JmapKeyName.IsOfKey(name))
        {
            return await keys.GetAsync(name, cancellationToken).ConfigureAwait(false);
        }
        return await GetAsync(name, [], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The principal of exactly this name where some types are meant; null if there is none.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c> where that is unknown.</exception>
    public async Task<MailPrincipal?> GetOrNullAsync(string name, IReadOnlyCollection<PrincipalType> meant, CancellationToken cancellationToken)
    {
        try
        {
            return JmapKeyName.IsOfKey(name) ? await keys.GetAsync(name, cancellationToken).ConfigureAwait(false) : await GetAsync(name, meant, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The principal that has this address, first or not; null if there is none.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c> where that is unknown.</exception>
    public async Task<MailPrincipal?> FindByAddressAsync(string address, CancellationToken cancellationToken)
    {
        if (JmapKeyName.IsOfKey(address))
        {
            return null;
        }
        if (MailAddress.IsCatchAll(address))
        {
            return await catchAlls.FindHolderAsync(address, cancellationToken).ConfigureAwait(false) is { } holder && !MailAddress.IsCatchAll(holder)
                ? await GetOrNullAsync(holder.ToLowerInvariant(), [], cancellationToken).ConfigureAwait(false) ?? await FindByAddressAsync(holder, cancellationToken).ConfigureAwait(false)
                : null;
        }
        (IReadOnlyList<FoundObject> candidates, IReadOnlyList<UnreadSource> unread) = await lookup.FindCandidatesAsync(address, cancellationToken).ConfigureAwait(false);
        var unknown = unread.ToList();
        string local = MailAddress.GetLocalPart(address);
        foreach (FoundObject candidate in candidates)
        {
            MailPrincipal principal = await lists.ReadAsync(candidate.Type, [], candidate.Item, cancellationToken).ConfigureAwait(false);
            // One that is switched off is taken, too.
            if (principal.Email!.Concat(principal.DisabledEmail!).Contains(address, MailAddress.Comparer))
            {
                return await ReadAsync(candidate, withMemberships: true, cancellationToken).ConfigureAwait(false);
            }
            // It has one that begins so, in a domain that is not known.
            if (JmapAlias.Read(candidate.Item).Any(alias => string.Equals(alias.Name, local, StringComparison.OrdinalIgnoreCase)))
            {
                unknown.AddRange(principal.Unknown.Where(part => part.Property is nameof(MailPrincipal.Email) or nameof(MailPrincipal.DisabledEmail)).Select(part => part.Source!));
            }
        }
        return unknown.Count == 0 ? null : throw UnreadParts.CreateError(unknown, $"Whose the address '{address}' is, is unknown.", item: address);
    }

    /// <summary>A found object as a principal.</summary>
    /// <param name="found">The object.</param>
    /// <param name="withMemberships">Whether what other objects hold of it is read, too.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async Task<MailPrincipal> ReadAsync(FoundObject found, bool withMemberships, CancellationToken cancellationToken)
    {
        MailPrincipal principal = await lists.ReadAsync(found.Type, [], found.Item, cancellationToken).ConfigureAwait(false);
        if (withMemberships)
        {
            await new JmapMemberships(channel, recipients, []).CompleteAsync(principal, cancellationToken).ConfigureAwait(false);
        }
        return principal;
    }

    private async Task<MailPrincipal> GetAsync(string name, IReadOnlyCollection<PrincipalType> meant, CancellationToken cancellationToken)
    {
        FoundObject found = await lookup.GetAsync(name, meant, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(found, withMemberships: true, cancellationToken).ConfigureAwait(false);
    }
}
