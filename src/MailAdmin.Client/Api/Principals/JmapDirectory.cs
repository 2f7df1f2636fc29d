using MailAdmin.Client.Api.Credentials;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The principals of a server from 0.16 on: objects of six types, and the API keys within accounts (docs/api-0.16.md §8.2).</summary>
internal sealed class JmapDirectory : IDirectory
{
    private readonly JmapChannel _channel;
    private readonly ServerInfo? _server;
    private readonly Func<string, int>? _scorePassword;
    private readonly DirectoryNames _names;
    private readonly KeyedLocks _keyLocks;
    private readonly bool _isOfBatch;
    private readonly JmapReferences _references;
    private readonly JmapKeys _keys;
    private readonly JmapDirectoryPermissions _permissions;
    private readonly JmapTakenNames _takenNames;
    private readonly JmapPasswordRule _passwordRule;
    private readonly JmapPrincipalListing _listing;
    private readonly JmapPrincipalSearch _search;
    private readonly JmapPrincipalCreation _creation;
    private readonly JmapPrincipalUpdate _update;
    private readonly JmapPrincipalDeletion _deletion;
    private Task<PasswordRule?>? _readPasswordRule;

    public JmapDirectory(JmapChannel channel, ServerInfo? server, Func<string, int>? scorePassword)
        : this(channel, server, scorePassword, new DirectoryNames(channel), new KeyedLocks(), isOfBatch: false)
    {
    }

    private JmapDirectory(JmapChannel channel, ServerInfo? server, Func<string, int>? scorePassword, DirectoryNames names, KeyedLocks keyLocks, bool isOfBatch)
    {
        (_channel, _server, _scorePassword, _names, _keyLocks, _isOfBatch) = (channel, server, scorePassword, names, keyLocks, isOfBatch);
        var lookup = new JmapLookup(channel, names);
        var lists = new JmapPrincipalLists(channel, names);
        var recipients = new JmapRecipients(channel);
        var writes = new JmapDirectoryWrites(channel);
        var memberships = new JmapMembershipWrites(channel, lookup, writes);
        var catchAlls = new JmapCatchAllWrites(channel, names, writes);
        _references = new JmapReferences(names);
        _keys = new JmapKeys(channel, server, lookup, keyLocks);
        _permissions = new JmapDirectoryPermissions(channel, _keys);
        _takenNames = new JmapTakenNames(new JmapDomainNames(channel), lookup, _references);
        _passwordRule = new JmapPasswordRule(channel, server, scorePassword);
        _listing = new JmapPrincipalListing(channel, server, lists, _keys, _references, recipients);
        _search = new JmapPrincipalSearch(channel, lists, lookup, recipients, _keys, catchAlls);
        _creation = new JmapPrincipalCreation(channel, names, _references, _search, _takenNames, writes, memberships, catchAlls);
        _update = new JmapPrincipalUpdate(channel, names, _references, lookup, _search, _takenNames, writes, memberships, catchAlls, _keys);
        _deletion = new JmapPrincipalDeletion(names, lookup, _search, writes, catchAlls, _keys);
    }

    public IDirectory With(ApiChannel channel)
    {
        ForgetNames();
        return new JmapDirectory(_channel.With(channel), _server, _scorePassword, _names, _keyLocks, isOfBatch: true);
    }

    public void ForgetNames() => _names.Forget();

    public bool KnowsPermissions => _channel.Permissions.AreKnown;

    public bool NamesAreAddresses => true;

    public bool KeepsWhatIsInUse => true;

    public IReadOnlyList<PrincipalType> Types { get; } = [.. PrincipalType.Known.Where(kind => DirectoryType.Find(kind) is not null)];

    public bool MakesApiKeys => true;

    public IReadOnlySet<PrincipalType>? ListableTypes => _listing.ListableTypes;

    public void WarnOfLeftOut() => _listing.WarnOfLeftOut();

    public IAsyncEnumerable<MailPrincipal> ListAsync(PrincipalQuery query, Action<long>? onTotal, CancellationToken cancellationToken) => _listing.ListAsync(query, onTotal, cancellationToken);

    public Task<long> CountAsync(PrincipalQuery query, CancellationToken cancellationToken) => _listing.CountAsync(query, cancellationToken);

    public Task<MailPrincipal> GetAsync(string name, CancellationToken cancellationToken) => _search.GetAsync(name, cancellationToken);

    public Task<MailPrincipal?> GetOrNullAsync(string name, IReadOnlyCollection<PrincipalType> meant, CancellationToken cancellationToken) => _search.GetOrNullAsync(name, meant, cancellationToken);

    public Task<MailPrincipal?> FindByAddressAsync(string address, CancellationToken cancellationToken) => _search.FindByAddressAsync(address, cancellationToken);

    public Task CheckCreationAsync(NewPrincipal principal, CancellationToken cancellationToken) => principal.Type == PrincipalType.ApiKey
        ? _keys.CheckCreationAsync(principal, cancellationToken)
        : _takenNames.CheckAsync(principal.Type, principal.Name, null, cancellationToken);

    public Task CheckNewNameAsync(MailPrincipal principal, string newName, CancellationToken cancellationToken) => _takenNames.CheckNewNameAsync(principal, newName, cancellationToken);

    public void CheckPermission(MailPrincipal principal, IReadOnlyList<PrincipalChange>? changes) => _permissions.Check(principal, changes);

    public void CheckPermission(NewPrincipal principal) => _permissions.Check(principal);

    public Task<CreatedApiKey> CreateApiKeyAsync(NewPrincipal principal, CancellationToken cancellationToken) => _keys.CreateAsync(principal, cancellationToken);

    public NewPrincipal Normalize(NewPrincipal principal) => JmapName.Normalize(principal);

    public string GetStoredName(PrincipalType kind, string name) => JmapName.GetStored(kind, name);

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

    public Task<uint> CreateAsync(NewPrincipal principal, CancellationToken cancellationToken) => _creation.CreateAsync(principal, cancellationToken);

    public Task<uint> ResolveCreationAsync(NewPrincipal principal, MailServerException unknown, CancellationToken cancellationToken) => _creation.ResolveAsync(principal, unknown, cancellationToken);

    public Task PatchAsync(string name, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken) => _update.ApplyAsync(name, changes, null, cancellationToken);

    public Task SetPasswordAsync(string name, string hash, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken) => _update.ApplyAsync(name, changes, hash, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => _deletion.DeleteAsync(name, cancellationToken);

    public string? GetRenameWarning(MailPrincipal principal) => JmapPrincipalUpdate.FindRenameWarning(principal.Kind, principal.Name);

    public string? GetDeletionWarning(MailPrincipal principal) => JmapPrincipalDeletion.FindWarning(principal);

    public bool CanBeMember(PrincipalType container, PrincipalType member) => JmapFields.CanBeMember(container, member);

    // Groups cannot be in groups: only roles have others above and below them.
    public async ValueTask<bool> MayHaveMembersAsync(string name, CancellationToken cancellationToken) =>
        await _references.IsKnownAsync(NamedKind.Group, name, cancellationToken).ConfigureAwait(false) != false
        || await _references.IsKnownAsync(NamedKind.Role, name, cancellationToken).ConfigureAwait(false) != false;
}
