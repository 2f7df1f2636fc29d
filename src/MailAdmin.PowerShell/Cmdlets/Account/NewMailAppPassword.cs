using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>
/// Creates an app password for the signed-in account (POST /account/auth addAppPassword; from 0.16 on x:AppPassword/set): a password for one
/// program, which needs no one-time code and can be removed alone. It is generated here, from 0.16 on by the server, stored hashed, and returned once.
/// </summary>
[Cmdlet(VerbsCommon.New, "MailAppPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "New-MailAppPassword.md")]
[OutputType(typeof(MailAppPassword))]
public sealed class NewMailAppPassword : ConnectionCmdlet
{
    /// <summary>The name: what it is for, such as <c>phone</c>. No control characters, and before server 0.16 no <c>$</c>. Two app passwords may have the same name.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>How the password is hashed on this machine before it is sent. Default: Sha512Crypt. Refused from server 0.16 on, which makes and hashes it itself.</summary>
    [Parameter]
    [ValidateSet("Sha512Crypt", "Sha256Crypt", "Bcrypt", "Argon2id", "Pbkdf2")]
    [SingleValue]
    public PasswordHashAlgorithm HashAlgorithm { get; set; }

    /// <summary>When the app password ends. Default: never. Server 0.16 and later.</summary>
    [Parameter]
    [TimeArgument]
    public DateTimeOffset? Expires { get; set; }

    /// <summary>The IP addresses and networks that it may be used from, such as 192.0.2.0/24. Default: all. Server 0.16 and later.</summary>
    [Parameter]
    [IpNetworkArgument]
    [ValidateNotNullOrEmpty]
    public string[]? AllowedIp { get; set; }

    private protected override object? ErrorTarget => Name;

    private protected override void Process()
    {
        var appPassword = new NewAppPassword(Name!) { Expires = Expires, AllowedIp = AllowedIp ?? [] };
        ThrowIfInvalid(appPassword);
        if (!PassesDryRun(
            async (dry, token) =>
            {
                await FallbackAdministrator.ThrowIfSignedInAsync(dry, token).ConfigureAwait(false);
                await dry.Account.AddAppPasswordAsync(appPassword, token).ConfigureAwait(false);
            },
            appPassword.Name,
            token => FallbackAdministrator.ThrowIfSignedInAsync(Client, token)) || !ShouldAct($"account '{Client.UserName}'", $"Add the app password '{appPassword.Name}'"))
        {
            return;
        }
        PasswordInput? password = Client.Account.MakesSecrets ? null : PasswordInput.Generate(HashAlgorithm);
        AddedAppPassword added = Pump.Wait(FallbackAdministrator.ChangeAsync(
            Client, token => Client.Account.AddAppPasswordAsync(password is null ? appPassword : appPassword with { Hash = password.ToSecret() }, token), Pump.Token));
        string login = Client.UserName ?? "unknown";
        WriteObject(new MailAppPassword
        {
            Name = added.Name.Name,
            Created = added.Name.Created,
            RawName = added.Name.RawName,
            Id = added.Name.Id,
            Expires = added.Name.Expires,
            AllowedIp = added.Name.AllowedIp,
            Credential = password?.ToCredential(login) ?? new PSCredential(login, SecureStringConverter.ToSecureString(added.Secret!)),
        });
    }

    private void ThrowIfInvalid(NewAppPassword appPassword)
    {
        if (Client.Account.MakesSecrets && MyInvocation.BoundParameters.ContainsKey(nameof(HashAlgorithm)))
        {
            throw ServerSecrets.CreateHashingError("makes the secret of an app password and hashes it");
        }
        if (Expires <= Client.Time.GetUtcNow())
        {
            throw new ArgumentException($"-Expires is in the past ({TimeText.Format(Expires.Value)}): nobody could use the app password.");
        }
        Client.Account.Check(appPassword);
    }
}
