using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Deletes principals, and takes from domains what they would give to whoever gets the address next.</summary>
internal sealed class JmapPrincipalDeletion(DirectoryNames names, JmapLookup lookup, JmapPrincipalSearch search, JmapDirectoryWrites writes, JmapCatchAllWrites catchAlls, JmapKeys keys)
{
    /// <summary>Deletes the principal.</summary>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (JmapKeyName.IsOfKey(name))
        {
            await keys.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
            return;
        }
        // What the name stands for is read just now: an id that was read before may be of another object since.
        FoundObject found = await lookup.GetAsync(name, [], cancellationToken).ConfigureAwait(false);
        MailPrincipal? holder = JmapName.HasAddress(found.Kind) ? await search.ReadAsync(found, withMemberships: false, cancellationToken).ConfigureAwait(false) : null;
        try
        {
            await writes.ApplyAsync(new SetOrder(found.Type.Name, [SetChange.Destroy(found.Id)]), $"Deleting '{found.Name}'", cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.InUse)
        {
            throw e.WithItem(found.Name);
        }
        names.Forget(found.Kind);
        if (holder is { CatchAll.Count: > 0 })
        {
            // Whoever gets the address next would get that mail too.
            await catchAlls.ApplyAsync($"'{found.Name}' was deleted, but", found.Name, [], holder.Email!, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Where the address of a principal stays when it is deleted, in a sentence; null for nowhere, as far as is known.</summary>
    public static string? FindWarning(MailPrincipal principal) => principal.List is not { Count: > 0 } lists ? FindUnknown(principal)
        : $"Also when it is deleted, '{principal.Name}' stays on {string.Join(", ", lists.Select(list => $"'{list}'"))}: mail to them waits for an address that nobody has, or reaches whoever gets it next. Take it off: Set-MailPrincipal '{lists[0]}' -RemoveMember '{principal.Name}'.";

    private static string? FindUnknown(MailPrincipal principal)
    {
        string[] places = [.. principal.IsUnknown(nameof(MailPrincipal.List)) ? ["is on mailing lists"] : Array.Empty<string>(), .. principal.IsUnknown(nameof(MailPrincipal.CatchAll)) ? ["gets the mail for addresses that nobody has"] : Array.Empty<string>()];
        return places.Length == 0 ? null
            : $"Whether '{principal.Name}' still {string.Join(" or ", places)} is unknown: mail for it would wait for an address that nobody has, or reach whoever gets it next. {string.Join(' ', UnreadParts.Explain(principal))}";
    }
}
