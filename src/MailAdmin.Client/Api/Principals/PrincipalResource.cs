// /principal: everything the directory holds.
using MailAdmin.Client.Api.Credentials;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The principals of the server (docs/api.md §6.1).</summary>
public sealed class PrincipalResource
{
    private readonly IDirectory _directory;
    private readonly PrincipalSearch _search;
    private readonly PrincipalNameCheck _names;
    private readonly PrincipalValidator _validator;
    private readonly MembershipCycles _cycles;
    private readonly KeyedLocks _locks;

    internal PrincipalResource(IDirectory directory, ServerInfo? server, ServerDialect dialect)
    {
        (_directory, Dialect, _locks) = (directory, dialect, new KeyedLocks());
        (_search, _names) = (new PrincipalSearch(directory), new PrincipalNameCheck(directory));
        _validator = new PrincipalValidator(server, dialect);
        _cycles = new MembershipCycles(directory);
    }

    private PrincipalResource(PrincipalResource original, IDirectory directory)
    {
        (_directory, Dialect, _validator, _cycles, _locks) = (directory, original.Dialect, original._validator, original._cycles, original._locks);
        (_search, _names) = (new PrincipalSearch(directory), new PrincipalNameCheck(directory));
    }

    /// <summary>What the server's version does.</summary>
    internal ServerDialect Dialect { get; }

    /// <summary>The types that the account may list; null where that is not known.</summary>
    internal IReadOnlySet<PrincipalType>? ListableTypes => _directory.ListableTypes;

    /// <summary>Whether accounts, groups and lists are named by their primary addresses, and have no name beside.</summary>
    public bool NamesAreAddresses => _directory.NamesAreAddresses;

    /// <summary>Whether the server tells how many members a principal of a type has: from 0.16 on groups and lists alone have any.</summary>
    /// <param name="type">The type.</param>
    public bool CountsMembers(PrincipalType type) => !NamesAreAddresses || type == PrincipalType.Group || type == PrincipalType.List;

    /// <summary>Whether domains, roles and groups stay while others belong or refer to them: a deletion is refused then. Tenants always do.</summary>
    public bool KeepsWhatIsInUse => _directory.KeepsWhatIsInUse;

    /// <summary>Whether a group may be in a group.</summary>
    internal bool NestsGroups => _directory.CanBeMember(PrincipalType.Group, PrincipalType.Group);

    /// <summary>Whether it is known what the signed-in account may give to others.</summary>
    internal bool KnowsPermissions => _directory.KnowsPermissions;

    /// <summary>The types of principals that a server of this version has. Nothing is sent.</summary>
    public IReadOnlyList<PrincipalType> Types => _directory.Types;

    /// <summary>Whether the server makes API keys and their secrets (<see cref="CreateApiKeyAsync"/>); else they are chosen here, and are principals as others.</summary>
    public bool MakesApiKeys => _directory.MakesApiKeys;

    /// <summary>The same resource over another channel: it waits for the same changes, and knows the same.</summary>
    internal PrincipalResource With(ApiChannel channel) => new(this, _directory.With(channel));

    /// <summary>
    /// Forgets which ids the names of domains, groups, roles and tenants stand for: somebody may have renamed one since. From 0.16 on; nothing is sent. A client for a batch begins without
    /// them.
    /// </summary>
    public void ForgetNames() => _directory.ForgetNames();

    /// <summary>Lists principals (GET /principal), streamed in pages that double. Duplicates by id are left out.</summary>
    /// <param name="query">What to list.</param>
    /// <param name="onTotal">Receives the server's total with each page.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>The principals in the order of the server.</returns>
    /// <exception cref="ArgumentException">The filter is empty: that would be everything.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> when the caller may list none of the kinds.</exception>
    public IAsyncEnumerable<MailPrincipal> ListAsync(PrincipalQuery query, Action<long>? onTotal = null, CancellationToken cancellationToken = default)
    {
        Check(query);
        return _directory.ListAsync(query, onTotal, cancellationToken);
    }

    /// <summary>Warns of kinds that the account may not list: a list of all kinds is without them, from 0.16 on, and whoever asks for it thinks that these are all. Nothing is sent.</summary>
    public void WarnOfLeftOut() => _directory.WarnOfLeftOut();

    /// <summary>How many principals match (GET /principal?count=1).</summary>
    /// <param name="query">What to count.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>Their number.</returns>
    /// <exception cref="ArgumentException">The filter is empty: that would be everything.</exception>
    /// <exception cref="MailServerException"><c>Forbidden</c> when the caller may list none of the kinds.</exception>
    public Task<long> CountAsync(PrincipalQuery query, CancellationToken cancellationToken)
    {
        Check(query);
        return _directory.CountAsync(query, cancellationToken);
    }

    /// <summary>The principal of exactly this name (GET /principal/{name}).</summary>
    /// <param name="name">The name; sent in lower case.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The principal.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>Forbidden</c> without the permission to get its kind, such as
    /// <c>individual-get</c>.</exception>
    public Task<MailPrincipal> GetAsync(string name, CancellationToken cancellationToken) => _directory.GetAsync(PrincipalSearch.NormalizeName(name), cancellationToken);

    /// <summary>The principal of exactly this name, where some types are meant (GET /principal/{name}): whether there is one of another type need not be known.</summary>
    /// <param name="name">The name; sent in lower case.</param>
    /// <param name="types">The types that are meant; none = all. One of another type may be found all the same.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The principal; null when there is none.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission to get the types: then whether there is one is unknown.</exception>
    public Task<MailPrincipal?> FindNamedAsync(string name, IReadOnlyCollection<PrincipalType> types, CancellationToken cancellationToken) => _search.FindNamedAsync(name, types, cancellationToken);

    /// <summary>The same of an account or a group: what else has a name stores no mail.</summary>
    internal async Task<MailPrincipal> GetMailAccountAsync(string name, CancellationToken cancellationToken)
    {
        MailPrincipal found = await FindNamedAsync(name, [PrincipalType.Individual, PrincipalType.Group], cancellationToken).ConfigureAwait(false) ?? throw new MailServerException(MailErrorCode.NotFound, Operations.CallJmap, $"There is no principal '{name}'.") { Item = name };
        return found.Kind == PrincipalType.Individual || found.Kind == PrincipalType.Group
            ? found
            : throw MailServerException.CreateRefusal(Operations.CallJmap, "account", $"'{found.Name}' is of type {found.Kind}, not an account.");
    }

    /// <summary>The principal of this name, or the one that has this e-mail address (GET /principal/{name}, then GET /principal with a filter).</summary>
    /// <param name="identity">A name or an e-mail address.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The principal; null when there is none.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission to get or list its kind.</exception>
    public Task<MailPrincipal?> FindAsync(string identity, CancellationToken cancellationToken) => FindAsync(identity, [], cancellationToken);

    /// <summary>The same where some types are meant (GET /principal/{name}, then GET /principal with a filter): whether there is one of another type need not be known.</summary>
    /// <param name="identity">A name or an e-mail address.</param>
    /// <param name="types">The types that are meant; none = all. One of another type may be found all the same.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The principal; null when there is none.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission to get or list its kind: then whether there is one is unknown.</exception>
    public Task<MailPrincipal?> FindAsync(string identity, IReadOnlyCollection<PrincipalType> types, CancellationToken cancellationToken) => _search.FindAsync(identity, types, cancellationToken);

    /// <summary>
    /// What a member stands for (GET /principal/{name}, GET /principal with a filter): a principal by its name or one of its addresses, or an address outside
    /// this server. Import-MailPrincipal has the same rule.
    /// </summary>
    /// <param name="member">A name or an address, also as <c>mailto:</c> or <c>Name &lt;address&gt;</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The name to send as a member, or the address to send as an external one.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when it is neither; <c>Forbidden</c> without the permission to get or list its kind.</exception>
    public Task<MemberReference> ResolveMemberAsync(string member, CancellationToken cancellationToken) => _search.ResolveMemberAsync(member, cancellationToken);

    /// <summary>The domain as the server spells it (GET /principal/{name}): as <c>xn--</c> or in its letters.</summary>
    /// <param name="domain">A domain in one of the two spellings.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The spelling; null where the domain has one alone, where the server has it in neither, and for an account that may not get domains.</returns>
    public Task<string?> FindDomainSpellingAsync(string domain, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(domain);
        return new DomainLookup(_directory).FindAsync(domain, cancellationToken);
    }

    /// <summary>Creates a principal (POST /principal). A lost answer is resolved by looking the name up.</summary>
    /// <param name="principal">Its fields; the quota in bytes.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The id that the server gave it.</returns>
    /// <exception cref="MailServerException"><c>AlreadyExists</c> when the name or an address is taken; <c>NotFound</c> for an unknown domain, group,
    /// list or role; <c>Forbidden</c> without the permission to create its kind; <c>RejectedByClient</c> for what the server would accept and would do
    /// harm.</exception>
    public async Task<uint> CreateAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        Check(principal);
        await _cycles.CheckAsync(principal, cancellationToken).ConfigureAwait(false);
        try
        {
            return await _directory.CreateAsync(principal, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            throw await new PrincipalReferenceCheck(_directory).ExplainAsync(e, PrincipalReference.Get(principal), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Has the server make an API key (from 0.16 on POST /jmap, x:ApiKey/set).</summary>
    /// <param name="principal">Its fields. Its name is the address of the account that it belongs to, a slash, and what it is for.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The key with its secret, which is shown once.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> for an account that is not there; <c>AlreadyExists</c> where it has a key of this name; <c>QuotaExceeded</c> where it
    /// has as many as it may; <c>Forbidden</c> without the permission; <c>RejectedByClient</c> and <c>Unsupported</c> for what a key cannot have; <c>OutcomeUnknown</c> where the
    /// answer was lost, and with it the secret.</exception>
    /// <exception cref="NotSupportedException">The server does not make keys (<see cref="MakesApiKeys"/>).</exception>
    public Task<CreatedApiKey> CreateApiKeyAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        Check(principal);
        return _directory.CreateApiKeyAsync(principal, cancellationToken);
    }

    /// <summary>Refuses a principal that the server would take, though it does harm or would lack what was asked for. Nothing is sent.</summary>
    /// <param name="principal">Its fields.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the field and what to do instead.</exception>
    public void Check(NewPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        _directory.Check(principal);
        _validator.Check(principal);
    }

    /// <summary>Refuses a password that the server certainly refuses, where its rule may be read (from 0.16 on POST /jmap, x:Authentication/get).</summary>
    /// <param name="password">The password, in clear.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the rule.</exception>
    public async Task CheckPasswordAsync(string password, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(password);
        if ((await FindPasswordRuleAsync(cancellationToken).ConfigureAwait(false))?.FindError(password) is { } error)
        {
            throw error;
        }
    }

    /// <summary>What a password has to be; null where the server has no rule, or the account may not know it.</summary>
    internal Task<PasswordRule?> FindPasswordRuleAsync(CancellationToken cancellationToken) => _directory.FindPasswordRuleAsync(cancellationToken);

    /// <summary>Refuses changes that would give a principal what its type does not have. Nothing is sent.</summary>
    /// <param name="principal">The principal.</param>
    /// <param name="changes">The steps.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> with the field and what to use instead.</exception>
    public void CheckFields(MailPrincipal principal, IReadOnlyList<PrincipalChange> changes)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(changes);
        if (principal.Kind == PrincipalType.ApiKey)
        {
            // What one has differs from server to server.
            _directory.Check(principal.Kind, changes);
        }
        TypeFields.Check(principal, changes);
    }

    /// <summary>
    /// The principal as it is to be sent, with names in place of the addresses among its members, groups and lists, and its domains as the server spells them
    /// (GET /principal/{name}, GET /principal).
    /// </summary>
    /// <param name="principal">Its fields.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The fields with names.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> for an address that nobody has; <c>RejectedByClient</c> for a member that its type cannot have.</exception>
    public async Task<NewPrincipal> PrepareAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        NewPrincipal resolved = await new MemberAddresses(this, new DomainLookup(_directory)).ResolveAsync(_directory.Normalize(principal), cancellationToken).ConfigureAwait(false);
        await new PrincipalReferenceCheck(_directory).CheckMembersAsync(resolved, cancellationToken).ConfigureAwait(false);
        return resolved;
    }

    /// <summary>
    /// The changes as they are to be sent: names in place of the addresses among members, groups and lists, domains as the server spells them, nothing that the
    /// principal cannot have, and what is not there is not removed (GET /principal/{name}, GET /principal).
    /// </summary>
    /// <param name="name">The name of the principal.</param>
    /// <param name="known">The principal as it is now; null = it is read if that is needed. Whoever may not read it leaves the checks to the server.</param>
    /// <param name="changes">The steps.</param>
    /// <param name="replaced">The lists that are set as a whole, by the steps that differ.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The steps, and what is not there.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> for an address that nobody has; <c>RejectedByClient</c> for a field that its type does not
    /// have, and for the removal of the last address of an individual.</exception>
    public async Task<PreparedChanges> PrepareChangesAsync(string name, MailPrincipal? known, IReadOnlyList<PrincipalChange> changes, IReadOnlyCollection<string> replaced, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(replaced);
        bool isNeeded = changes.Any(change => change.Action == PrincipalAction.RemoveItem || TypeFields.DependsOnType(change.Field));
        MailPrincipal? principal = known ?? (isNeeded ? await _names.ReadIfAllowedAsync(name, cancellationToken).ConfigureAwait(false) : null);
        if (principal is not null)
        {
            // Before what it names is looked for: nobody could be its member.
            CheckFields(principal, changes);
        }
        IReadOnlyList<PrincipalChange> resolved = await new MemberAddresses(this, new DomainLookup(_directory)).ResolveAsync(changes, cancellationToken).ConfigureAwait(false);
        Contradictions.ThrowIfAny(resolved, replaced);
        if (principal is null)
        {
            return new PreparedChanges(resolved, []);
        }
        CheckFields(principal, resolved);
        UnknownFields.ThrowIfNeeded(principal, resolved);
        return RemovedItems.Compare(principal, resolved);
    }

    /// <summary>The changes that make a difference to a principal, and no others. Nothing is sent.</summary>
    /// <param name="current">The principal, read just now.</param>
    /// <param name="changes">The steps.</param>
    /// <param name="arePrepared">Whether what they name of others was looked for; else steps that name others stay.</param>
    public IReadOnlyList<PrincipalChange> FindNeeded(MailPrincipal current, IReadOnlyList<PrincipalChange> changes, bool arePrepared)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(changes);
        IReadOnlyList<PrincipalChange> needed = new NeededChanges(_directory, current).Find(changes);
        return arePrepared ? needed : [.. changes.Where(change => needed.Contains(change) || PrincipalReference.Get([change]).Any())];
    }

    /// <summary>A name as the server stores it for a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">The name.</param>
    public string GetStoredName(PrincipalType type, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _directory.GetStoredName(type, name);
    }

    /// <summary>
    /// Says what <see cref="CreateAsync"/> would say, and changes nothing (GET /principal/{name}, GET /principal): whether the name and the addresses are free,
    /// and whether what the principal names is there.
    /// </summary>
    /// <param name="principal">Its fields.</param>
    /// <param name="expectedNames">Lower-case names of principals that will be there by then.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException">As <see cref="CreateAsync"/>.</exception>
    public async Task CheckCreationAsync(NewPrincipal principal, IReadOnlySet<string> expectedNames, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(expectedNames);
        Check(principal);
        await _cycles.CheckAsync(principal, cancellationToken).ConfigureAwait(false);
        await _names.CheckAsync(principal, expectedNames, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Says what <see cref="PatchAsync"/> would say, and changes nothing (GET /principal/{name}, GET /principal): whether a new name and added addresses are
    /// free, and whether what the changes name is there.
    /// </summary>
    /// <param name="principal">The principal as it is now.</param>
    /// <param name="changes">The steps, as they are prepared.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException">As <see cref="PatchAsync"/>.</exception>
    public async Task CheckChangesAsync(MailPrincipal principal, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        ArgumentNullException.ThrowIfNull(changes);
        _directory.Check(principal.Kind, changes);
        _directory.Check(principal, changes);
        _directory.CheckPermission(principal, changes);
        _validator.Check(changes);
        using IDisposable? membership = await _cycles.CheckAsync(PrincipalSearch.NormalizeName(principal.Name), changes, cancellationToken).ConfigureAwait(false);
        await _names.CheckAsync(principal, changes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says whether the signed-in account is known not to be allowed to delete a principal, or to change it so, as <see cref="DeleteAsync"/> and <see cref="PatchAsync"/> would. Sends nothing.</summary>
    /// <param name="principal">The principal.</param>
    /// <param name="changes">The steps; null = it is deleted.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c>, with what is missing. Before 0.16 the server decides.</exception>
    public void CheckPermission(MailPrincipal principal, IReadOnlyList<PrincipalChange>? changes)
    {
        ArgumentNullException.ThrowIfNull(principal);
        _directory.CheckPermission(principal, changes);
    }

    /// <summary>Says whether the signed-in account is known not to be allowed to create a principal, as <see cref="CreateAsync"/> would. Sends nothing.</summary>
    /// <param name="principal">Its fields.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c>, with what is missing. Before 0.16 the server decides.</exception>
    public void CheckPermission(NewPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        _directory.CheckPermission(principal);
    }

    /// <summary>Finds out what became of a creation whose outcome was unknown, and creates the principal if it is not there (GET /principal/{name}, POST /principal).</summary>
    /// <param name="principal">The fields that were sent.</param>
    /// <param name="unknown">The error of <see cref="CreateAsync"/>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The id that the server gave it.</returns>
    /// <exception cref="MailServerException"><c>OutcomeUnknown</c> when that is still so; else as <see cref="CreateAsync"/>.</exception>
    internal Task<uint> ResolveCreationAsync(NewPrincipal principal, MailServerException unknown, CancellationToken cancellationToken) =>
        _directory.ResolveCreationAsync(principal, unknown, cancellationToken);

    /// <summary>Applies changes, all or none (PATCH /principal/{name}); one call at a time for each principal. A write conflict is repeated where that is safe.</summary>
    /// <param name="name">The name; sent in lower case.</param>
    /// <param name="changes">The steps, in order.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>AlreadyExists</c> when a name or address is taken;
    /// <c>RejectedByClient</c> for what the server would accept and would do harm; <c>WriteConflict</c> when another writer kept winning;
    /// <c>OutcomeUnknown</c> when the answer to a rename was lost.</exception>
    public async Task PatchAsync(string name, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        string key = PrincipalSearch.NormalizeName(name);
        _validator.Check(changes);
        if (changes.Count > 0)
        {
            using IDisposable? membership = await _cycles.CheckAsync(key, changes, cancellationToken).ConfigureAwait(false);
            await WriteAsync(key, changes, () => _directory.PatchAsync(key, changes, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Gives the account this one password (PATCH /principal/{name}), keeps one-time codes and app passwords, and leaves no old password valid; the
    /// steps differ by server version.
    /// </summary>
    /// <param name="name">The account's name; sent in lower case.</param>
    /// <param name="hash">The hash of the password.</param>
    /// <param name="changes">Other changes, sent with the same PATCH.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>RejectedByClient</c> for an empty password, which would lock the
    /// account out; <c>WriteConflict</c> when another writer kept winning.</exception>
    public async Task SetPasswordAsync(string name, string hash, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hash);
        ArgumentNullException.ThrowIfNull(changes);
        string key = PrincipalSearch.NormalizeName(name);
        _validator.Check([.. changes, PrincipalChange.Add(PrincipalField.Secrets, hash)]);
        using IDisposable? membership = await _cycles.CheckAsync(key, changes, cancellationToken).ConfigureAwait(false);
        await WriteAsync(key, changes, () => _directory.SetPasswordAsync(key, hash, changes, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a principal loses with its name, in a sentence; null for one that loses nothing.</summary>
    /// <param name="principal">The principal as it is now.</param>
    public string? GetRenameWarning(MailPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return _directory.GetRenameWarning(principal);
    }

    /// <summary>Where the address of a principal stays when it is deleted, in a sentence; null for nowhere, as far as the object tells.</summary>
    /// <param name="principal">The principal as it is now.</param>
    public string? GetDeletionWarning(MailPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return _directory.GetDeletionWarning(principal);
    }

    /// <summary>Deletes the principal with its mail (DELETE /principal/{name}).</summary>
    /// <param name="name">The name; sent in lower case.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>Forbidden</c> without the permission to delete its kind.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        string key = PrincipalSearch.NormalizeName(name);
        using IDisposable turn = await _locks.AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        await _directory.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Why a principal to create, or changes, would be refused before anything is sent; null if they would not.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="created">The principal to create; null for one that is there.</param>
    /// <param name="existing">The principal that is there, as far as it is known; null for none.</param>
    /// <param name="changes">What is to be changed of it.</param>
    internal MailServerException? FindRefusal(PrincipalType type, NewPrincipal? created, MailPrincipal? existing, IReadOnlyList<PrincipalChange> changes)
    {
        try
        {
            if (created is not null)
            {
                Check(created);
                _directory.CheckPermission(created);
            }
            else if (existing is not null && changes.Count > 0)
            {
                _directory.CheckPermission(existing, changes);
                _directory.Check(existing, changes);
            }
            _directory.Check(type, changes);
            _validator.Check(changes);
            return null;
        }
        catch (MailServerException e)
        {
            return e;
        }
    }

    /// <summary>The principal of exactly this name; null if there is none.</summary>
    internal Task<MailPrincipal?> GetOrNullAsync(string name, CancellationToken cancellationToken) => _directory.GetOrNullAsync(PrincipalSearch.NormalizeName(name), cancellationToken);

    private async Task WriteAsync(string key, IReadOnlyList<PrincipalChange> changes, Func<Task> write, CancellationToken cancellationToken)
    {
        using IDisposable turn = await _locks.AcquireAsync(key, cancellationToken).ConfigureAwait(false);
        try
        {
            await write().ConfigureAwait(false);
        }
        // What was refused before it was sent names what is wrong.
        catch (MailServerException e) when (e.Status is not null && e.Code is MailErrorCode.NotFound or MailErrorCode.AlreadyExists or MailErrorCode.RejectedByServer)
        {
            throw await _names.ExplainAsync(key, changes, e, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Check(PrincipalQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Skip, nameof(query));
        if (query.Filter is { } filter && string.IsNullOrWhiteSpace(filter))
        {
            throw new ArgumentException("The filter is empty: that would list everything.", nameof(query));
        }
    }
}
