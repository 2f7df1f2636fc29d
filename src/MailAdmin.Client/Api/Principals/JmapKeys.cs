using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Api.Credentials;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// The API keys of a server from 0.16 on: credentials of accounts. Those of an account are read just before one is changed, since an id is given out again. Others'
/// keys are read with their accounts, and written with the permission <c>impersonate</c>.
/// </summary>
/// <param name="channel">The server.</param>
/// <param name="server">What the signed-in account may do; null where that is not known.</param>
/// <param name="lookup">Finds accounts.</param>
/// <param name="locks">One change of an account's keys at a time: the server fails others.</param>
internal sealed class JmapKeys(JmapChannel channel, ServerInfo? server, JmapLookup lookup, KeyedLocks locks)
{
    private const string CredentialsProperty = "credentials";
    private const string PermissionPrefix = "sysApiKey";

    /// <summary>The properties of an account that tell its keys.</summary>
    public static IReadOnlyList<string> AccountProperties { get; } = [.. DirectoryType.Account.NameProperties, CredentialsProperty];

    /// <summary>The keys of all accounts, or of the signed-in one where it may read no others.</summary>
    /// <param name="fields">The fields to read; none = all.</param>
    /// <param name="filter">Writes the members of the filter of accounts of people.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public async IAsyncEnumerable<MailPrincipal> ListAsync(IReadOnlyList<string> fields, Action<Utf8JsonWriter> filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!MayReadAccounts && MayReadOwn && OwnAddress is { } own)
        {
            foreach (NamedKey key in (await FindOwnerAsync(own, cancellationToken).ConfigureAwait(false)).Named)
            {
                yield return JmapKeyReader.Read(key, fields);
            }
            yield break;
        }
        await foreach (JsonElement account in channel.ListAsync(DirectoryType.Account.Name, static item => item, filter, AccountProperties, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            foreach (MailPrincipal key in Read(account, fields))
            {
                yield return key;
            }
        }
    }

    /// <summary>The keys among the credentials of an account.</summary>
    public static IEnumerable<MailPrincipal> Read(JsonElement account, IReadOnlyList<string> fields) =>
        JmapKeyReader.Name(FoundObject.Create(DirectoryType.Account, account).Name, ReadKeys(account)).Select(key => JmapKeyReader.Read(key, fields));

    /// <summary>The key of a name.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c>; <c>RejectedByClient</c> where several have the name.</exception>
    public async Task<MailPrincipal> GetAsync(string name, CancellationToken cancellationToken) => JmapKeyReader.Read((await FindAsync(name, cancellationToken).ConfigureAwait(false)).Key, []);

    /// <summary>Says what <see cref="CreateAsync"/> would say of the account, and changes nothing.</summary>
    /// <exception cref="MailServerException">As <see cref="CreateAsync"/>.</exception>
    public async Task CheckCreationAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        (string address, string description) = JmapKeyName.Split(principal.Name);
        CheckCreation(await FindOwnerAsync(address, cancellationToken).ConfigureAwait(false), description);
    }

    /// <summary>Makes a key. Its secret is in the answer, and nowhere else.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> for an account that is not there; <c>AlreadyExists</c> where it has a key of this name; <c>QuotaExceeded</c> where it has as many
    /// as it may; <c>Forbidden</c> without the permission to make keys, or those of another account; <c>OutcomeUnknown</c> where nobody knows the secret.</exception>
    public async Task<CreatedApiKey> CreateAsync(NewPrincipal principal, CancellationToken cancellationToken)
    {
        (string address, string description) = JmapKeyName.Split(principal.Name);
        CredentialPermissions permissions = JmapKeyPermissions.Create(principal);
        using IDisposable turn = await locks.AcquireAsync(address, cancellationToken).ConfigureAwait(false);
        KeyOwner owner = await FindOwnerAsync(address, cancellationToken).ConfigureAwait(false);
        CheckCreation(owner, description);
        var credential = new NewCredential(description) { ExpiresAt = principal.Expires, AllowedIps = principal.AllowedIp, Permissions = permissions };
        (string id, string secret) = await GetCredentials(owner).CreateAsync(credential, cancellationToken).ConfigureAwait(false);
        var made = new JmapCredential(id, description, null, credential.ExpiresAt, credential.AllowedIps, permissions);
        return new CreatedApiKey(JmapKeyReader.Read(new NamedKey(JmapKeyName.Combine(owner.Address, description), made), []), secret);
    }

    /// <summary>Refuses changes that a key does not allow. Nothing is sent.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>.</exception>
    public static void Check(MailPrincipal key, IReadOnlyList<PrincipalChange> changes)
    {
        if (changes.LastOrDefault(change => change.Field == PrincipalField.Name)?.Text is { } newName)
        {
            ThrowIfOtherAccount(key.Name, JmapKeyName.Split(key.Name).Owner, newName);
        }
        JmapKeyPermissions.Apply(JmapKeyPermissions.Get(key), key.Name, changes);
    }

    /// <summary>Refuses what the signed-in account is known not to be allowed with a key. Nothing is sent.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c>.</exception>
    public void CheckPermission(MailPrincipal key, string verb)
    {
        string owner = JmapKeyName.Split(key.Name).Owner;
        ThrowIfNotPermitted(owner, OwnAddress is { } own && MailAddress.Comparer.Equals(own, owner), verb);
    }

    /// <summary>Changes a key.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c>; <c>RejectedByClient</c> for what cannot be; <c>AlreadyExists</c> where the account has a key of the new name.</exception>
    public async Task UpdateAsync(string name, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        using IDisposable turn = await locks.AcquireAsync(JmapKeyName.Split(name).Owner, cancellationToken).ConfigureAwait(false);
        (KeyOwner owner, NamedKey named) = await FindAsync(name, cancellationToken).ConfigureAwait(false);
        if (changes.LastOrDefault(change => change.Field == PrincipalField.Name)?.Text is { } newName)
        {
            CheckRename(owner, named, newName);
        }
        if (!CreatePatch(named.Key, named.Name, changes).IsEmpty)
        {
            ThrowIfNotPermitted(owner, "Update");
            await GetCredentials(owner).UpdateAsync(
                named.Key.Id,
                CreatePatch(named.Key, named.Name, changes).Write,
                $"Changing '{named.Name}'",
                now => CreatePatch(now, named.Name, changes).IsEmpty,
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes a key.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c>; <c>RejectedByClient</c> where several have the name.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        using IDisposable turn = await locks.AcquireAsync(JmapKeyName.Split(name).Owner, cancellationToken).ConfigureAwait(false);
        (KeyOwner owner, NamedKey named) = await FindAsync(name, cancellationToken).ConfigureAwait(false);
        ThrowIfNotPermitted(owner, "Destroy");
        await GetCredentials(owner).DestroyAsync(named.Key.Id, named.Name, cancellationToken).ConfigureAwait(false);
    }

    private bool MayReadAccounts => server is null or { Permissions.Count: 0 } || (server.HasPermission($"{DirectoryType.Account.PermissionPrefix}Query") && server.HasPermission($"{DirectoryType.Account.PermissionPrefix}Get"));

    /// <summary>Whether the signed-in account may read its own keys.</summary>
    public bool MayReadOwn => server is { Permissions.Count: > 0 } && server.HasPermission($"{PermissionPrefix}Query") && server.HasPermission($"{PermissionPrefix}Get");

    private string? OwnAddress => channel.Session.IsRecoveryAdministrator ? null : channel.Session.UserName;

    private JmapCredentials GetCredentials(KeyOwner owner) => new(channel, CredentialKind.ApiKey, owner.AccountId);

    private async Task<(KeyOwner Owner, NamedKey Key)> FindAsync(string name, CancellationToken cancellationToken)
    {
        (string address, string description) = JmapKeyName.Split(name);
        KeyOwner owner;
        try
        {
            owner = await FindOwnerAsync(address, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            throw new MailServerException(MailErrorCode.NotFound, Operations.CallJmap, $"There is no API key '{name}': {e.Message}", e) { Item = name };
        }
        NamedKey[] found = [.. owner.Named.Where(key => IsNamed(key, owner.Address, description))];
        return found switch
        {
            [var only] => (owner, only),
            [] => throw new MailServerException(MailErrorCode.NotFound, Operations.CallJmap, $"There is no API key '{name}'. {Describe(owner)}") { Item = name },
            _ => throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Name,
                $"'{name}' is the name of {found.Length} API keys: {string.Join(", ", found.Select(key => $"'{key.Name}'"))}. Specify one of these names."),
        };
    }

    // The name with the id stays good where the other of that description is gone.
    private static bool IsNamed(NamedKey key, string owner, string description) =>
        string.Equals(key.Key.Description, description, StringComparison.OrdinalIgnoreCase)
        || string.Equals(key.Name, JmapKeyName.Combine(owner, description), StringComparison.OrdinalIgnoreCase)
        || string.Equals(JmapKeyName.AddId(key.Key.Description, key.Key.Id), description, StringComparison.OrdinalIgnoreCase);

    private static string Describe(KeyOwner owner) => owner.Keys.Count == 0 ? $"'{owner.Address}' has none." : $"'{owner.Address}' has {string.Join(", ", owner.Named.Select(key => $"'{key.Name}'"))}.";

    private async Task<KeyOwner> FindOwnerAsync(string address, CancellationToken cancellationToken)
    {
        if (OwnAddress is { } own && MailAddress.Comparer.Equals(own, address) && (!MayReadAccounts || server is null))
        {
            return new KeyOwner(null, own, await new JmapCredentials(channel, CredentialKind.ApiKey).ListAsync(cancellationToken).ConfigureAwait(false));
        }
        FoundObject found = await lookup.GetAsync(address, [PrincipalType.Individual], cancellationToken).ConfigureAwait(false);
        return found.Kind == PrincipalType.Individual
            ? new KeyOwner(found.Id, found.Name, ReadKeys(found.Item))
            : throw new MailServerException(MailErrorCode.NotFound, Operations.CallJmap, $"'{found.Name}' is of type {found.Kind}, which has no API keys: they belong to accounts of people.") { Item = found.Name };
    }

    private static IReadOnlyList<JmapCredential> ReadKeys(JsonElement account) =>
        account.TryGetProperty(CredentialsProperty, out JsonElement credentials) && credentials.ValueKind == JsonValueKind.Object
            ? [.. credentials.EnumerateObject().Select(member => member.Value).Where(CredentialKind.ApiKey.IsOf).Select(JmapCredential.Read)]
            : [];

    private void CheckCreation(KeyOwner owner, string description)
    {
        ThrowIfTaken(owner, null, description);
        ThrowIfNotPermitted(owner, "Create");
    }

    private static void CheckRename(KeyOwner owner, NamedKey named, string newName)
    {
        ThrowIfOtherAccount(named.Name, owner.Address, newName);
        ThrowIfTaken(owner, named.Key, JmapKeyName.Split(newName).Description);
    }

    private static void ThrowIfOtherAccount(string name, string owner, string newName)
    {
        string address = JmapKeyName.Split(newName).Owner;
        if (!MailAddress.Comparer.Equals(address, owner))
        {
            throw MailServerException.CreateRefusal(Operations.CallJmap, PrincipalField.Name,
                $"'{name}' cannot become a key of '{address}': it stays with its account. Make another one there with New-MailPrincipal -Type ApiKey, and remove this one.");
        }
    }

    // The server lets two have one description, and then nothing but the id tells them apart.
    private static void ThrowIfTaken(KeyOwner owner, JmapCredential? own, string description)
    {
        if (owner.Keys.Any(key => key != own && string.Equals(key.Description, description, StringComparison.OrdinalIgnoreCase)))
        {
            string name = JmapKeyName.Combine(owner.Address, description);
            throw new MailServerException(MailErrorCode.AlreadyExists, Operations.CallJmap, $"The name '{name}' is taken: '{owner.Address}' has an API key of that name.") { Field = PrincipalField.Name, Value = name };
        }
    }

    private void ThrowIfNotPermitted(KeyOwner owner, string verb)
    {
        bool isOwn = owner.AccountId is null || owner.AccountId == channel.Session.AccountId;
        ThrowIfNotPermitted(owner.Address, isOwn, verb);
    }

    private void ThrowIfNotPermitted(string owner, bool isOwn, string verb) => channel.Permissions.ThrowIfLacking(
        isOwn ? [PermissionPrefix + verb] : [PermissionPrefix + verb, JmapSession.Impersonate],
        $"to change API keys{(isOwn ? "" : " of another account")}",
        isOwn ? "" : $"Sign in as '{owner}' to change its keys.");

    private static JmapPatch CreatePatch(JmapCredential key, string name, IReadOnlyList<PrincipalChange> changes)
    {
        var patch = new JmapPatch();
        if (changes.LastOrDefault(change => change.Field == PrincipalField.Name)?.Text is { } newName && JmapKeyName.Split(newName).Description is var description && description != key.Description)
        {
            patch.Set("description", description);
        }
        if (changes.LastOrDefault(change => change.Field == PrincipalField.Expires) is { } end && PrincipalChange.ToTime(end) is var expires && WireTime.Floor(expires) != WireTime.Floor(key.ExpiresAt))
        {
            patch.Set("expiresAt", WireTime.Floor(expires));
        }
        if (changes.LastOrDefault(change => change.Field == PrincipalField.AllowedIps)?.Items is { } addresses && !addresses.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(key.AllowedIps))
        {
            patch.Set("allowedIps", writer => JmapValues.WriteSet(writer, addresses));
        }
        CredentialPermissions permissions = JmapKeyPermissions.Apply(key.Permissions, name, changes);
        if (!JmapKeyPermissions.AreSame(permissions, key.Permissions))
        {
            patch.Set("permissions", permissions.WriteValue);
        }
        return patch;
    }

    /// <summary>An account with its keys, as they are now.</summary>
    /// <param name="AccountId">Its id; null for the signed-in account.</param>
    /// <param name="Address">Its address.</param>
    /// <param name="Keys">Its keys.</param>
    private sealed record KeyOwner(string? AccountId, string Address, IReadOnlyList<JmapCredential> Keys)
    {
        public IEnumerable<NamedKey> Named => JmapKeyReader.Name(Address, Keys);
    }
}
