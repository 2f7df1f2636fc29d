using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>
/// Creates an app password for the signed-in account (POST /account/auth addAppPassword): a password for one program, which needs no one-time
/// code and can be removed alone. It is generated here, stored hashed, and returned once.
/// </summary>
[ManagementApiOnly]
[Cmdlet(VerbsCommon.New, "MailAppPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "New-MailAppPassword.md")]
[OutputType(typeof(MailAppPassword))]
public sealed class NewMailAppPassword : ConnectionCmdlet
{
    /// <summary>The name: what it is for, such as <c>phone</c>. Neither <c>$</c> nor control characters. Two app passwords may have the same name.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>How the password is hashed on this machine before it is sent. Default: Sha512Crypt.</summary>
    [Parameter]
    [ValidateSet("Sha512Crypt", "Sha256Crypt", "Bcrypt", "Argon2id", "Pbkdf2")]
    [SingleValue]
    public PasswordHashAlgorithm HashAlgorithm { get; set; }

    private protected override object? ErrorTarget => Name;

    private protected override void Process()
    {
        var name = MailAppPasswordName.Create(Name!, Client.Time.GetUtcNow());
        if (!PassesWhatIf(token => FallbackAdministrator.ThrowIfSignedInAsync(Client, token), name) || !ShouldAct($"account '{Client.UserName}'", $"Add the app password '{name}'"))
        {
            return;
        }
        var password = PasswordInput.Generate(HashAlgorithm);
        Pump.Wait(FallbackAdministrator.ChangeAsync(Client, token => Client.Account.AddAppPasswordAsync(name, password.ToSecret(), token), Pump.Token));
        WriteObject(new MailAppPassword
        {
            Name = name.Name,
            Created = name.Created,
            RawName = name.RawName,
            Credential = password.ToCredential(Client.UserName ?? "unknown"),
        });
    }
}
