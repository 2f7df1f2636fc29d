using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Api.Credentials;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The principals of a server from 0.16 on: objects of six types, and the API keys within accounts (docs/api-0.16.md §8.2).</summary>
internal sealed class JmapDirectory : IDirectory
{
    private readonly JmapChannel _channel;
    private readonly ServerInfo? _server;
    private readonly Func<string, int>? _scorePassword;
    private readonly DirectoryNames _names;
    private readonly JmapPrincipalLists _lists;
    private readonly JmapLookup _lookup;
    private readonly JmapReferences _references;
    private readonly JmapMembershipWrites _memberships;
    private readonly JmapRecipients _recipients;
    private readonly JmapDomainNames _domainNames;
    private readonly JmapDirectoryWrites _writes;
    private readonly JmapCatchAllWrites _catchAlls;
    private readonly JmapPasswordRule _passwordRule;
    private readonly KeyedLocks _keyLocks;
    private readonly JmapKeys _keys;
    private readonly bool _isOfBatch;
    private Task<PasswordRule?>? _readPasswordRule;
    private int _createdCount;

    public JmapDirectory(JmapChannel channel, ServerInfo? server, Func<string, int>? scorePassword)
        : this(channel, server, scorePassword, new DirectoryNames(channel), new KeyedLocks(), isOfBatch: false)
    {
    }

    private JmapDirectory(JmapChannel channel, ServerInfo? server, Func<string, int>? scorePassword, DirectoryNames names, KeyedLocks keyLocks, bool isOfBatch)
    {
        (_channel, _server, _scorePassword, _names, _keyLocks, _isOfBatch) = (channel, server, scorePassword, names, keyLocks, isOfBatch);
        _passwordRule = new JmapPasswordRule(channel, server, scorePassword);
        _lists = new JmapPrincipalLists(channel, names);
        _lookup = new JmapLookup(channel, names);
        _keys = new JmapKeys(channel, server, _lookup, keyLocks);
        _references = new JmapReferences(names);
        _writes = new JmapDirectoryWrites(channel);
        _memberships = new JmapMembershipWrites(channel, _lookup, _writes);
        _recipients = new JmapRecipients(channel);
        _domainNames = new JmapDomainNames(channel);
        _catchAlls = new JmapCatchAllWrites(channel, names, _writes);
    }

    public IReadOnlySet<PrincipalType>? ListableTypes => _server is null or { Permissions.Count: 0 } ? null : DirectoryType.All.Where(CanList).SelectMany(type => type.Kinds).ToHashSet();

    public IDirectory With(ApiChannel channel)
    {
        _names.ForgetUnread();
        return new JmapDirectory(_channel.With(channel), _server, _scorePassword, _names, _keyLocks, isOfBatch: true);
    }

    public async IAsyncEnumerable<MailPrincipal> ListAsync(PrincipalQuery query, Action<long>? onTotal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Nothing counts keys but to read them.
        if (onTotal is not null && (query.NeedsTotal || !GetTypes(query).Contains(DirectoryType.ApiKey)))
        {
            onTotal(await CountAsync(query, cancellationToken).ConfigureAwait(false));
        }
        long skipped = 0;
        long left = query.First ?? long.MaxValue;
        await foreach (MailPrincipal principal in ListAllAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (left == 0)
            {
                yield break;
            }
            if (skipped < query.Skip)
            {
                skipped++;
                continue;
            }
            left--;
            yield return principal;
        }
    }

    public async Task<long> CountAsync(PrincipalQuery query, CancellationToken cancellationToken)
    {
        if (query.Filter is not null)
        {
            long found = 0;
            await foreach (MailPrincipal _ in ListAllAsync(query, cancellationToken).ConfigureAwait(false))
            {
                found++;
            }
            return found;
        }
        DirectoryType[] types = [.. GetTypes(query)];
        long keys = types.Contains(DirectoryType.ApiKey) ? await CountKeysAsync(query, cancellationToken).ConfigureAwait(false) : 0;
        QueryCall[] counts = [.. await Task.WhenAll(types.Where(type => type != DirectoryType.ApiKey).Select(async type => new QueryCall(type.Name)
        {
            Filter = await CreateFilterAsync(type, query, cancellationToken).ConfigureAwait(false),
            Limit = 1,
            CalculatesTotal = true,
        })).ConfigureAwait(false)];
        await _channel.SendAsync(counts, cancellationToken).ConfigureAwait(false);
        return keys + counts.Sum(count => count.Result.Total!.Value);
    }

    private async Task<long> CountKeysAsync(PrincipalQuery query, CancellationToken cancellationToken)
    {
        long found = 0;
        await foreach (MailPrincipal _ in ListAsync(DirectoryType.ApiKey, query, [PrincipalField.Name], null, cancellationToken).ConfigureAwait(false))
        {
            found++;
        }
        return found;
    }

    public async Task<MailPrincipal> GetAsync(string name, CancellationToken cancellationToken)
    {
        if (JmapKeyName.IsOfKey(name))
        {
            return await _keys.GetAsync(name, cancellationToken).ConfigureAwait(false);
        }
        return await GetAsync(name, [], cancellationToken).ConfigureAwait(false);
    }

    public async Task<MailPrincipal?> GetOrNullAsync(string name, IReadOnlyCollection<PrincipalType> meant, CancellationToken cancellationToken)
    {
        try
        {
            return JmapKeyName.IsOfKey(name) ? await _keys.GetAsync(name, cancellationToken).ConfigureAwait(false) : await GetAsync(name, meant, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return null;
        }
    }

    private async Task<MailPrincipal> GetAsync(string name, IReadOnlyCollection<PrincipalType> meant, CancellationToken cancellationToken)
    {
        FoundObject found = await _lookup.GetAsync(name, meant, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(found, withMemberships: true, cancellationToken).ConfigureAwait(false);
    }

    public bool NamesAreAddresses => true;

    public bool KeepsWhatIsInUse => true;

    public IReadOnlyList<PrincipalType> Types { get; } = [.. PrincipalType.Known.Where(kind => DirectoryType.Find(kind) is not null)];

    public bool MakesApiKeys => true;

    public async Task CheckCreationAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        if (principal.Type == PrincipalType.ApiKey)
        {
            await _keys.CheckCreationAsync(principal, cancellationToken).ConfigureAwait(false);
            return;
        }
        await CheckNameIsFreeAsync(principal.Type, principal.Name, null, cancellationToken).ConfigureAwait(false);
    }

    public void CheckPermission(MailPrincipal principal, IReadOnlyList<PrincipalChange>? changes)
    {
        if (principal.Kind == PrincipalType.ApiKey)
        {
            _keys.CheckPermission(principal, changes is null ? "Destroy" : "Update");
        }
        else if (changes?.Any(change => !JmapMembershipWrites.IsOfOthers(principal.Kind, change.Field)) != false)
        {
            CheckPermission(principal.Kind, changes is null ? "Destroy" : "Update", $"to {(changes is null ? "delete" : "change")} '{principal.Name}'");
        }
        CheckPermissionOnOthers(principal.Kind, principal.Name, changes ?? []);
    }

    // What other objects hold of it takes the permission to change those.
    private void CheckPermissionOnOthers(PrincipalType kind, string name, IEnumerable<PrincipalChange> changes)
    {
        foreach (string field in changes.Select(change => change.Field).Distinct().Where(field => JmapMembershipWrites.IsOfOthers(kind, field)))
        {
            CheckPermission(field == PrincipalField.Lists ? PrincipalType.List : PrincipalType.Individual, "Update", $"to change the {(field == PrincipalField.Lists ? "mailing lists" : "members")} of '{name}'");
        }
    }

    // Whose a key is to be must be looked up.
    public void CheckPermission(NewPrincipal principal)
    {
        if (principal.Type != PrincipalType.ApiKey)
        {
            CheckPermission(principal.Type, "Create", $"to create '{principal.Name}'");
            CheckPermissionOnOthers(principal.Type, principal.Name, JmapMembershipWrites.GetChanges(principal));
        }
    }

    private void CheckPermission(PrincipalType kind, string verb, string action)
    {
        if (DirectoryType.Find(kind) is { } type)
        {
            _channel.Permissions.ThrowIfLacking([type.PermissionPrefix + verb], action);
        }
    }

    public async Task CheckNewNameAsync(MailPrincipal principal, string newName, CancellationToken cancellationToken)
    {
        await CheckNameIsFreeAsync(principal.Kind, newName, JmapId.FromNumber(principal.Id), cancellationToken).ConfigureAwait(false);
        if (JmapName.HasAddress(principal.Kind) && newName.Contains('@', StringComparison.Ordinal))
        {
            await _references.GetIdAsync(NamedKind.Domain, PrincipalField.Emails, MailAddress.GetDomain(newName), cancellationToken).ConfigureAwait(false);
        }
    }

    // The server itself refuses addresses of others and their own names as domains.
    private async Task CheckNameIsFreeAsync(PrincipalType kind, string name, string? ownId, CancellationToken cancellationToken)
    {
        if (kind == PrincipalType.Domain)
        {
            if (await _domainNames.FindTakenAsync([name], ownId, cancellationToken).ConfigureAwait(false) is { IsAlias: true } taken)
            {
                throw new MailServerException(MailErrorCode.AlreadyExists, Operations.CallJmap, $"The name '{name}' is taken: it is an alias of the domain '{taken.Domain}'.") { Field = PrincipalField.Name, Value = name };
            }
        }
        else if (!JmapName.HasAddress(kind) && DirectoryType.Find(kind) is { } type && type != DirectoryType.ApiKey && await _lookup.IsTakenAsync(type, name, ownId, cancellationToken).ConfigureAwait(false))
        {
            throw new MailServerException(MailErrorCode.AlreadyExists, Operations.CallJmap, $"The name '{name}' is taken.") { Field = PrincipalField.Name, Value = name };
        }
    }

    public Task<CreatedApiKey> CreateApiKeyAsync(NewPrincipal principal, CancellationToken cancellationToken) => _keys.CreateAsync(principal, cancellationToken);

    public NewPrincipal Normalize(NewPrincipal principal) => JmapName.Normalize(principal);

    public void Check(NewPrincipal principal) => JmapFields.Check(JmapName.Normalize(principal));

    public void Check(PrincipalType kind, IReadOnlyList<PrincipalChange> changes) => JmapFields.Check(kind, changes);

    public void Check(MailPrincipal principal, IReadOnlyList<PrincipalChange> changes)
    {
        if (principal.Kind == PrincipalType.ApiKey)
        {
            JmapKeys.Check(principal, changes);
        }
        else if (JmapName.HasAddress(principal.Kind))
        {
            UnknownFields.ThrowIfNeeded(principal, changes);
            JmapAddresses.Of(principal).Apply(principal.Name, changes);
        }
    }

    // The rows of one command are held to one rule.
    public Task<PasswordRule?> FindPasswordRuleAsync(CancellationToken cancellationToken) =>
        _isOfBatch ? _readPasswordRule ??= _passwordRule.FindAsync(cancellationToken) : _passwordRule.FindAsync(cancellationToken);

    public async Task<uint> CreateAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        NewPrincipal named = JmapName.Normalize(principal);
        DirectoryType type = DirectoryType.Find(named.Type) ?? throw JmapFields.CreateTypeError(named.Type);
        if (type == DirectoryType.ApiKey)
        {
            throw JmapFields.CreateKeyError();
        }
        if (named.Secret.Count > 1)
        {
            throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Secrets, "From 0.16 on an account has one password.");
        }
        await _catchAlls.CheckAsync(named.Email, named.Email, cancellationToken).ConfigureAwait(false);
        await CheckNameIsFreeAsync(named.Type, named.Name, null, cancellationToken).ConfigureAwait(false);
        named = await _references.ResolveAsync(named, cancellationToken).ConfigureAwait(false);
        Action<Utf8JsonWriter> write = await new JmapPrincipalWriter(_references).PrepareAsync(named, cancellationToken).ConfigureAwait(false);
        SetOutcome outcome = await _writes.ApplyAsync(
            new SetOrder(type.Name, [SetChange.Create(CreateCreationId(), write)])
            {
                Secrets = named.Secret,
                FindDoneAsync = (changes, look) => FindCreatedAsync(named, changes[0], look),
            },
            $"Creating '{named.Name}'",
            cancellationToken).ConfigureAwait(false);
        ForgetNames(named.Type);
        await CompleteCreationAsync(named, outcome.ObjectId!, cancellationToken).ConfigureAwait(false);
        return JmapId.ToNumber(outcome.ObjectId!);
    }

    public async Task<uint> ResolveCreationAsync(NewPrincipal principal, MailServerException unknown, CancellationToken cancellationToken)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            (NewPrincipal named, MailPrincipal? found) = await FindLostAsync(principal, unknown, cancellationToken).ConfigureAwait(false);
            if (found is not null)
            {
                await CompleteCreationAsync(named, JmapId.FromNumber(found.Id), cancellationToken).ConfigureAwait(false);
                return found.Id;
            }
            try
            {
                return await CreateAsync(principal, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e) when (OutcomeRules.IsNotReached(e))
            {
                // Not there a moment ago; but the first attempt may only have been slow.
                throw unknown;
            }
            catch (MailServerException e) when (isFirst && e.Code == MailErrorCode.AlreadyExists)
            {
                // It was slow.
            }
        }
    }

    // What was to be created, as the server names what it refers to, and what is there of it.
    private async Task<(NewPrincipal Named, MailPrincipal? Found)> FindLostAsync(NewPrincipal principal, MailServerException unknown, CancellationToken cancellationToken)
    {
        try
        {
            NewPrincipal named = await _references.ResolveAsync(JmapName.Normalize(principal), cancellationToken).ConfigureAwait(false);
            MailPrincipal? found = await ((IDirectory)this).GetOrNullAsync(named.Name, cancellationToken).ConfigureAwait(false);
            return found is null || IsCreated(named, found) ? (named, found) : throw PrincipalMatch.CreateNameTaken(named, unknown);
        }
        catch (MailServerException e) when (e.Code != MailErrorCode.AlreadyExists)
        {
            // Nobody could look.
            throw unknown;
        }
    }

    // What other objects hold of it: its lists, the members of a group, the catch-alls of domains.
    private async Task CompleteCreationAsync(NewPrincipal created, string id, CancellationToken cancellationToken)
    {
        // Of none the server gives that of users.
        if (created.Role.Count > 0)
        {
            WarnOfRoles(created.Type, created.Name, created.Role);
        }
        await _memberships.AddAsync(created, id, cancellationToken).ConfigureAwait(false);
        await _catchAlls.ApplyAsync($"'{created.Name}' was created, but", created.Name, created.Email, [], cancellationToken).ConfigureAwait(false);
    }

    // What other objects hold of it comes afterwards.
    private static bool IsCreated(NewPrincipal sent, MailPrincipal found) =>
        PrincipalMatch.IsSame(found, sent with { List = StoredFields.GetItems(found, PrincipalField.Lists), Email = KeepCatchAlls(sent.Email, found) });

    private static IReadOnlyList<string> KeepCatchAlls(IEnumerable<string> emails, MailPrincipal found) =>
        [.. emails.Where(address => !MailAddress.IsCatchAll(address)), .. StoredFields.GetItems(found, PrincipalField.Emails).Where(MailAddress.IsCatchAll)];

    public Task PatchAsync(string name, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken) => UpdateAsync(name, changes, null, cancellationToken);

    public Task SetPasswordAsync(string name, string hash, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken) => UpdateAsync(name, changes, hash, cancellationToken);

    public string? GetRenameWarning(MailPrincipal principal) => !JmapName.HasAddress(principal.Kind) ? null
        : $"With another name '{principal.Name}' is no address of it: mail to it is refused, unless -AddEmail {principal.Name} makes it one, and mailing lists that hold it still do."
            + (principal.Kind == PrincipalType.Individual ? " By the old one it can sign in for up to an hour." : "");

    public string? GetDeletionWarning(MailPrincipal principal) => principal.List is not { Count: > 0 } lists ? GetUnknownDeletionWarning(principal)
        : $"Also when it is deleted, '{principal.Name}' stays on {string.Join(", ", lists.Select(list => $"'{list}'"))}: mail to them waits for an address that nobody has, or reaches whoever gets it next. Take it off: Set-MailPrincipal '{lists[0]}' -RemoveMember '{principal.Name}'.";

    private static string? GetUnknownDeletionWarning(MailPrincipal principal)
    {
        string[] places = [.. principal.IsUnknown(nameof(MailPrincipal.List)) ? ["is on mailing lists"] : Array.Empty<string>(), .. principal.IsUnknown(nameof(MailPrincipal.CatchAll)) ? ["gets the mail for addresses that nobody has"] : Array.Empty<string>()];
        return places.Length == 0 ? null
            : $"Whether '{principal.Name}' still {string.Join(" or ", places)} is unknown: mail for it would wait for an address that nobody has, or reach whoever gets it next. {string.Join(' ', UnreadParts.Explain(principal))}";
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        if (JmapKeyName.IsOfKey(name))
        {
            await _keys.DeleteAsync(name, cancellationToken).ConfigureAwait(false);
            return;
        }
        // What the name stands for is read just now: an id that was read before may be of another object since.
        FoundObject found = await _lookup.GetAsync(name, [], cancellationToken).ConfigureAwait(false);
        MailPrincipal? holder = JmapName.HasAddress(found.Kind) ? await ReadAsync(found, withMemberships: false, cancellationToken).ConfigureAwait(false) : null;
        await _writes.ApplyAsync(new SetOrder(found.Type.Name, [SetChange.Destroy(found.Id)]), $"Deleting '{found.Name}'", cancellationToken).ConfigureAwait(false);
        ForgetNames(found.Kind);
        if (holder is { CatchAll.Count: > 0 })
        {
            // Whoever gets the address next would get that mail too.
            await _catchAlls.ApplyAsync($"'{found.Name}' was deleted, but", found.Name, [], holder.Email!, cancellationToken).ConfigureAwait(false);
        }
    }

    public bool CanBeMember(PrincipalType container, PrincipalType member) =>
        container == PrincipalType.Group ? member == PrincipalType.Individual : TypeFields.CanBeMember(container, member);

    // Groups cannot be in groups: only roles have others above and below them.
    public async ValueTask<bool> MayHaveMembersAsync(string name, CancellationToken cancellationToken) =>
        await _references.IsKnownAsync(NamedKind.Group, name, cancellationToken).ConfigureAwait(false) != false
        || await _references.IsKnownAsync(NamedKind.Role, name, cancellationToken).ConfigureAwait(false) != false;

    public async Task<MailPrincipal?> FindByAddressAsync(string address, CancellationToken cancellationToken)
    {
        if (JmapKeyName.IsOfKey(address))
        {
            return null;
        }
        if (MailAddress.IsCatchAll(address))
        {
            return await _catchAlls.FindHolderAsync(address, cancellationToken).ConfigureAwait(false) is { } holder && !MailAddress.IsCatchAll(holder)
                ? await ((IDirectory)this).GetOrNullAsync(holder.ToLowerInvariant(), cancellationToken).ConfigureAwait(false) ?? await FindByAddressAsync(holder, cancellationToken).ConfigureAwait(false)
                : null;
        }
        (IReadOnlyList<FoundObject> candidates, IReadOnlyList<UnreadSource> unread) = await _lookup.FindCandidatesAsync(address, cancellationToken).ConfigureAwait(false);
        var unknown = unread.ToList();
        string local = MailAddress.GetLocalPart(address);
        foreach (FoundObject candidate in candidates)
        {
            MailPrincipal principal = await _lists.ReadAsync(candidate.Type, [], candidate.Item, cancellationToken).ConfigureAwait(false);
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

    private async Task UpdateAsync(string name, IReadOnlyList<PrincipalChange> changes, string? secret, CancellationToken cancellationToken)
    {
        if (JmapKeyName.IsOfKey(name))
        {
            JmapFields.Check(PrincipalType.ApiKey, secret is null ? changes : [.. changes, PrincipalChange.Add(PrincipalField.Secrets, secret)]);
            await _keys.UpdateAsync(name, changes, cancellationToken).ConfigureAwait(false);
            return;
        }
        FoundObject found = await _lookup.GetAsync(name, [], cancellationToken).ConfigureAwait(false);
        JmapFields.Check(found.Kind, changes);
        if (changes.LastOrDefault(change => change.Field == PrincipalField.Name)?.Text is { } newName)
        {
            await CheckNameIsFreeAsync(found.Kind, newName, found.Id, cancellationToken).ConfigureAwait(false);
        }
        await CheckMembersAsync(found, changes, cancellationToken).ConfigureAwait(false);
        ILookup<bool, PrincipalChange> parts = changes.ToLookup(change => JmapMembershipWrites.IsOfOthers(found.Kind, change.Field));
        MailPrincipal principal = await ReadAsync(found, JmapMembershipWrites.NeedCurrent(parts[true]), cancellationToken).ConfigureAwait(false);
        UnknownFields.ThrowIfNeeded(principal, changes);
        IReadOnlyList<string> former = StoredFields.GetItems(principal, PrincipalField.Emails);
        IReadOnlyList<string> emails = JmapAddresses.Of(principal).Apply(principal.Name, parts[false]).Enabled;
        await _catchAlls.CheckAsync(emails.Except(former, MailAddress.Comparer), [.. former, .. emails], cancellationToken).ConfigureAwait(false);
        JmapPatch patch = await CreatePatchAsync(found, principal, [.. parts[false]], secret, cancellationToken).ConfigureAwait(false);
        if (!patch.IsEmpty)
        {
            await _writes.ApplyAsync(
                new SetOrder(found.Type.Name, [SetChange.Update(found.Id, patch.Write)])
                {
                    Secrets = secret is null ? [] : [secret],
                    FindDoneAsync = (updates, look) => FindUpdatedAsync(found, [.. parts[false]], secret, updates[0], look),
                },
                $"Changing '{found.Name}'",
                cancellationToken).ConfigureAwait(false);
            ForgetNames(found.Kind);
            if (parts[false].Any(change => change.Field == PrincipalField.Roles))
            {
                WarnOfRoles(found.Kind, found.Name, JmapPrincipalPatch.Apply(
                    StoredFields.GetItems(principal, PrincipalField.Roles), parts[false].Where(change => change.Field == PrincipalField.Roles), StringComparer.OrdinalIgnoreCase));
            }
        }
        WarnOfCatchAll(principal, parts[false]);
        await _memberships.ChangeAsync(found, principal, [.. parts[true]], cancellationToken).ConfigureAwait(false);
        if (former.Concat(emails).Any(MailAddress.IsCatchAll))
        {
            // Domains name it by its address: with a new one they would send the mail nowhere.
            string address = GetNewAddress(found.Name, parts[false].LastOrDefault(change => change.Field == PrincipalField.Name)?.Text);
            await _catchAlls.ApplyAsync($"'{found.Name}' itself is as wanted, but", address, [address, .. emails.Where(email => !MailAddress.Comparer.Equals(email, found.Name))], former, cancellationToken).ConfigureAwait(false);
        }
    }

    private void WarnOfCatchAll(MailPrincipal principal, IEnumerable<PrincipalChange> changes)
    {
        if (principal.IsUnknown(nameof(MailPrincipal.CatchAll)) && changes.Any(change => change.Field == PrincipalField.Name))
        {
            _channel.Warn($"Whether '{principal.Name}' gets the mail for addresses that nobody has is unknown: by the new name it would not. {string.Join(' ', UnreadParts.Explain(principal))}");
        }
    }

    // The members of a group are written last: what cannot be one is refused before anything is sent.
    private async Task CheckMembersAsync(FoundObject container, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        foreach (PrincipalReference member in PrincipalReference.Get(changes).Where(reference => reference.Field == PrincipalField.Members && container.Kind == PrincipalType.Group))
        {
            // What is known may be old: only what is there now is an error.
            if (await _references.IsKnownAsync(NamedKind.Group, member.Name, cancellationToken).ConfigureAwait(false) == true
                && (await _lookup.GetAsync(member.Name, DirectoryType.Account, cancellationToken).ConfigureAwait(false)).Kind is var kind && !CanBeMember(container.Kind, kind))
            {
                throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Members, TypeFields.FormatMemberError(container.Kind, member.Name, kind));
            }
        }
    }

    private void WarnOfRoles(PrincipalType kind, string name, IReadOnlyList<string> roles)
    {
        if (JmapRoles.LacksUser(kind, roles))
        {
            string state = roles.Count == 0 ? "Without a role" : "With roles that neither are nor contain the role 'user',";
            _channel.Warn($"{state} '{name}' can neither read its mail nor change its password. Set-MailPrincipal '{name}' -AddRole user gives it that role.");
        }
    }

    private static string GetNewAddress(string current, string? newName) => newName is null ? current
        : newName.Contains('@', StringComparison.Ordinal) ? newName.ToLowerInvariant()
        : $"{newName.ToLowerInvariant()}@{MailAddress.GetDomain(current)}";

    private async Task<MailPrincipal> ReadAsync(FoundObject found, bool withMemberships, CancellationToken cancellationToken)
    {
        MailPrincipal principal = await _lists.ReadAsync(found.Type, [], found.Item, cancellationToken).ConfigureAwait(false);
        if (withMemberships)
        {
            await new JmapMemberships(_channel, _recipients, []).CompleteAsync(principal, cancellationToken).ConfigureAwait(false);
        }
        return principal;
    }

    private async Task<JmapPatch> CreatePatchAsync(FoundObject found, MailPrincipal principal, IReadOnlyList<PrincipalChange> changes, string? secret, CancellationToken cancellationToken)
    {
        JmapPatch patch = await new JmapPrincipalPatch(_references, found, principal).CreateAsync(changes, cancellationToken).ConfigureAwait(false);
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
        GetAnswer<FoundObject> now = await _channel.GetAsync(before.Type.Name, [before.Id], item => FoundObject.Create(before.Type, item), cancellationToken, before.Type.GetProperties([])).ConfigureAwait(false);
        if (secret is not null || now.Items is not [var found])
        {
            return new Dictionary<SetChange, string>();
        }
        MailPrincipal principal = await ReadAsync(found, withMemberships: false, cancellationToken).ConfigureAwait(false);
        JmapPatch left = await CreatePatchAsync(found, principal, changes, null, cancellationToken).ConfigureAwait(false);
        return left.IsEmpty ? new Dictionary<SetChange, string> { [update] = before.Id } : new Dictionary<SetChange, string>();
    }

    private async Task<IReadOnlyDictionary<SetChange, string>> FindCreatedAsync(NewPrincipal sent, SetChange creation, CancellationToken cancellationToken)
    {
        MailPrincipal? found = await GetOrNullAsync(sent.Name, [sent.Type], cancellationToken).ConfigureAwait(false);
        return found is not null && IsCreated(sent, found)
            ? new Dictionary<SetChange, string> { [creation] = JmapId.FromNumber(found.Id) }
            : new Dictionary<SetChange, string>();
    }

    // Several new objects go in one request.
    private string CreateCreationId() => Interlocked.Increment(ref _createdCount).ToString(CultureInfo.InvariantCulture);

    private void ForgetNames(PrincipalType kind)
    {
        if (DirectoryNames.GetKind(kind) is { } named)
        {
            _names.Forget(named);
        }
    }

    // What is asked for by name the server may refuse; of all kinds those are listed that the account may list.
    private IEnumerable<DirectoryType> GetTypes(PrincipalQuery query)
    {
        if (query.Types.Count > 0)
        {
            return query.Types.Select(kind => DirectoryType.Find(kind) ?? throw JmapFields.CreateTypeError(kind)).Distinct();
        }
        // Those of the account itself alone are for who asks for keys.
        DirectoryType[] permitted = [.. DirectoryType.All.Where(CanList)];
        return permitted.Length > 0
            ? permitted
            : throw new MailServerException(MailErrorCode.Forbidden, Operations.CallJmap, "The account may list no kind of principal: it lacks sysAccountQuery, sysAccountGet and all the others.") { MissingPermissions = [.. DirectoryType.All.SelectMany(type => type.ReadPermissions).Distinct()] };
    }

    // Who asks for all kinds thinks that these are all.
    private void WarnOfLeftOut(PrincipalQuery query)
    {
        DirectoryType[] leftOut = query.Types.Count > 0 ? [] : [.. DirectoryType.All.Where(type => type != DirectoryType.ApiKey && !CanList(type) && (type != DirectoryType.Tenant || _server is not { IsEnterprise: false }))];
        if (leftOut.Length > 0)
        {
            IReadOnlyList<string> missing = _channel.Permissions.FindMissing(leftOut.SelectMany(type => type.ReadPermissions));
            string reason = missing.Count == 0 ? "" : $": that takes {UnreadSource.JoinPermissions(missing)}";
            _channel.Warn($"There may be more: the account may not list {string.Join(", ", leftOut.Select(type => type.Noun))}{reason}.");
        }
    }

    private bool CanList(DirectoryType type) =>
        _server is null or { Permissions.Count: 0 } || type.ReadPermissions.All(_server.HasPermission);

    private async IAsyncEnumerable<MailPrincipal> ListAllAsync(PrincipalQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var memberships = new JmapMemberships(_channel, _recipients, query.Fields);
        string[] words = query.Filter?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        // What is compared must be there.
        IReadOnlyList<string> fields = words.Length == 0 || query.Fields.Count == 0 ? query.Fields : [.. query.Fields.Union([PrincipalField.Emails, PrincipalField.Description])];
        DirectoryType[] types = [.. GetTypes(query)];
        WarnOfLeftOut(query);
        // Where the accounts of people are read anyway, their keys are read with them, and follow all others.
        List<MailPrincipal>? keys = types.Contains(DirectoryType.ApiKey) && types.Contains(DirectoryType.Account) && (query.Types.Count == 0 || query.Types.Contains(PrincipalType.Individual)) ? [] : null;
        bool mayLack = false;
        IEnumerable<IAsyncEnumerable<MailPrincipal>> lists = types.Where(type => keys is null || type != DirectoryType.ApiKey).Select(type => ListAsync(type, query, fields, keys, cancellationToken));
        await foreach (MailPrincipal principal in StartedLists.ConcatAsync(lists, cancellationToken).ConfigureAwait(false))
        {
            bool isMeant = Array.TrueForAll(words, word => IsIn(word, principal));
            mayLack |= !isMeant && principal.IsUnknown(nameof(MailPrincipal.Email));
            if (isMeant)
            {
                await memberships.CompleteAsync(principal, cancellationToken).ConfigureAwait(false);
                yield return principal;
            }
        }
        if (mayLack)
        {
            _channel.Warn($"Principals with '{query.Filter}' in an address may be missing: not all addresses could be read.");
        }
        foreach (MailPrincipal key in keys?.Where(key => Array.TrueForAll(words, word => IsIn(word, key))) ?? [])
        {
            yield return key;
        }
    }

    private async IAsyncEnumerable<MailPrincipal> ListAsync(
        DirectoryType type, PrincipalQuery query, IReadOnlyList<string> fields, List<MailPrincipal>? keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Action<Utf8JsonWriter>? filter = await CreateFilterAsync(type, query, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<MailPrincipal> list = type == DirectoryType.ApiKey ? _keys.ListAsync(fields, filter!, cancellationToken)
            : _lists.ListAsync(type, fields, filter, type == DirectoryType.Account ? keys : null, cancellationToken);
        await foreach (MailPrincipal principal in list.ConfigureAwait(false))
        {
            yield return principal;
        }
    }

    // The server's own search of words ignores a first word that is nowhere, and finds no address.
    private static bool IsIn(string word, MailPrincipal principal) =>
        MailAddress.GetSpellings(principal.Name).Any(spelling => spelling.Contains(word, StringComparison.OrdinalIgnoreCase))
        || principal.Description?.Contains(word, StringComparison.OrdinalIgnoreCase) == true
        || StoredFields.GetItems(principal, PrincipalField.Emails).Concat(StoredFields.GetItems(principal, PrincipalField.DisabledEmails)).SelectMany(MailAddress.GetSpellings)
            .Any(spelling => spelling.Contains(word, StringComparison.OrdinalIgnoreCase));

    private async Task<Action<Utf8JsonWriter>?> CreateFilterAsync(DirectoryType type, PrincipalQuery query, CancellationToken cancellationToken)
    {
        PrincipalType[] kinds = [.. type.Kinds.Where(kind => query.Types.Contains(kind))];
        // Keys are those of people.
        string? word = type == DirectoryType.ApiKey ? JmapPrincipalReader.GetAccountType(PrincipalType.Individual)
            : type == DirectoryType.Account && kinds is [var only] ? JmapPrincipalReader.GetAccountType(only) : null;
        string? tenant = query.Tenant is { } name ? await _references.GetIdAsync(NamedKind.Tenant, PrincipalField.Tenant, name, cancellationToken).ConfigureAwait(false) : null;
        if (word is null && tenant is null)
        {
            return null;
        }
        return writer =>
        {
            if (word is not null)
            {
                writer.WriteString(DirectoryType.TypeProperty, word);
            }
            if (tenant is not null)
            {
                writer.WriteString("memberTenantId", tenant);
            }
        };
    }
}
