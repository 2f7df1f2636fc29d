using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Creates principals (POST /principal). Passwords are hashed here before they are sent.</summary>
[Cmdlet(VerbsCommon.New, "MailPrincipal", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailPrincipal))]
public sealed class NewMailPrincipal : WindowedCmdlet
{
    /// <summary>The login or name. The server lower-cases it.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [AllowEmptyString]
    [AllowNull]
    public string? Identity { get; set; }

    /// <summary>The type. Default: Individual.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PrincipalTypeArgument]
    [ArgumentCompleter(typeof(PrincipalTypeCompleter))]
    public PrincipalType? Type { get; set; }

    /// <summary>The description, usually the full name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>Addresses, the primary one first. Their domains must exist.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Emails")]
    [ListArgument]
    [AllowEmptyCollection]
    public string[]? Email { get; set; }

    /// <summary>Disk quota in bytes, such as 5GB; 0 = no limit.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [QuotaArgument]
    public long? Quota { get; set; }

    /// <summary>The password: a SecureString or PSCredential; plain text only from the pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [PasswordArgument]
    public object? Password { get; set; }

    /// <summary>A finished password hash that the server can verify, such as one from ConvertTo-MailPasswordHash.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? PasswordHash { get; set; }

    /// <summary>Generate a password; the output has it in the property Credential.</summary>
    [Parameter]
    public SwitchParameter GeneratePassword { get; set; }

    /// <summary>Create individuals without a password: nobody can sign in until one is set.</summary>
    [Parameter]
    public SwitchParameter NoPassword { get; set; }

    /// <summary>How passwords are hashed.</summary>
    [Parameter]
    [SingleValue]
    public PasswordHashAlgorithm HashAlgorithm { get; set; }

    /// <summary>Groups.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Group", "Groups")]
    [ListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    public string[]? MemberOf { get; set; }

    /// <summary>Mailing lists.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Lists")]
    [ListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    public string[]? List { get; set; }

    /// <summary>Roles. Default for individuals: user, since without a role nobody can sign in; @() means none.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Roles")]
    [ListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    public string[]? Role { get; set; }

    /// <summary>Members by name (groups, lists, roles).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Members")]
    [ListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    public string[]? Member { get; set; }

    /// <summary>Addresses outside this server (mailing lists).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ExternalMembers")]
    [ListArgument]
    [AllowEmptyCollection]
    public string[]? ExternalMember { get; set; }

    /// <summary>Permissions granted beyond the roles.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("EnabledPermissions")]
    [ListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string[]? EnabledPermission { get; set; }

    /// <summary>Permissions denied whatever the roles say.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DisabledPermissions")]
    [ListArgument]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(PermissionCompleter))]
    public string[]? DisabledPermission { get; set; }

    /// <summary>URLs, or the redirect URIs of an OAuth client.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Urls")]
    [ListArgument]
    [AllowEmptyCollection]
    public string[]? Url { get; set; }

    /// <summary>The tenant (Enterprise).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(PrincipalNameCompleter))]
    public string? Tenant { get; set; }

    /// <summary>A picture.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Picture { get; set; }

    /// <summary>The language of the account's interface (server 0.12.5 and later).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? Locale { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        PlainPasswordGuard.ThrowIfPlainText(this, Password);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        PrincipalType type = Type ?? PrincipalType.Individual;
        PasswordInput? password;
        try
        {
            password = ReadPassword(type);
        }
        catch (ArgumentException e)
        {
            WriteItemError(e, Identity);
            return;
        }
        if (string.IsNullOrWhiteSpace(Identity))
        {
            WriteItemError(new ArgumentException("The principal has no name. Specify -Identity with its login, such as jane."), Identity);
            return;
        }
        PermissionWarnings.WarnOnGrant(this, Identity, EnabledPermission);
        if (!ShouldAct($"{type} '{Identity}'", "Create"))
        {
            return;
        }
        if (type.CanBeNamedByOthers)
        {
            DrainWindow();
        }
        StartCreating(CreatePrincipal(type), password, type == PrincipalType.ApiKey ? CreateApiSecret() : null);
        if (type.CanBeNamedByOthers)
        {
            // Principals that refer to it would get a false "not found" if they were sent before it exists.
            DrainWindow();
        }
    }

    private PasswordInput? ReadPassword(PrincipalType type)
    {
        bool isIndividual = type == PrincipalType.Individual;
        if (NoPassword && (GeneratePassword || Password is not null))
        {
            throw new ArgumentException("-NoPassword cannot be combined with a password. Specify only one of them.");
        }
        var password = PasswordInput.FromParameters(Password, PasswordHash, GeneratePassword && isIndividual && Password is null && string.IsNullOrWhiteSpace(PasswordHash), HashAlgorithm);
        if (password is not null && !isIndividual)
        {
            throw new ArgumentException($"A principal of type {type} cannot have a password. Omit it.");
        }
        if (password is null && isIndividual && !NoPassword)
        {
            throw new ArgumentException($"'{Identity}' has no password. Specify -Password, -PasswordHash, -GeneratePassword or -NoPassword.");
        }
        return password;
    }

    private NewPrincipal CreatePrincipal(PrincipalType type) => new()
    {
        Type = type,
        Name = Identity!.Trim(),
        Description = NullIfEmpty(Description),
        Email = Email ?? [],
        Quota = Quota,
        MemberOf = MemberOf ?? [],
        List = List ?? [],
        Role = Role ?? (type == PrincipalType.Individual ? NewPrincipal.DefaultIndividualRoles : []),
        Member = Member ?? [],
        ExternalMember = ExternalMember ?? [],
        EnabledPermission = EnabledPermission ?? [],
        DisabledPermission = DisabledPermission ?? [],
        Url = Url ?? [],
        Tenant = NullIfEmpty(Tenant),
        Picture = NullIfEmpty(Picture),
        Locale = NullIfEmpty(Locale),
    };

    private void StartCreating(NewPrincipal principal, PasswordInput? password, string? apiSecret) => Start(
        principal.Name,
        async token =>
        {
            string? secret = apiSecret ?? password?.ToSecret();
            NewPrincipal complete = secret is null ? principal : principal with { Secret = [secret] };
            uint id = await Client.Principals.CreateAsync(complete, token).ConfigureAwait(false);
            return MailPrincipal.FromCreated(id, complete);
        },
        created =>
        {
            var output = new PSObject(created);
            if (password is { IsGenerated: true })
            {
                output.Properties.Add(new PSNoteProperty("Credential", password.ToCredential(created.Name)));
            }
            if (apiSecret is not null)
            {
                output.Properties.Add(new PSNoteProperty("ApiKey", SecureStringConverter.ToSecureString(FormatApiKey(created.Name, apiSecret))));
            }
            WriteObject(output);
        });

    // 32 random bytes; the server stores an API key's secret as it is sent.
    private static string CreateApiSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    private static string FormatApiKey(string name, string secret) => "api_" + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{secret}"));

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
