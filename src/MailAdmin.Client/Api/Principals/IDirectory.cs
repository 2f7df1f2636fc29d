using MailAdmin.Client.Api.Credentials;

namespace MailAdmin.Client.Api.Principals;

/// <summary>
/// The principals of a server, as it keeps them: read and written in the way that the server has. What holds for every server — what a name may mean, what
/// is checked before anything is sent — is in <see cref="PrincipalResource"/>.
/// </summary>
internal interface IDirectory
{
    /// <summary>The same for the calls of a batch.</summary>
    IDirectory With(Http.ApiChannel channel);

    /// <summary>Forgets which ids names stand for, where the server refers by ids.</summary>
    void ForgetNames()
    {
    }

    /// <summary>Whether it is known what the signed-in account may do, so that it can be told what it may give to others.</summary>
    bool KnowsPermissions => false;

    /// <summary>Whether accounts, groups and lists are named by their primary addresses, and have no name beside.</summary>
    bool NamesAreAddresses => false;

    /// <summary>Whether domains, roles and groups stay while others belong or refer to them.</summary>
    bool KeepsWhatIsInUse => false;

    /// <summary>The types of principals that the server has.</summary>
    IReadOnlyList<PrincipalType> Types => PrincipalType.Known;

    /// <summary>A new principal named as the server names it.</summary>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> where it cannot be named so.</exception>
    NewPrincipal Normalize(NewPrincipal principal) => principal;

    /// <summary>A name as the server stores it for a type: most in lower case.</summary>
    string GetStoredName(PrincipalType kind, string name) => name.ToLowerInvariant();

    /// <summary>Refuses a new principal that the server does not have the like of. Nothing is sent.</summary>
    void Check(NewPrincipal principal)
    {
        // By default the server has the like of all there is here.
    }

    /// <summary>Refuses changes that give a principal what the server does not have for its type. Nothing is sent.</summary>
    void Check(PrincipalType kind, IReadOnlyList<PrincipalChange> changes)
    {
        // By default the server has the like of all there is here.
    }

    /// <summary>Whether the server makes API keys and their secrets, which then are not chosen here.</summary>
    bool MakesApiKeys => false;

    /// <summary>Says what a creation would say of what the new principal belongs to, and changes nothing.</summary>
    /// <exception cref="MailServerException">As the creation.</exception>
    Task CheckCreationAsync(NewPrincipal principal, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Says what a rename would say of the new name, beyond whether a principal has it, and changes nothing.</summary>
    /// <exception cref="MailServerException">As the rename.</exception>
    Task CheckNewNameAsync(MailPrincipal principal, string newName, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Has the server make an API key.</summary>
    Task<CreatedApiKey> CreateApiKeyAsync(NewPrincipal principal, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Refuses changes that what a principal has does not allow. Nothing is sent.</summary>
    void Check(MailPrincipal principal, IReadOnlyList<PrincipalChange> changes)
    {
        // By default the server decides.
    }

    /// <summary>Refuses the changes of a principal, or its deletion, where the signed-in account is known not to be allowed it. Nothing is sent.</summary>
    /// <param name="principal">The principal.</param>
    /// <param name="changes">The changes; null = it is deleted.</param>
    /// <exception cref="MailServerException"><c>Forbidden</c>.</exception>
    void CheckPermission(MailPrincipal principal, IReadOnlyList<PrincipalChange>? changes)
    {
        // By default the server decides.
    }

    /// <summary>The same of a creation.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c>.</exception>
    void CheckPermission(NewPrincipal principal)
    {
        // By default the server decides.
    }

    /// <summary>Lists principals, streamed.</summary>
    IAsyncEnumerable<MailPrincipal> ListAsync(PrincipalQuery query, Action<long>? onTotal, CancellationToken cancellationToken);

    /// <summary>Warns of kinds that the account may not list, which are left out of a list of all kinds. Nothing is sent.</summary>
    void WarnOfLeftOut()
    {
        // By default the server refuses a list that leaves something out.
    }

    /// <summary>How many principals match.</summary>
    Task<long> CountAsync(PrincipalQuery query, CancellationToken cancellationToken);

    /// <summary>The principal of exactly this name, in lower case.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>Forbidden</c> where that is unknown (<see cref="UnreadParts.IsUnknownName"/>).</exception>
    Task<MailPrincipal> GetAsync(string name, CancellationToken cancellationToken);

    /// <summary>The principal that has this e-mail address, first or not; null if there is none.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c> where that is unknown.</exception>
    Task<MailPrincipal?> FindByAddressAsync(string address, CancellationToken cancellationToken);

    /// <summary>The types that the account may list; null where that is not known.</summary>
    IReadOnlySet<PrincipalType>? ListableTypes { get; }

    /// <summary>Creates a principal. A lost answer is resolved by a look.</summary>
    /// <returns>The id that the server gave it.</returns>
    /// <exception cref="MailServerException"><c>OutcomeUnknown</c> when no look could tell.</exception>
    Task<uint> CreateAsync(NewPrincipal principal, CancellationToken cancellationToken);

    /// <summary>Finds out what became of a creation whose outcome was unknown, and creates the principal if it is not there.</summary>
    Task<uint> ResolveCreationAsync(NewPrincipal principal, MailServerException unknown, CancellationToken cancellationToken);

    /// <summary>Applies changes, all or none. The caller sees to it that no two calls change one principal at a time.</summary>
    /// <exception cref="MailServerException"><c>OutcomeUnknown</c> when the answer was lost and no look could tell.</exception>
    Task PatchAsync(string name, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken);

    /// <summary>Applies changes and gives the account this one password: no old one stays valid, one-time codes and app passwords stay.</summary>
    Task SetPasswordAsync(string name, string hash, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken);

    /// <summary>What a principal loses with its name, in a sentence; null for one that loses nothing.</summary>
    string? GetRenameWarning(MailPrincipal principal) => null;

    /// <summary>Where the address of a principal stays when it is deleted, in a sentence; null for nowhere, as far as is known.</summary>
    string? GetDeletionWarning(MailPrincipal principal) => null;

    /// <summary>Deletes the principal.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Whether a principal of type <paramref name="member"/> can be a member of one of type <paramref name="container"/>.</summary>
    bool CanBeMember(PrincipalType container, PrincipalType member) => TypeFields.CanBeMember(container, member);

    /// <summary>Whether others may be members of the principal of this name; true where that is not known.</summary>
    ValueTask<bool> MayHaveMembersAsync(string name, CancellationToken cancellationToken);

    /// <summary>What a password has to be; null where the server has no rule, or the account may not know it.</summary>
    Task<PasswordRule?> FindPasswordRuleAsync(CancellationToken cancellationToken) => Task.FromResult<PasswordRule?>(null);

    /// <summary>The principal of exactly this name; null if there is none.</summary>
    async Task<MailPrincipal?> GetOrNullAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(name, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The same where only some types are meant: whether there is one of another type need not be known.</summary>
    /// <param name="name">The name.</param>
    /// <param name="meant">The types that would do; none = all. One of another type may be found all the same.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    Task<MailPrincipal?> GetOrNullAsync(string name, IReadOnlyCollection<PrincipalType> meant, CancellationToken cancellationToken) => GetOrNullAsync(name, cancellationToken);
}
