using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Changes principals: the object itself, and then what other objects hold of it. A lost answer is resolved by a look.</summary>
internal sealed class JmapPrincipalUpdate(
    JmapChannel channel, DirectoryNames names, JmapReferences references, JmapLookup lookup, JmapPrincipalSearch search, JmapTakenNames takenNames, JmapDirectoryWrites writes, JmapMembershipWrites memberships, JmapCatchAllWrites catchAlls, JmapKeys keys)
{
    /// <summary>Applies changes, all or none of those of the object itself.</summary>
    /// <param name="name">The name, in lower case.</param>
    /// <param name="changes">The steps, in order.</param>
    /// <param name="secret">The password that the account is to have; null = it stays.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException"><c>OutcomeUnknown</c> when no look could tell.</exception>
    public async Task ApplyAsync(string name, IReadOnlyList<PrincipalChange> changes, string? secret, CancellationToken cancellationToken)
    {
        if (JmapKeyName.IsOfKey(name))
        {
            JmapFields.Check(PrincipalType.ApiKey, secret is null ? changes : [.. changes, PrincipalChange.Add(PrincipalField.Secrets, secret)]);
            await keys.UpdateAsync(name, changes, cancellationToken).ConfigureAwait(false);
            return;
        }
        FoundObject found = await lookup.GetAsync(name, [], cancellationToken).ConfigureAwait(false);
        JmapFields.Check(found.Kind, changes);
        if (changes.LastOrDefault(change => change.Field == PrincipalField.Name)?.Text is { } newName)
        {
            await takenNames.CheckAsync(found.Kind, newName, found.Id, cancellationToken).ConfigureAwait(false);
        }
        await CheckMembersAsync(found, changes, cancellationToken).ConfigureAwait(false);
        ILookup<bool, PrincipalChange> parts = changes.ToLookup(change => JmapMembershipWrites.IsOfOthers(found.Kind, change.Field));
        MailPrincipal principal = await search.ReadAsync(found, JmapMembershipWrites.NeedCurrent(parts[true]), cancellationToken).ConfigureAwait(false);
        UnknownFields.ThrowIfNeeded(principal, changes);
        IReadOnlyList<string> former = StoredFields.GetItems(principal, PrincipalField.Emails);
        IReadOnlyList<string> emails = JmapAddresses.Of(principal).Apply(principal.Name, parts[false]).Enabled;
        await catchAlls.CheckAsync(emails.Except(former, MailAddress.Comparer), [.. former, .. emails], cancellationToken).ConfigureAwait(false);
        JmapPatch patch = await CreatePatchAsync(found, principal, [.. parts[false]], secret, cancellationToken).ConfigureAwait(false);
        if (!patch.IsEmpty)
        {
            await writes.ApplyAsync(
                new SetOrder(found.Type.Name, [SetChange.Update(found.Id, patch.Write)])
                {
                    Secrets = secret is null ? [] : [secret],
                    FindDoneAsync = (updates, look) => FindUpdatedAsync(found, [.. parts[false]], secret, updates[0], look),
                },
                $"Changing '{found.Name}'",
                cancellationToken).ConfigureAwait(false);
            names.Forget(found.Kind);
            WarnOfRoles(found, principal, [.. parts[false].Where(change => change.Field == PrincipalField.Roles)]);
        }
        WarnOfCatchAll(principal, parts[false]);
        await memberships.ChangeAsync(found, principal, [.. parts[true]], cancellationToken).ConfigureAwait(false);
        if (former.Concat(emails).Any(MailAddress.IsCatchAll))
        {
            // Domains name it by its address: with a new one they would send the mail nowhere.
            string address = GetNewAddress(found.Name, parts[false].LastOrDefault(change => change.Field == PrincipalField.Name)?.Text);
            await catchAlls.ApplyAsync($"'{found.Name}' itself is as wanted, but", address, [address, .. emails.Where(email => !MailAddress.Comparer.Equals(email, found.Name))], former, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What a principal loses with its name, in a sentence; null for one that loses nothing.</summary>
    public static string? FindRenameWarning(PrincipalType kind, string name) => kind == PrincipalType.Domain
        ? $"With another name of '{name}' all its accounts, groups and lists have other addresses: mail to the old ones is refused unless '{name}' becomes an alias of the domain, people sign in with the new ones, and what holds the old ones, such as mailing lists, still does."
        : !JmapName.HasAddress(kind) ? null
        : $"With another name '{name}' is no address of it: mail to it is refused, unless -AddEmail {name} makes it one, and mailing lists that hold it still do."
            + (kind == PrincipalType.Individual ? " By the old one it can sign in for up to an hour." : "");

    private void WarnOfRoles(FoundObject found, MailPrincipal principal, PrincipalChange[] changes)
    {
        if (changes.Length > 0
            && JmapRoles.FindWarning(found.Kind, found.Name, JmapPrincipalPatch.Apply(StoredFields.GetItems(principal, PrincipalField.Roles), changes, StringComparer.OrdinalIgnoreCase)) is { } warning)
        {
            channel.Warn(warning);
        }
    }

    private void WarnOfCatchAll(MailPrincipal principal, IEnumerable<PrincipalChange> changes)
    {
        if (principal.IsUnknown(nameof(MailPrincipal.CatchAll)) && changes.Any(change => change.Field == PrincipalField.Name))
        {
            channel.Warn($"Whether '{principal.Name}' gets the mail for addresses that nobody has is unknown: by the new name it would not. {string.Join(' ', UnreadParts.Explain(principal))}");
        }
    }

    // The members of a group are written last: what cannot be one is refused before anything is sent.
    private async Task CheckMembersAsync(FoundObject container, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        foreach (PrincipalReference member in PrincipalReference.Get(changes).Where(reference => reference.Field == PrincipalField.Members && container.Kind == PrincipalType.Group))
        {
            // What is known may be old: only what is there now is an error.
            if (await references.IsKnownAsync(NamedKind.Group, member.Name, cancellationToken).ConfigureAwait(false) == true
                && (await lookup.GetAsync(member.Name, DirectoryType.Account, cancellationToken).ConfigureAwait(false)).Kind is var kind && !JmapFields.CanBeMember(container.Kind, kind))
            {
                throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Members, TypeFields.FormatMemberError(container.Kind, member.Name, kind));
            }
        }
    }

    private static string GetNewAddress(string current, string? newName) => newName is null ? current
        : newName.Contains('@', StringComparison.Ordinal) ? newName.ToLowerInvariant()
        : $"{newName.ToLowerInvariant()}@{MailAddress.GetDomain(current)}";

    private async Task<JmapPatch> CreatePatchAsync(FoundObject found, MailPrincipal principal, IReadOnlyList<PrincipalChange> changes, string? secret, CancellationToken cancellationToken)
    {
        JmapPatch patch = await new JmapPrincipalPatch(references, found, principal).CreateAsync(changes, cancellationToken).ConfigureAwait(false);
        if (secret is not null)
        {
            JmapPassword.Set(patch, found.Item, secret);
        }
        return patch;
    }

    // A password does not show.
    private async Task<IReadOnlyDictionary<SetChange, string>> FindUpdatedAsync(
        FoundObject before, IReadOnlyList<PrincipalChange> changes, string? secret, SetChange update, CancellationToken cancellationToken)
    {
        GetAnswer<FoundObject> now = await channel.GetAsync(before.Type.Name, [before.Id], item => FoundObject.Create(before.Type, item), cancellationToken, before.Type.GetProperties([])).ConfigureAwait(false);
        if (secret is not null || now.Items is not [var found])
        {
            return new Dictionary<SetChange, string>();
        }
        MailPrincipal principal = await search.ReadAsync(found, withMemberships: false, cancellationToken).ConfigureAwait(false);
        JmapPatch left = await CreatePatchAsync(found, principal, changes, null, cancellationToken).ConfigureAwait(false);
        return left.IsEmpty ? new Dictionary<SetChange, string> { [update] = before.Id } : new Dictionary<SetChange, string>();
    }
}
