using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Files;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>
/// Creates principals (POST /principal). Passwords are hashed here before they are sent. Rows of the pipeline are read by the columns of an import;
/// a parameter beats the row's column.
/// </summary>
[Cmdlet(VerbsCommon.New, "MailPrincipal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "New-MailPrincipal.md")]
[OutputType(typeof(MailPrincipal))]
public sealed class NewMailPrincipal : WindowedCmdlet
{
    private readonly PrincipalRows _rows = new(new ImportOptions());
    private HashSet<string> _specified = [];
    private readonly ClaimedValues _claimed = new();
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private bool _isUnusedWarned;
    private CredentialFile? _credentials;

    /// <summary>A row with columns such as Name, Email and Enabled: an object of Import-Csv, of a directory service, or a principal of another server.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    // Not mandatory: PowerShell would refuse a row whose login is in a column of another name.
    /// <summary>The login or name, unless a row gives it; of a domain the domain itself. The server lower-cases it.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [AllowEmptyString]
    [AllowNull]
    public string? Identity { get; set; }

    /// <summary>The type, such as Individual (an account), Group, List, Domain, Role or ApiKey. Default: Individual.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PrincipalTypeArgument(IsReadByRow = true)]
    [ArgumentCompleter(typeof(PrincipalTypeCompleter))]
    public PrincipalType? Type { get; set; }

    /// <summary>The description: of an account usually the full name, at most 512 bytes.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Addresses, the primary one first. Their domains must exist on the server. An address such as @example.org is a catch-all: it gets the mail for addresses of the domain that nobody has.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Emails")]
    [AddressListArgument]
    [AllowEmptyCollection]
    public string[]? Email { get; set; }

    /// <summary>Disk quota in bytes, such as 5GB; 0 = no limit. Only individuals, groups and tenants have one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [QuotaArgument(IsReadByRow = true)]
    public long? Quota { get; set; }

    /// <summary>The password of an individual: a SecureString or PSCredential. Plain text is refused on the command line and taken from the rows of the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PasswordArgument]
    public object? Password { get; set; }

    /// <summary>A finished password hash that the server can verify, such as one from ConvertTo-MailPasswordHash.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PasswordHash { get; set; }

    /// <summary>Generate a password for each individual that has none. The output has it in the property Credential, and nothing else has it but the file of -CredentialPath. Without that file, one account is finished before the next one is begun.</summary>
    [Parameter]
    public SwitchParameter GeneratePassword { get; set; }

    /// <summary>
    /// A CSV file with the columns Name and Password that gets each generated password, and the key of each API key, before its account is made. Only its
    /// owner may read it. A file of an earlier run is continued, and no other file is overwritten.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CredentialPath { get; set; }

    /// <summary>Create individuals without a password: nobody can sign in until one is set.</summary>
    [Parameter]
    public SwitchParameter NoPassword { get; set; }

    /// <summary>Create individuals without an address: nobody can send them mail until one is set.</summary>
    [Parameter]
    public SwitchParameter NoAddress { get; set; }

    /// <summary>Take a login with a space, or with quotation marks and dashes of a text processor (’ “ –), or with letters of two scripts. Otherwise it is taken for a display name or a mistake.</summary>
    [Parameter]
    public SwitchParameter AllowUnusualName { get; set; }

    /// <summary>Whether it may sign in; $false creates it disabled. Individuals and API keys only. Default: it may.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [EnabledArgument(IsReadByRow = true)]
    public bool? Enabled { get; set; }

    /// <summary>How the password is hashed on this machine before it is sent. Default: Sha512Crypt. None sends it as it is, and every administrator can then read it. It does not concern -PasswordHash.</summary>
    [Parameter]
    [SingleValue]
    public PasswordHashAlgorithm HashAlgorithm { get; set; }

    /// <summary>The groups that it belongs to, by name or address. Individuals and groups only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Group", "Groups")]
    [PrincipalNameListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    public PrincipalName[]? MemberOf { get; set; }

    /// <summary>The mailing lists that it is on, by name or address. Individuals and groups only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Lists")]
    [PrincipalNameListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    public PrincipalName[]? List { get; set; }

    /// <summary>Roles, by name. Default for individuals: user, since without a role nobody can sign in; @() means none. Individuals, roles, tenants and API keys only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Roles")]
    [PrincipalNameListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    public PrincipalName[]? Role { get; set; }

    /// <summary>Members by name or address. Groups, lists, roles, resources and locations only; what is an address elsewhere becomes an external member of a list.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Members")]
    [PrincipalNameListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    public PrincipalName[]? Member { get; set; }

    /// <summary>Addresses outside this server, to which a mailing list sends its mail on. Lists only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ExternalMembers")]
    [AddressListArgument]
    [AllowEmptyCollection]
    public string[]? ExternalMember { get; set; }

    /// <summary>Permissions granted beyond the roles, by the server's names, such as undelete. Individuals, API keys, roles and tenants only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("EnabledPermissions")]
    [ListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string[]? EnabledPermission { get; set; }

    /// <summary>Permissions denied whatever the roles say, by the server's names, such as email-send. Individuals, API keys, roles and tenants only.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DisabledPermissions")]
    [ListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string[]? DisabledPermission { get; set; }

    /// <summary>URLs such as home pages; of an OAuth client its redirect URIs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Urls")]
    [ListArgument]
    [AllowEmptyCollection]
    public string[]? Url { get; set; }

    /// <summary>The tenant that it belongs to, by name. Needs an Enterprise licence.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PrincipalNameArgument]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    public PrincipalName? Tenant { get; set; }

    /// <summary>A text of at most 512 bytes, such as the URL of a picture. The server stores it as it is.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Picture { get; set; }

    /// <summary>The language of the account's interface, such as de. Refused on servers before 0.12.5.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Locale { get; set; }

    /// <summary>When an API key ends. Default: never. Server 0.16 and later.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Expires { get; set; }

    /// <summary>The IP addresses and networks that an API key may be used from, such as 192.0.2.0/24. Default: all. Server 0.16 and later.</summary>
    [Parameter]
    [IpNetworkArgument]
    [ValidateNotNullOrEmpty]
    public string[]? AllowedIp { get; set; }

    /// <inheritdoc/>
    private protected override string? OneServerReason => CredentialPath is null ? null : "-CredentialPath is a file for the accounts of one server.";

    /// <inheritdoc/>
    private protected override bool TakesObjectsOfAnyServer => true;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        PlainPasswordGuard.ThrowIfPlainText(this, Password);
        // Of the parameters, only these beat the row: the others are bound from its columns, which are read another way.
        _specified = [.. MyInvocation.BoundParameters.Keys];
        if (CredentialPath is not null)
        {
            OpenCredentialFile(CredentialPath);
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

    private void OpenCredentialFile(string path)
    {
        try
        {
            if (!GeneratePassword && _specified.Contains(nameof(Type)) && Type != PrincipalType.ApiKey)
            {
                throw new ArgumentException("-CredentialPath is for generated passwords and API keys. Specify -GeneratePassword too, or omit it.");
            }
            string file = OutputPath.Resolve(SessionState.Path, path, nameof(CredentialPath));
            if (!WhatIfRequested)
            {
                _credentials = new CredentialFile(file, []);
            }
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            ThrowTerminating(e, path);
        }
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        NewPrincipal principal;
        PasswordInput? password;
        PrincipalRow? row = null;
        try
        {
            row = ReadRow();
            ThrowIfInvalid(row);
            principal = CreatePrincipal(row);
            password = ReadPassword(principal, row);
            ThrowIfIncomplete(principal);
            Client.Principals.Check(principal);
            _claimed.ThrowIfTaken(principal.Name, null, principal.Email);
            ThrowIfNamedTwice(principal.Name);
        }
        catch (ColumnMapException e)
        {
            WriteError(PrincipalErrors.UnknownRow(e));
            return;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or MailServerException)
        {
            WriteItemError(Hide(e, row), row is null || _specified.Contains(nameof(Identity)) ? Identity : row.Principal.Name);
            return;
        }
        if (!PassesDryRun((dry, token) => CheckAsync(dry, principal, password, row, token), principal.Name, token => CheckAsync(null, principal, password, row, token)))
        {
            return;
        }
        PermissionWarnings.WarnOnGrant(this, principal.Name, principal.EnabledPermission);
        if (principal.Type == PrincipalType.ApiKey && !Client.Principals.MakesApiKeys)
        {
            PermissionWarnings.WarnOnKey(this, principal.Name, principal.Role, principal.EnabledPermission, principal.DisabledPermission);
        }
        bool acts = ShouldAct($"{principal.Type} '{Client.Principals.GetStoredName(principal.Type, principal.Name)}'", DescribeAction(principal, password));
        if (acts || WhatIfRequested)
        {
            _claimed.Add(principal.Name, null, principal.Email);
            _names.Add(principal.Name);
        }
        if (!acts)
        {
            return;
        }
        if (principal.Type.CanBeNamedByOthers)
        {
            DrainWindow();
        }
        WarnOfDisabledAddresses(principal.Name);
        if (principal.Type == PrincipalType.ApiKey && Client.Principals.MakesApiKeys)
        {
            StartMakingKey(principal, row);
            return;
        }
        StartCreating(principal, password, row, principal.Type == PrincipalType.ApiKey ? CreateApiSecret() : null);
        if (principal.Type.CanBeNamedByOthers)
        {
            // Principals that refer to it would get a false "not found" if they were sent before it exists.
            DrainWindow();
        }
    }

    // What the server would say; where the run can be made without its writes, it is.
    private async Task CheckAsync(MailClient? dry, NewPrincipal principal, PasswordInput? password, PrincipalRow? row, CancellationToken cancellationToken)
    {
        try
        {
            PrincipalResource principals = (dry ?? Client).Principals;
            // Before anything is read, which the account may not be allowed either.
            principals.CheckPermission(principal);
            await (password?.CheckAsync(Client, cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            NewPrincipal resolved = await principals.PrepareAsync(principal, cancellationToken).ConfigureAwait(false);
            await (dry is null ? principals.CheckCreationAsync(resolved, _names, cancellationToken)
                : principal.Type == PrincipalType.ApiKey ? principals.CreateApiKeyAsync(resolved, cancellationToken)
                : principals.CreateAsync(resolved, cancellationToken)).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e is { Code: MailErrorCode.NotFound, Item: { } item } && _names.Contains(item))
        {
            // This command would have made it by then.
        }
        catch (MailServerException e) when (row is not null)
        {
            throw row.Hide(e);
        }
    }

    // What the row names may be its password.
    private static Exception Hide(Exception error, PrincipalRow? row) => error is MailServerException server && row is not null ? row.Hide(server) : error;

    // Of two requests at once for one name the later one may win.
    private void ThrowIfNamedTwice(string name)
    {
        if (_names.Contains(name))
        {
            throw new ArgumentException($"The name '{name}' is taken: this command gives it to another principal already.");
        }
    }

    private static string DescribeAction(NewPrincipal principal, PasswordInput? password)
    {
        string fields = string.Join(", ", principal.Describe().Concat(password is null ? [] : password.IsGenerated ? ["Password generated"] : ["Password set"]));
        return fields.Length == 0 ? "Create" : $"Create ({fields})";
    }

    private PrincipalRow? ReadRow()
    {
        if (InputObject is null)
        {
            return null;
        }
        // Whoever says which property is the login has mapped the row by hand.
        bool isMapped = _specified.Contains(nameof(Identity));
        if (_rows.Read(InputObject, isMapped) is not { } row)
        {
            return null;
        }
        if (!_isUnusedWarned && UnusedColumn.Describe(_rows.UnusedColumns.Where(column => row.Errors.All(error => error.Column != column.Header))) is { } unused)
        {
            _isUnusedWarned = true;
            WriteWarning($"Columns that are not used: {unused}.");
        }
        if (row.LeftOut.Count > 0)
        {
            WriteWarning($"'{row}': left out of its addresses, since they are none: {string.Join(", ", row.LeftOut.CountBy(word => word).Select(pair => $"{pair.Value} {pair.Key}"))}.");
        }
        return row;
    }

    private static void ThrowIfInvalid(PrincipalRow? row)
    {
        if (row is null or { Errors: [] })
        {
            return;
        }
        // The row itself may contain a password, and its name may be one.
        string name = row.Principal.Name.Length > 0 ? $"'{row}'" : "A row without a name";
        throw new FormatException(PrincipalErrors.WithoutImportParameters(string.Join(" ", row.Errors.Select(error => error.Column is null ? error.Message : $"{name}, column '{error.Column}': {error.Message}"))));
    }

    private NewPrincipal CreatePrincipal(PrincipalRow? row)
    {
        NewPrincipal? cells = row?.Principal;
        PrincipalType type = Choose(nameof(Type), Type, cells?.Type) ?? PrincipalType.Individual;
        var principal = new NewPrincipal
        {
            Type = type,
            Name = Choose(nameof(Identity), Identity, cells?.Name)?.Trim() ?? "",
            Description = NullIfEmpty(Choose(nameof(Description), Description, cells?.Description)),
            Email = Choose(nameof(Email), Email, cells?.Email) ?? [],
            Quota = Choose(nameof(Quota), Quota, cells?.Quota),
            MemberOf = Choose(nameof(MemberOf), MemberOf.ToTexts(), cells?.MemberOf) ?? [],
            List = Choose(nameof(List), List.ToTexts(), cells?.List) ?? [],
            Role = Choose(nameof(Role), Role.ToTexts(), row is { HasRoles: true } ? row.Principal.Role : null) ?? (type == PrincipalType.Individual ? NewPrincipal.DefaultIndividualRoles : []),
            Member = Choose(nameof(Member), Member.ToTexts(), cells?.Member) ?? [],
            ExternalMember = Choose(nameof(ExternalMember), ExternalMember, cells?.ExternalMember) ?? [],
            EnabledPermission = Choose(nameof(EnabledPermission), EnabledPermission, cells?.EnabledPermission) ?? [],
            DisabledPermission = Choose(nameof(DisabledPermission), DisabledPermission, cells?.DisabledPermission) ?? [],
            Url = Choose(nameof(Url), Url, cells?.Url) ?? [],
            Tenant = NullIfEmpty(Choose(nameof(Tenant), Tenant?.Text, cells?.Tenant)),
            Picture = NullIfEmpty(Choose(nameof(Picture), Picture, cells?.Picture)),
            Locale = NullIfEmpty(Choose(nameof(Locale), Locale, cells?.Locale)),
            Expires = Expires ?? ReadRowValue(nameof(Expires), value => (DateTimeOffset?)new TimeArgumentAttribute().Transform(null!, value)),
            AllowedIp = AllowedIp ?? ReadRowValue(nameof(AllowedIp), value => (string[])new IpNetworkArgumentAttribute().Transform(null!, InputText.Format(value).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))!) ?? [],
        };
        if (principal.Expires <= Client.Time.GetUtcNow())
        {
            throw new ArgumentException($"The key would have ended already ({TimeText.Format(principal.Expires.Value)}): nobody could use it. Specify another time with -Expires.");
        }
        bool? enabled = Choose(nameof(Enabled), Enabled, row?.Enabled);
        PrincipalChecks.ThrowIfContradictory(enabled, principal.DisabledPermission);
        if (enabled != false)
        {
            return principal;
        }
        return SignInPermission.IsSupportedBy(type) ? principal.Disable() : throw new ArgumentException($"A principal of type {type} does not sign in, and so cannot be disabled.");
    }

    // A key without its end and its addresses would be worth more than the one that it is made after.
    private T? ReadRowValue<T>(string name, Func<object, T> read)
    {
        object? value = InputObject?.Properties[name]?.Value;
        if (value is null || InputText.Format(value).Length == 0)
        {
            return default;
        }
        try
        {
            return read(value);
        }
        catch (ArgumentTransformationMetadataException e)
        {
            throw new FormatException($"Column '{name}': {e.Message}", e);
        }
    }

    // No new principal has one that is switched off, and none is switched on in silence.
    private void WarnOfDisabledAddresses(string name)
    {
        if (InputObject?.Properties[nameof(MailPrincipal.DisabledEmail)]?.Value is { } value && InputText.Format(value) is { Length: > 0 } addresses)
        {
            WriteWarning($"'{name}' does not get the addresses that are switched off where it comes from: {addresses}. To give it one, use Set-MailPrincipal -AddEmail, and -DisableEmail to switch it off.");
        }
    }

    private T? Choose<T>(string parameter, T? specified, T? cell) => InputObject is null || _specified.Contains(parameter) ? specified : cell;

    private PasswordInput? ReadPassword(NewPrincipal principal, PrincipalRow? row)
    {
        bool isIndividual = principal.Type == PrincipalType.Individual;
        bool isSpecified = InputObject is null || _specified.Overlaps([nameof(Password), nameof(PasswordHash)]);
        (object? password, string? hash) = isSpecified ? (Password, PasswordHash) : default;
        PasswordCell? cell = isSpecified ? null : row?.Password;
        bool hasPassword = password is not null || cell is not null || !string.IsNullOrWhiteSpace(hash);
        if (NoPassword && (GeneratePassword || hasPassword))
        {
            throw new ArgumentException("-NoPassword cannot be combined with a password. Specify only one of them.");
        }
        PasswordInput? input = cell is not null
            ? PasswordInput.FromCell(cell, HashAlgorithm)
            : PasswordInput.FromParameters(password, hash, GeneratePassword && isIndividual && !hasPassword, HashAlgorithm);
        if (!isIndividual && (input is not null || (GeneratePassword && InputObject is null && principal.Type != PrincipalType.ApiKey)))
        {
            throw new ArgumentException($"A principal of type {principal.Type} cannot have a password. Omit it.");
        }
        if (input is null && isIndividual && !NoPassword)
        {
            throw new ArgumentException($"'{principal.Name}' has no password. Specify -Password, -PasswordHash, -GeneratePassword or -NoPassword.");
        }
        return input;
    }

    private void ThrowIfIncomplete(NewPrincipal principal)
    {
        if (principal.Name.Length == 0)
        {
            throw new ArgumentException("The principal has no name. Specify -Identity with its login, such as jane.");
        }
        PrincipalChecks.ThrowIfInvalidName(principal.Type, principal.Name, AllowUnusualName, Client.Principals.NamesAreAddresses);
        PrincipalChecks.ThrowIfInvalidAddress(principal.Email, []);
        PrincipalChecks.ThrowIfOwnAddress(principal.ExternalMember, principal.Email);
        if (principal.Type == PrincipalType.Individual && principal.Email.Count == 0 && !NoAddress && !Client.Principals.NamesAreAddresses)
        {
            throw new ArgumentException($"'{principal.Name}' has no address: nobody could send it mail. Specify -Email, or -NoAddress for an account without mail.");
        }
    }

    private void StartCreating(NewPrincipal principal, PasswordInput? password, PrincipalRow? row, string? apiSecret) => StartAlone(
        isAlone: _credentials is null && (apiSecret is not null || password is { IsGenerated: true }),
        principal.Name,
        async token =>
        {
            await (password?.CheckAsync(Client, token) ?? Task.CompletedTask).ConfigureAwait(false);
            string? secret = apiSecret ?? password?.ToSecret();
            string name = principal.Name.ToLowerInvariant();
            try
            {
                NewPrincipal resolved = await Client.Principals.PrepareAsync(principal, token).ConfigureAwait(false);
                NewPrincipal complete = secret is null ? resolved : resolved with { Secret = [secret] };
                string? made = apiSecret is not null ? FormatApiKey(name, apiSecret) : password?.GeneratedText;
                uint id = await CredentialFile.KeepAsync(_credentials, name, made, () => Client.Principals.CreateAsync(complete, token)).ConfigureAwait(false);
                return MailPrincipal.FromCreated(id, complete, Client.Principals.GetStoredName(complete.Type, complete.Name), Client.Principals.CountsMembers(complete.Type));
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                throw Hide(e, row);
            }
        },
        created =>
        {
            // What has a secret of its own has a view of its own.
            bool isOfOneType = apiSecret is null && password is null && (InputObject is null || _specified.Contains(nameof(Type)));
            PSObject output = PrincipalView.Create(WithServer(created), isOfOneType ? principal.Type : null);
            if (password is { IsGenerated: true })
            {
                GeneratedSecret.Add(output, password.ToCredential(created.Name), isKept: _credentials is not null);
            }
            if (apiSecret is not null)
            {
                GeneratedSecret.Add(output, SecureStringConverter.ToSecureString(FormatApiKey(created.Name, apiSecret)), isKept: _credentials is not null);
            }
            WriteObject(output);
        });

    private void StartMakingKey(NewPrincipal principal, PrincipalRow? row) => StartAlone(
        isAlone: _credentials is null,
        principal.Name,
        async token =>
        {
            try
            {
                NewPrincipal resolved = await Client.Principals.PrepareAsync(principal, token).ConfigureAwait(false);
                CreatedApiKey made = await Client.Principals.CreateApiKeyAsync(resolved, token).ConfigureAwait(false);
                return (Made: made, Unkept: Keep(made));
            }
            catch (MailServerException e)
            {
                throw Hide(e, row);
            }
        },
        result =>
        {
            if (result.Unkept is { } reason)
            {
                WriteWarning($"The API key '{result.Made}' was made, and is not in the file of -CredentialPath: only this object has its secret. {reason}");
            }
            PSObject output = PrincipalView.Create(WithServer(result.Made.Principal), null);
            GeneratedSecret.Add(output, SecureStringConverter.ToSecureString(result.Made.Secret), isKept: _credentials is not null && result.Unkept is null);
            WriteObject(output);
        });

    // The server has shown the secret, and shows it once: an error would take it away.
    private string? Keep(CreatedApiKey made)
    {
        try
        {
            _credentials?.Add(made.Principal.Name, made.Secret);
            _credentials?.Confirm(made.Principal.Name);
            return null;
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    // 32 random bytes; the server stores an API key's secret as it is sent.
    private static string CreateApiSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static string FormatApiKey(string name, string secret) => "api_" + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"));

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
