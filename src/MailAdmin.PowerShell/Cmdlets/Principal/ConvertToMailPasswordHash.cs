using System.Management.Automation;
using System.Security;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>Hashes a password in a form that the server verifies, as New- and Set-MailPrincipal do before they send it. Needs no connection.</summary>
[Cmdlet(VerbsData.ConvertTo, "MailPasswordHash",
    HelpUri = HelpPages.Folder + "ConvertTo-MailPasswordHash.md")]
[OutputType(typeof(string))]
public sealed class ConvertToMailPasswordHash : PSCmdlet
{
    /// <summary>The password, as a SecureString such as that of Read-Host -AsSecureString. An empty one is an error.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SecureString? Password { get; set; }

    /// <summary>How it is hashed: Sha512Crypt as the server's web administration does, Sha256Crypt, Bcrypt, Argon2id or Pbkdf2. The server verifies all of them. Default: Sha512Crypt.</summary>
    [Parameter(Position = 1)]
    [ValidateSet("Sha512Crypt", "Sha256Crypt", "Bcrypt", "Argon2id", "Pbkdf2")]
    [SingleValue]
    public PasswordHashAlgorithm Algorithm { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Password!.Length == 0)
        {
            WriteError(PrincipalErrors.EmptyPassword());
            return;
        }
        WriteObject(PasswordInput.FromParameters(Password, null, false, Algorithm)!.ToSecret());
    }
}
