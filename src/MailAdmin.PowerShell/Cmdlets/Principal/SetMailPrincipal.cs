using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Files;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>
/// Changes principals (PATCH /principal/{name}); all changes of one principal are sent in one request, applied as a whole or not at all. Only
/// -Identity is bound from the pipeline.
/// </summary>
[Cmdlet(VerbsCommon.Set, "MailPrincipal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Set-MailPrincipal.md")]
[OutputType(typeof(MailPrincipal))]
public sealed class SetMailPrincipal : PrincipalTargetCmdlet
{
    private readonly GivenChanges _given;
    // What would happen is told of what is there now.
    private bool _needsCurrent;
    private readonly ClaimedValues _claimed = new();
    private readonly UnusedColumns _unusedColumns = new();
    private PasswordInput? _givenPassword;
    private CredentialFile? _credentials;

    /// <summary>Creates the cmdlet.</summary>
    public SetMailPrincipal() => _given = new GivenChanges(this);

    /// <summary>What is piped: it only says which principal is meant. The other columns of a row are not read, which a warning says.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <summary>A new name (login). The old one stops working at once; addresses and memberships are kept.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>Take a new login with a space, or with quotation marks and dashes of a text processor (’ “ –), or with letters of two scripts. Otherwise it is taken for a display name or a mistake.</summary>
    [Parameter]
    public SwitchParameter AllowUnusualName { get; set; }

    /// <summary>The description: of an account usually the full name, at most 512 bytes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>Disk quota in bytes, such as 5GB; 0 = no limit. Only individuals, groups and tenants have one.</summary>
    [Parameter]
    [QuotaArgument]
    [ValidateNotNull]
    public long? Quota { get; set; }

    /// <summary>Whether the account may sign in; $false prevents it, as Disable-MailPrincipal does.</summary>
    [Parameter]
    [EnabledArgument]
    [ValidateNotNull]
    public bool? Enabled { get; set; }

    /// <summary>The new password, a SecureString or PSCredential: it replaces the old one; TOTP and app passwords are kept. Plain text is refused. Of a PSCredential only the password counts.</summary>
    [Parameter]
    [PasswordArgument]
    [ValidateNotNull]
    public object? Password { get; set; }

    /// <summary>The new password as a finished hash that the server can verify.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PasswordHash { get; set; }

    /// <summary>Generate a new password, another one for each account. The output has it in the property Credential, and nothing else has it but the file of -CredentialPath. Without that file, one account is finished before the next one is begun.</summary>
    [Parameter]
    public SwitchParameter GeneratePassword { get; set; }

    /// <summary>
    /// A CSV file with the columns Name and Password that gets each generated password before it is set. Only its owner may read it. A file of an earlier run
    /// is continued, and no other file is overwritten.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CredentialPath { get; set; }

    /// <summary>How the password is hashed on this machine before it is sent. Default: Sha512Crypt. None sends it as it is, and every administrator can then read it. It does not concern -PasswordHash.</summary>
    [Parameter]
    [SingleValue]
    public PasswordHashAlgorithm HashAlgorithm { get; set; }

    /// <summary>Make this address the primary one, the first in the list; it is added where it is missing.</summary>
    [Parameter]
    [AddressArgument]
    [ArgumentCompleter(typeof(PrincipalItemCompleter))]
    [ValidateNotNullOrEmpty]
    public string? PrimaryEmail { get; set; }

    /// <summary>Exactly these addresses, the primary one first; all others are removed. Their domains must exist on the server.</summary>
    [Parameter]
    [AddressListArgument]
    [ValidateNotNullOrEmpty]
    public string[]? Email { get; set; }

    /// <summary>Add these addresses; the primary one stays. Their domains must exist on the server.</summary>
    [Parameter]
    [AddressListArgument]
    [ValidateNotNullOrEmpty]
    public string[]? AddEmail { get; set; }

    /// <summary>Remove these addresses. Refused for the last address of an individual: specify -Clear Email for an account without mail.</summary>
    [Parameter]
    [AddressListArgument]
    [ArgumentCompleter(typeof(PrincipalItemCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveEmail { get; set; }

    /// <summary>Switch these addresses off: no mail comes to them, and nobody signs in with them, but nobody else can have them. Not the first address. Server 0.16 and later.</summary>
    [Parameter]
    [AddressListArgument]
    [ArgumentCompleter(typeof(PrincipalItemCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? DisableEmail { get; set; }

    /// <summary>Switch these addresses on again. Server 0.16 and later.</summary>
    [Parameter]
    [AddressListArgument]
    [ArgumentCompleter(typeof(PrincipalItemCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EnableEmail { get; set; }

    /// <summary>Exactly these groups, by name or address; it leaves all others.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? MemberOf { get; set; }

    /// <summary>Put it into these groups too, by name or address.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? AddMemberOf { get; set; }

    /// <summary>Take it out of these groups, by name or address.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? RemoveMemberOf { get; set; }

    /// <summary>Exactly these mailing lists, by name or address; it leaves all others.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? List { get; set; }

    /// <summary>Put it on these mailing lists too, by name or address.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? AddList { get; set; }

    /// <summary>Take it off these mailing lists, by name or address.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? RemoveList { get; set; }

    /// <summary>Exactly these roles; it loses all others. The roles of an API key cannot be changed.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? Role { get; set; }

    /// <summary>Give it these roles too.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? AddRole { get; set; }

    /// <summary>Take these roles away. An account without any role can no longer sign in.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? RemoveRole { get; set; }

    /// <summary>Exactly these members, by name or address; all others are removed. What is an address elsewhere becomes an external member of a list.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? Member { get; set; }

    /// <summary>Add these members, by name or address. What is an address elsewhere becomes an external member of a list.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? AddMember { get; set; }

    /// <summary>Remove these members, by name or address. The accounts stay.</summary>
    [Parameter]
    [PrincipalNameListArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName[]? RemoveMember { get; set; }

    /// <summary>Exactly these addresses outside this server, to which a mailing list sends its mail on.</summary>
    [Parameter]
    [AddressListArgument]
    [ValidateNotNullOrEmpty]
    public string[]? ExternalMember { get; set; }

    /// <summary>Have the mailing list send its mail on to these addresses outside this server too.</summary>
    [Parameter]
    [AddressListArgument]
    [ValidateNotNullOrEmpty]
    public string[]? AddExternalMember { get; set; }

    /// <summary>Send nothing on to these addresses outside this server any more.</summary>
    [Parameter]
    [AddressListArgument]
    [ArgumentCompleter(typeof(PrincipalItemCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveExternalMember { get; set; }

    /// <summary>Exactly these permissions granted beyond the roles, by the server's names, such as undelete.</summary>
    [Parameter]
    [ListArgument]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? EnabledPermission { get; set; }

    /// <summary>Grant these permissions too, beyond the roles.</summary>
    [Parameter]
    [ListArgument]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? AddEnabledPermission { get; set; }

    /// <summary>Grant these permissions no longer. The roles may still have them.</summary>
    [Parameter]
    [ListArgument]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveEnabledPermission { get; set; }

    /// <summary>Exactly these permissions denied whatever the roles say, by the server's names. Of a disabled account it is refused without authenticate among them, which would enable it, unless -Enabled says so.</summary>
    [Parameter]
    [ListArgument]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? DisabledPermission { get; set; }

    /// <summary>Deny these permissions too, whatever the roles say.</summary>
    [Parameter]
    [ListArgument]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? AddDisabledPermission { get; set; }

    /// <summary>Deny these permissions no longer. The account still needs a role or grant that has them.</summary>
    [Parameter]
    [ListArgument]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveDisabledPermission { get; set; }

    /// <summary>Exactly these URLs: home pages, or the redirect URIs of an OAuth client.</summary>
    [Parameter]
    [ListArgument]
    [ValidateNotNullOrEmpty]
    public string[]? Url { get; set; }

    /// <summary>Add these URLs, or redirect URIs of an OAuth client.</summary>
    [Parameter]
    [ListArgument]
    [ValidateNotNullOrEmpty]
    public string[]? AddUrl { get; set; }

    /// <summary>Remove these URLs. Case matters.</summary>
    [Parameter]
    [ListArgument]
    [ArgumentCompleter(typeof(PrincipalItemCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? RemoveUrl { get; set; }

    /// <summary>The tenant that it belongs to, by name. Needs an Enterprise licence.</summary>
    [Parameter]
    [PrincipalNameArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    [ValidateNotNullOrEmpty]
    public PrincipalName? Tenant { get; set; }

    /// <summary>A text of at most 512 bytes, such as the URL of a picture. The server stores it as it is.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Picture { get; set; }

    /// <summary>The language of the account's interface, such as de. Refused on servers before 0.12.5.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Locale { get; set; }

    /// <summary>When an API key ends; -Clear Expires takes the end away. Server 0.16 and later.</summary>
    [Parameter]
    [TimeArgument]
    [ValidateNotNull]
    public DateTimeOffset? Expires { get; set; }

    /// <summary>Exactly the IP addresses and networks that an API key may be used from, such as 192.0.2.0/24; -Clear AllowedIp allows all again. Server 0.16 and later.</summary>
    [Parameter]
    [IpNetworkArgument]
    [ValidateNotNullOrEmpty]
    public string[]? AllowedIp { get; set; }

    /// <summary>The fields to empty: Description, Quota (then there is no limit), Email, MemberOf, List, Role (then nobody can sign in), Member, ExternalMember, EnabledPermission, DisabledPermission, Url, Tenant, Picture, Locale, Expires (then an API key does not end) or AllowedIp (then it may be used from anywhere). A field cannot be cleared and set in one call.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public ClearablePrincipalField[]? Clear { get; set; }

    /// <summary>Return the changed principal, which is read again: one more call each.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override string? OneServerReason => CredentialPath is null ? null : "-CredentialPath is a file for the accounts of one server.";

    /// <inheritdoc/>
    private protected override void Begin()
    {
        PlainPasswordGuard.ThrowIfPlainText(this, Password);
        _needsCurrent = WhatIfRequested || _given.NeedsCurrent;
        try
        {
            // Rejected once, not once per object of the pipeline.
            ThrowIfNothingToChange();
            PrincipalEdit.ThrowIfConflicting(_given.GetListEdits(), Clear);
            PrincipalEdit.ThrowIfConflicting(MyInvocation.BoundParameters.Keys, Clear);
            PrincipalEdit.ThrowIfRemoved(PrimaryEmail, RemoveEmail);
            PrincipalEdit.ThrowIfSwitchedTwice(DisableEmail, EnableEmail, RemoveEmail);
            ThrowIfEnded();
            PrincipalChecks.ThrowIfContradictory(Enabled, [.. DisabledPermission ?? [], .. AddDisabledPermission ?? []]);
            _givenPassword = ReadPassword();
            OpenCredentialFile();
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            ThrowTerminating(e, CredentialPath);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // First what is in progress: it may still write.
        base.Dispose(disposing);
        if (disposing)
        {
            _credentials?.Dispose();
        }
    }

    private void OpenCredentialFile()
    {
        if (CredentialPath is null)
        {
            return;
        }
        if (!GeneratePassword)
        {
            throw new ArgumentException("-CredentialPath is for generated passwords. Specify -GeneratePassword too, or omit it.");
        }
        string file = OutputPath.Resolve(SessionState.Path, CredentialPath, nameof(CredentialPath));
        if (!WhatIfRequested)
        {
            _credentials = new CredentialFile(file, []);
        }
    }

    private protected override void Process(PrincipalIdentity identity)
    {
        if (_unusedColumns.FindWarning(InputObject) is { } warning)
        {
            WriteWarning(warning);
        }
        // A password needs no more than the type, which does not change.
        bool isRead = _needsCurrent || _givenPassword is not null || GeneratePassword;
        MailPrincipal? current = isRead ? ReadPrincipal(identity, fresh: _needsCurrent) : null;
        if (isRead && current is null)
        {
            return;
        }
        string name = current?.Name ?? identity.Name;
        List<PrincipalChange> changes;
        try
        {
            ThrowIfNotMeant(current);
            changes = _given.CreateChanges(current);
            if (FindKnown(current ?? identity.Principal, changes) is { } principal)
            {
                Client.Principals.CheckFields(principal, changes);
            }
            _claimed.ThrowIfTaken(name, NewName, _given.Addresses);
        }
        catch (Exception e) when (e is ArgumentException or MailServerException)
        {
            WriteItemError(e, identity.Name);
            return;
        }
        if (_needsCurrent)
        {
            changes = [.. Client.Principals.FindNeeded(current!, changes, arePrepared: false)];
        }
        // A generated password is for one principal only.
        PasswordInput? password = GeneratePassword ? ReadPassword() : _givenPassword;
        if (changes.Count == 0 && password is null)
        {
            LeaveUnchanged(identity, current);
            return;
        }
        // A piped object may be old: its type is right, and what it has may have been removed since.
        bool removes = changes.Exists(change => change.Action == PrincipalAction.RemoveItem);
        MailPrincipal? known = _needsCurrent ? current : removes ? null : FindKnown(identity.Principal, changes);
        PreparedChanges? expected = null;
        if (!PassesDryRun(
            async (dry, token) => expected = await UpdateAsync(dry, identity, known, changes, password, token).ConfigureAwait(false),
            identity.Name,
            async token => expected = await CheckAsync(identity, known, changes, password, token).ConfigureAwait(false)))
        {
            return;
        }
        PermissionWarnings.WarnOnGrant(this, identity.Name, (EnabledPermission ?? []).Concat(AddEnabledPermission ?? []));
        if (_given.ChangesPermissions && current is not null && current.Type == PrincipalType.ApiKey && !Client.Principals.MakesApiKeys)
        {
            PermissionWarnings.WarnOnKey(this, current.Name, current.Role ?? StringList.Empty, _given.GetEnabledPermissions(current), _given.GetDisabledPermissions(current));
        }
        if (expected is not null)
        {
            WarnOfAbsent(expected.Absent);
            changes = [.. expected.Changes];
            if (changes.Count == 0 && password is null)
            {
                LeaveUnchanged(identity, current);
                return;
            }
        }
        if (_given.ChangesPermissions || Enabled == false || changes.Any(change => change.Field == PrincipalField.Roles))
        {
            PermissionWarnings.WarnOnOwn(this, Client.UserName, current?.Name ?? identity.Name, "has other roles or permissions");
        }
        bool acts = ShouldAct($"'{identity}'", PrincipalEdit.Describe(changes, password is not null, current));
        if (acts || WhatIfRequested)
        {
            _claimed.Add(name, NewName, _given.Addresses);
        }
        if (!acts)
        {
            if (WhatIfRequested)
            {
                WarnOnRename(current);
            }
            return;
        }
        if (_given.ChangesPermissions)
        {
            PermissionWarnings.WarnOnRoleChange(this, Client.Dialect, current);
        }
        StartUpdate(identity, current, known, changes, password);
    }

    private void LeaveUnchanged(PrincipalIdentity identity, MailPrincipal? current)
    {
        WriteUnchanged($"'{identity}'");
        if (PassThru && current is not null && !WhatIfRequested)
        {
            WriteChanged(current, password: null);
        }
    }

    private void WarnOnRename(MailPrincipal? current)
    {
        if (NewName is not null && current is not null && !string.Equals(NewName, current.Name, StringComparison.OrdinalIgnoreCase) && !_given.Addresses.Contains(current.Name, StringComparer.OrdinalIgnoreCase)
            && Client.Principals.GetRenameWarning(current) is { } warning)
        {
            WriteWarning(warning);
        }
    }

    // Of a piped object only some properties may have been fetched: then it is read again.
    private static MailPrincipal? FindKnown(MailPrincipal? principal, List<PrincipalChange> changes) =>
        principal is not null && changes.TrueForAll(change => PrincipalField.WasFetched(principal, change.Field)) ? principal : null;

    private void ThrowIfNotMeant(MailPrincipal? current)
    {
        PrincipalChecks.ThrowIfInvalidAddress(_given.Addresses, current?.Email ?? StringList.Empty);
        if (current is null)
        {
            return;
        }
        if (Enabled is not null)
        {
            SignInPermission.ThrowIfCannotSignIn(current);
        }
        if ((_givenPassword is not null || GeneratePassword) && current.Type != PrincipalType.Individual)
        {
            throw new ArgumentException($"'{current}' is of type {current.Type}, which has no password.");
        }
        if (NewName is not null)
        {
            PrincipalChecks.ThrowIfInvalidName(PrincipalType.FromWire(current.Type), NewName, AllowUnusualName, Client.Principals.NamesAreAddresses);
        }
        PrincipalChecks.ThrowIfOwnAddress([.. ExternalMember ?? [], .. AddExternalMember ?? []], [.. current.Email ?? StringList.Empty, .. Email ?? [], .. AddEmail ?? []]);
        bool replacesDenied = DisabledPermission is not null || _given.IsCleared(ClearablePrincipalField.DisabledPermission);
        if (replacesDenied && Enabled is null && current.Enabled == false && DisabledPermission?.Contains(MailPrincipal.AuthenticatePermission, StringComparer.OrdinalIgnoreCase) != true)
        {
            throw new ArgumentException($"'{current}' is disabled, which is one of its denied permissions: this would enable it. Specify -Enabled $false to keep it so, or -Enabled $true.");
        }
    }

    private void ThrowIfNothingToChange()
    {
        string[] others = [nameof(Identity), nameof(InputObject), nameof(HashAlgorithm), nameof(CredentialPath), nameof(AllowUnusualName), nameof(PassThru), nameof(ThrottleLimit), nameof(OutageTimeout), nameof(Connection), nameof(Server), "WhatIf", "Confirm", .. CommonParameters];
        if (MyInvocation.BoundParameters.Keys.All(others.Contains))
        {
            throw new ArgumentException("Nothing to change is specified. Specify what to change, such as -Quota or -AddEmail: what was assigned to the properties of a principal here is not sent.");
        }
    }

    private void ThrowIfEnded()
    {
        if (Expires <= Client.Time.GetUtcNow())
        {
            throw new ArgumentException($"-Expires is in the past ({TimeText.Format(Expires.Value)}): nobody could use the key. To take it away, use Remove-MailPrincipal.");
        }
    }

    // What was read just now may have it already; a piped object may be old.
    private async Task<PreparedChanges> PrepareAsync(MailClient client, string name, MailPrincipal? known, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken)
    {
        PreparedChanges prepared = await client.Principals.PrepareChangesAsync(name, known, changes, _given.GetReplaced(), cancellationToken).ConfigureAwait(false);
        return _needsCurrent && known is not null ? prepared with { Changes = client.Principals.FindNeeded(known, prepared.Changes, arePrepared: true) } : prepared;
    }

    // What the server would say, where nothing is sent.
    private async Task<PreparedChanges> CheckAsync(PrincipalIdentity identity, MailPrincipal? known, IReadOnlyList<PrincipalChange> changes, PasswordInput? password, CancellationToken cancellationToken)
    {
        await (password?.CheckAsync(Client, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        MailPrincipal current = known ?? await FindAsync(identity, cancellationToken).ConfigureAwait(false);
        PreparedChanges prepared = await PrepareAsync(Client, current.Name, current, changes, cancellationToken).ConfigureAwait(false);
        await Client.Principals.CheckChangesAsync(current, prepared.Changes, cancellationToken).ConfigureAwait(false);
        return prepared;
    }

    // The run without its writes.
    private async Task<PreparedChanges> UpdateAsync(
        MailClient dry, PrincipalIdentity identity, MailPrincipal? known, IReadOnlyList<PrincipalChange> changes, PasswordInput? password, CancellationToken cancellationToken)
    {
        if ((known ?? identity.Principal) is { } principal)
        {
            dry.Principals.CheckPermission(principal, changes);
        }
        await (password?.CheckAsync(dry, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        string name = known?.Name ?? await ResolveNameAsync(identity, cancellationToken).ConfigureAwait(false);
        PreparedChanges prepared = await PrepareAsync(dry, name, known, changes, cancellationToken).ConfigureAwait(false);
        await (password is null
            ? dry.Principals.PatchAsync(name, prepared.Changes, cancellationToken)
            : dry.Principals.SetPasswordAsync(name, password.ToSecret(), prepared.Changes, cancellationToken)).ConfigureAwait(false);
        return prepared;
    }

    private void StartUpdate(PrincipalIdentity identity, MailPrincipal? current, MailPrincipal? known, List<PrincipalChange> changes, PasswordInput? password) => StartAlone(
        isAlone: _credentials is null && password is { IsGenerated: true },
        identity.Name,
        async token =>
        {
            string name = await ResolveNameAsync(identity, token).ConfigureAwait(false);
            if (!IsFirst(identity, name))
            {
                return new Update(IsFirst: false, []);
            }
            PreparedChanges prepared = await PrepareAsync(Client, name, known, changes, token).ConfigureAwait(false);
            if (password is null)
            {
                await Client.Principals.PatchAsync(name, prepared.Changes, token).ConfigureAwait(false);
            }
            else
            {
                await SetPasswordAsync(name, password, prepared.Changes, token).ConfigureAwait(false);
            }
            try
            {
                return new Update(IsFirst: true, prepared.Absent)
                {
                    Changed = PassThru || password is { IsGenerated: true } ? await Client.Principals.GetAsync(NewName ?? name, token).ConfigureAwait(false) : null,
                };
            }
            catch (MailServerException e)
            {
                // It is changed: that it cannot be read again is no failure, and must not take a generated password away.
                return new Update(IsFirst: true, prepared.Absent) { Changed = password is { IsGenerated: true } ? current : null, UnreadReason = e.Message };
            }
        },
        result =>
        {
            if (!result.IsFirst)
            {
                WarnOfRepetition(identity);
            }
            else
            {
                WarnOnRename(current);
            }
            WarnOfAbsent(result.Absent);
            if (result.UnreadReason is { } reason)
            {
                WriteWarning(password is { IsGenerated: true }
                    ? $"The password of '{NewName ?? identity.ToString()}' was set. What is shown of it is from before: it could not be read again. {reason}"
                    : PrincipalErrors.FormatUnread(NewName ?? identity.ToString(), reason));
            }
            WriteChanged(result.Changed, password);
        });

    // What became of one principal.
    private sealed record Update(bool IsFirst, IReadOnlyList<AbsentItem> Absent)
    {
        // As it is afterwards; as it was before where it could not be read again.
        public MailPrincipal? Changed { get; init; }

        public string? UnreadReason { get; init; }
    }

    private Task<bool> SetPasswordAsync(string name, PasswordInput password, IReadOnlyList<PrincipalChange> changes, CancellationToken cancellationToken) => CredentialFile.KeepAsync(
        _credentials,
        (NewName ?? name).ToLowerInvariant(),
        password.GeneratedText,
        async () =>
        {
            await password.CheckAsync(Client, cancellationToken).ConfigureAwait(false);
            await Client.Principals.SetPasswordAsync(name, password.ToSecret(), changes, cancellationToken).ConfigureAwait(false);
            return true;
        });

    // No error: it is as it was wanted, and a script may run twice.
    private void WarnOfAbsent(IEnumerable<AbsentItem> items)
    {
        foreach (AbsentItem item in items)
        {
            WriteWarning(item.ToString());
        }
    }

    private void WriteChanged(MailPrincipal? changed, PasswordInput? password)
    {
        if (changed is null)
        {
            return;
        }
        PSObject output = PrincipalView.Create(WithServer(changed));
        if (password is { IsGenerated: true })
        {
            GeneratedSecret.Add(output, password.ToCredential(NewName ?? changed.Name), isKept: _credentials is not null);
        }
        WriteObject(output);
    }

    private PasswordInput? ReadPassword() => PasswordInput.FromParameters(Password, PasswordHash, GeneratePassword, HashAlgorithm);
}
