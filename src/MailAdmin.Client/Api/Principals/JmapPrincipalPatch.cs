namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// What changes make different about an object: what is as it should be already is left out, so that nothing is left where all has been done. Read anew, the
/// object so shows whether changes whose answer was lost are in force.
/// </summary>
/// <param name="references">Finds the ids of what changes name.</param>
/// <param name="found">The object as it is.</param>
/// <param name="principal">The same as a principal.</param>
internal sealed class JmapPrincipalPatch(JmapReferences references, FoundObject found, MailPrincipal principal)
{
    private readonly JmapPatch _patch = new();

    // With which the addresses begin.
    private string _name = principal.Name;

    /// <summary>The patch.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> for a domain, a group, a role or a tenant that is not there; <c>RejectedByClient</c> for what cannot be.</exception>
    public async Task<JmapPatch> CreateAsync(IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        _name = changes.LastOrDefault(change => change.Field == PrincipalField.Name)?.Text is { } name && JmapName.HasAddress(principal.Kind) ? Complete(name) : principal.Name;
        foreach (IGrouping<string, PrincipalChange> field in changes.GroupBy(GetValue))
        {
            await AddAsync(field.Key, [.. field], cancellationToken).ConfigureAwait(false);
        }
        return _patch;
    }

    /// <summary>The items of a list field after changes, in the order of the server.</summary>
    public static IReadOnlyList<string> Apply(IEnumerable<string> items, IEnumerable<PrincipalChange> changes, IEqualityComparer<string> comparer)
    {
        List<string> list = [.. items];
        foreach (PrincipalChange change in changes)
        {
            switch (change.Action)
            {
                case PrincipalAction.Set:
                    list = [.. change.Items ?? (change.Text is { Length: > 0 } text ? [text] : [])];
                    break;
                case PrincipalAction.RemoveItem:
                    list.RemoveAll(item => comparer.Equals(item, change.Text));
                    break;
                default:
                    if (!list.Contains(change.Text!, comparer))
                    {
                        list.Add(change.Text!);
                    }
                    break;
            }
        }
        return list;
    }

    private IReadOnlyList<string> Get(string field) => StoredFields.GetItems(principal, field);

    // Two fields of ours may be one value of the server's.
    private static string GetValue(PrincipalChange change) => change.Field switch
    {
        PrincipalField.DisabledPermissions => PrincipalField.EnabledPermissions,
        PrincipalField.DisabledEmails => PrincipalField.Emails,
        PrincipalField.ExternalMembers => PrincipalField.Members,
        var field => field,
    };

    private Task AddAsync(string field, PrincipalChange[] changes, CancellationToken cancellationToken) => field switch
    {
        PrincipalField.Name => RenameAsync(changes[^1].Text!, cancellationToken),
        PrincipalField.Description => SetText("description", principal.Description, changes[^1].Text),
        PrincipalField.Locale => SetLocale(changes[^1].Text),
        PrincipalField.Quota => SetQuota(changes[^1].Number ?? 0),
        PrincipalField.Emails => SetAddressesAsync(changes, cancellationToken),
        PrincipalField.MemberOf => SetGroupsAsync(changes, cancellationToken),
        PrincipalField.Roles => SetRolesAsync(changes, cancellationToken),
        PrincipalField.EnabledPermissions => SetPermissions(changes),
        PrincipalField.Members => SetRecipients(changes),
        PrincipalField.Urls => SetUrls(changes),
        PrincipalField.Tenant => SetTenantAsync(changes[^1].Text, cancellationToken),
        // It has none to clear, and another one is refused before.
        PrincipalField.Picture => Task.CompletedTask,
        _ => throw MailServerException.CreateRefusal(Operations.CallJmap, field, $"'{field}' cannot be changed."),
    };

    private async Task RenameAsync(string name, CancellationToken cancellationToken)
    {
        if (JmapName.GetStored(principal.Kind, name) == principal.Name)
        {
            return;
        }
        if (!JmapName.HasAddress(principal.Kind))
        {
            _patch.Set(found.Type.NameProperties[^1], name);
            return;
        }
        (string oldLocal, string oldDomain) = JmapName.Split(principal.Name);
        (string local, string domain) = JmapName.Split(_name);
        if (!string.Equals(local, oldLocal, StringComparison.OrdinalIgnoreCase))
        {
            _patch.Set("name", local.ToLowerInvariant());
        }
        if (!string.Equals(domain, oldDomain, StringComparison.OrdinalIgnoreCase))
        {
            _patch.Set("domainId", await references.GetIdAsync(NamedKind.Domain, PrincipalField.Emails, domain, cancellationToken).ConfigureAwait(false));
        }
    }

    // A name alone stays in its domain.
    private string Complete(string name) => name.Contains('@', StringComparison.Ordinal) ? name : $"{name}@{JmapName.Split(principal.Name).Domain}";

    private Task SetText(string property, string? current, string? text)
    {
        if ((current ?? "") != (text ?? ""))
        {
            _patch.Set(property, string.IsNullOrEmpty(text) ? null : text);
        }
        return Task.CompletedTask;
    }

    private Task SetLocale(string? locale) => string.IsNullOrEmpty(locale) && principal.Locale is { } current
        ? throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Locale, $"From 0.16 on an account always has a locale, and that of '{principal.Name}' is {current}. Give it another one, such as -Locale en_US.")
        : SetText("locale", principal.Locale, locale);

    private Task SetQuota(ulong bytes)
    {
        if ((ulong)(principal.Quota ?? 0) != bytes)
        {
            _patch.Set($"quotas/{JmapPrincipalReader.StorageQuota}", bytes == 0 ? null : checked((long)bytes));
        }
        return Task.CompletedTask;
    }

    private async Task SetAddressesAsync(PrincipalChange[] changes, CancellationToken cancellationToken)
    {
        var current = JmapAddresses.Of(principal);
        // The old name is no address beside the new one, unless the changes make it one.
        JmapAddresses begun = current with { Enabled = [.. current.Enabled.Select(address => MailAddress.Comparer.Equals(address, principal.Name) ? _name : address).Distinct(MailAddress.Comparer)] };
        JmapAddresses wanted = begun.Apply(_name, changes);
        // Those of the domains are written with the domains.
        string[] own = [.. wanted.Enabled.Where(address => !MailAddress.IsCatchAll(address))];
        if (own.Length == 0 || !MailAddress.Comparer.Equals(own[0], _name))
        {
            throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Emails,
                $"The first address of '{_name}' is its name, from 0.16 on, and stays. To give it another one that nobody has, rename it: -NewName {(own.Length == 0 ? "jane.doe@example.org" : own[0])}; the old address goes with that, unless it is added again.");
        }
        string[] former = [.. current.Enabled.Where(address => !MailAddress.IsCatchAll(address))];
        if (own.Skip(1).SequenceEqual(former.Skip(1), MailAddress.Comparer) && wanted.Disabled.SequenceEqual(current.Disabled, MailAddress.Comparer))
        {
            return;
        }
        Dictionary<string, JmapAlias> stored = FindAliases([.. former.Skip(1)], current.Disabled);
        var aliases = new List<JmapAlias>();
        foreach ((string address, bool isEnabled) in own.Skip(1).Select(address => (address, true)).Concat(wanted.Disabled.Select(address => (address, false))))
        {
            aliases.Add(stored.TryGetValue(MailAddress.ToComparable(address), out JmapAlias? same) ? same with { IsEnabled = isEnabled } : await CreateAliasAsync(address, isEnabled, cancellationToken).ConfigureAwait(false));
        }
        // All of them: a place in the list is not an identity, since the others move up when one goes.
        _patch.Set("aliases", writer => JmapAlias.Write(writer, aliases));
    }

    // The addresses of the principal are in the order of the server's list.
    private Dictionary<string, JmapAlias> FindAliases(IReadOnlyList<string> enabled, IReadOnlyList<string> disabled)
    {
        ILookup<bool, JmapAlias> stored = JmapAlias.Read(found.Item).ToLookup(alias => alias.IsEnabled);
        var known = new Dictionary<string, JmapAlias>(StringComparer.Ordinal);
        foreach ((string address, JmapAlias alias) in enabled.Zip(stored[true]).Concat(disabled.Zip(stored[false])))
        {
            known.TryAdd(MailAddress.ToComparable(address), alias);
        }
        return known;
    }

    private async Task<JmapAlias> CreateAliasAsync(string address, bool isEnabled, CancellationToken cancellationToken)
    {
        (string local, string domain) = JmapName.Split(address);
        return new JmapAlias(local.ToLowerInvariant(), await references.GetIdAsync(NamedKind.Domain, PrincipalField.Emails, domain, cancellationToken).ConfigureAwait(false), isEnabled);
    }

    private async Task SetGroupsAsync(PrincipalChange[] changes, CancellationToken cancellationToken)
    {
        foreach (PrincipalChange change in changes)
        {
            bool isAdded = change.Action == PrincipalAction.AddItem;
            if (StoredFields.IsUnknown(principal, PrincipalField.MemberOf) || Get(PrincipalField.MemberOf).Contains(change.Text!, MailAddress.Comparer) != isAdded)
            {
                _patch.SetElement("memberGroupIds", await references.GetIdAsync(NamedKind.Group, PrincipalField.MemberOf, change.Text!, cancellationToken).ConfigureAwait(false), isAdded);
            }
        }
    }

    private async Task SetRolesAsync(PrincipalChange[] changes, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> current = Get(PrincipalField.Roles);
        IReadOnlyList<string> wanted = Apply(current, changes, StringComparer.OrdinalIgnoreCase);
        if (new HashSet<string>(current, StringComparer.OrdinalIgnoreCase).SetEquals(wanted))
        {
            return;
        }
        if (found.Type == DirectoryType.Role)
        {
            IReadOnlyList<string> contained = await references.GetRoleIdsAsync(wanted, cancellationToken).ConfigureAwait(false);
            _patch.Set("roleIds", writer => JmapValues.WriteSet(writer, contained));
            return;
        }
        string variant = JmapRoles.GetVariant(principal.Kind, wanted);
        IReadOnlyList<string> ids = variant == JmapRoles.Custom ? await references.GetRoleIdsAsync(wanted, cancellationToken).ConfigureAwait(false) : [];
        _patch.Set("roles", writer => JmapRoles.Write(writer, variant, ids));
    }

    private Task SetPermissions(PrincipalChange[] changes)
    {
        (IReadOnlyList<string> enabled, bool isOtherEnabled) = ApplyPermissions(PrincipalField.EnabledPermissions, changes);
        (IReadOnlyList<string> disabled, bool isOtherDisabled) = ApplyPermissions(PrincipalField.DisabledPermissions, changes);
        if (found.Type == DirectoryType.Role)
        {
            SetElements(PrincipalField.EnabledPermissions, Get(PrincipalField.EnabledPermissions), enabled);
            SetElements(PrincipalField.DisabledPermissions, Get(PrincipalField.DisabledPermissions), disabled);
        }
        else if (isOtherEnabled || isOtherDisabled)
        {
            bool replaces = JmapPermissions.Replaces(found.Item);
            _patch.Set("permissions", writer => JmapPermissions.Write(writer, replaces, enabled, disabled));
        }
        return Task.CompletedTask;
    }

    private (IReadOnlyList<string> Wanted, bool IsOther) ApplyPermissions(string field, PrincipalChange[] changes)
    {
        IReadOnlyList<string> current = StoredFields.GetItems(principal, field);
        IReadOnlyList<string> wanted = Apply(current, changes.Where(change => change.Field == field), StringComparer.Ordinal);
        return (wanted, !current.ToHashSet(StringComparer.Ordinal).SetEquals(wanted));
    }

    // Whatever is in the list, as a member or as an address elsewhere, is one set.
    private Task SetRecipients(PrincipalChange[] changes)
    {
        if (StoredFields.IsUnknown(principal, PrincipalField.Members))
        {
            // Which of them are elsewhere is not known, and makes no difference to one that is added or removed.
            string[] all = [.. found.Item.GetProperty(JmapMembership.Recipients).EnumerateObject().Select(recipient => recipient.Name)];
            SetElements(JmapMembership.Recipients, all, Apply(all, changes, MailAddress.Comparer));
            return Task.CompletedTask;
        }
        IReadOnlyList<string> current = [.. Get(PrincipalField.Members), .. Get(PrincipalField.ExternalMembers)];
        IReadOnlyList<string> members = Apply(Get(PrincipalField.Members), changes.Where(change => change.Field == PrincipalField.Members), MailAddress.Comparer);
        IReadOnlyList<string> externals = Apply(Get(PrincipalField.ExternalMembers), changes.Where(change => change.Field == PrincipalField.ExternalMembers), MailAddress.Comparer);
        SetElements("recipients", current, [.. members.Union(externals, MailAddress.Comparer)]);
        return Task.CompletedTask;
    }

    private Task SetUrls(PrincipalChange[] changes)
    {
        IReadOnlyList<string> current = Get(PrincipalField.Urls);
        SetElements("redirectUris", current, Apply(current, changes, StringComparer.Ordinal));
        return Task.CompletedTask;
    }

    private void SetElements(string property, IReadOnlyList<string> current, IReadOnlyList<string> wanted)
    {
        foreach (string added in wanted.Except(current))
        {
            _patch.SetElement(property, added, isIn: true);
        }
        foreach (string removed in current.Except(wanted))
        {
            _patch.SetElement(property, removed, isIn: false);
        }
    }

    private async Task SetTenantAsync(string? name, CancellationToken cancellationToken)
    {
        if (StoredFields.IsUnknown(principal, PrincipalField.Tenant) || !string.Equals(name ?? "", principal.Tenant ?? "", StringComparison.OrdinalIgnoreCase))
        {
            _patch.Set("memberTenantId", string.IsNullOrEmpty(name) ? null : await references.GetIdAsync(NamedKind.Tenant, PrincipalField.Tenant, name, cancellationToken).ConfigureAwait(false));
        }
    }
}
