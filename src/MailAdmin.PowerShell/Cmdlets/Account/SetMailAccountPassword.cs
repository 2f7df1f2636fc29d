using System.Management.Automation;
using System.Security;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Sets the password of the signed-in account (POST /account/auth setPassword; from 0.16 on x:AccountPassword/set). It is hashed here, from 0.16 on by the server; the connection then signs in again.</summary>
[Cmdlet(VerbsCommon.Set, "MailAccountPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Set-MailAccountPassword.md")]
public sealed class SetMailAccountPassword : ReauthenticatingCmdlet
{
    /// <summary>The new password, as a SecureString or a PSCredential, whose user name does not count. Plain text is refused, and so is an empty password. Prompted for twice if not specified.</summary>
    [Parameter(Position = 0)]
    [PasswordArgument]
    [ValidateNotNull]
    public object? NewPassword { get; set; }

    /// <summary>How the new password is hashed on this machine before it is sent. Default: Sha512Crypt. Refused from server 0.16 on, which checks and hashes the password itself.</summary>
    [Parameter]
    [ValidateSet("Sha512Crypt", "Sha256Crypt", "Bcrypt", "Argon2id", "Pbkdf2")]
    [SingleValue]
    public PasswordHashAlgorithm HashAlgorithm { get; set; }

    /// <summary>Do not ask for confirmation, not even where the server removes one-time codes and app passwords with the old password. -WhatIf still applies.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        PlainPasswordGuard.ThrowIfPlainText(this, NewPassword, nameof(NewPassword));
    }

    private protected override void ProcessAccount()
    {
        if (NewPassword is SecureString { Length: 0 })
        {
            throw new ArgumentException("The password is empty: the server would accept it, and nobody could sign in.");
        }
        if (Client.Account.MakesSecrets && MyInvocation.BoundParameters.ContainsKey(nameof(HashAlgorithm)))
        {
            throw ServerSecrets.CreateHashingError("checks the new password and hashes it");
        }
        string target = $"account '{AccountName}'";
        if (!PassesCheck(CheckAsync, AccountName))
        {
            return;
        }
        if (DescribeLoss() is { } losses ? ShouldActOnAll(target, $"Set a new password (this server {losses})", Force) : ShouldAct(target, "Set a new password", Force))
        {
            ChangePassword();
        }
    }

    // What the server certainly refuses is refused in a rehearsal too.
    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (Client.Account.IsAccount == false)
        {
            await FallbackAdministrator.ThrowIfSignedInAsync(Client, cancellationToken).ConfigureAwait(false);
        }
        if (NewPassword is SecureString given)
        {
            await Client.Account.CheckPasswordAsync(SecureStringConverter.ToPlainText(given), cancellationToken).ConfigureAwait(false);
        }
    }

    private void ChangePassword()
    {
        string password = NewPassword is SecureString given ? SecureStringConverter.ToPlainText(given) : PromptForNewPassword();
        // What the server hashes it is sent as it is: a hash would become the password.
        string secret = Client.Account.MakesSecrets ? password : PasswordInput.FromText(password, HashAlgorithm).ToSecret();
        Pump.Wait(Client.Account.CheckPasswordAsync(password, Pump.Token));
        PSCredential current = GetCurrentCredential();
        Pump.Wait(Client.Account.SetPasswordAsync(CreatePasswordCredential(current), secret, Pump.Token));
        RenewSession(CreatePasswordCredential(current, password));
    }

    /// <summary>What the server removes besides the old password; null for nothing.</summary>
    private string? DescribeLoss()
    {
        if (Client.Account.RemovesOthersWithPassword == false)
        {
            return null;
        }
        MailAccountAuth auth = Pump.Wait(Client.Account.GetAuthAsync(Pump.Token));
        string[] losses =
        [
            .. auth.OtpEnabled ? ["switches one-time codes off"] : Array.Empty<string>(),
            .. auth.AppPassword.Count > 0 ? [$"removes {auth.AppPassword.Count} app password{(auth.AppPassword.Count == 1 ? "" : "s")} ({string.Join(", ", auth.AppPassword)})"] : Array.Empty<string>(),
        ];
        return losses.Length == 0 ? null : string.Join(" and ", losses) + " with the old password";
    }

    private string PromptForNewPassword()
    {
        SecureString? first = Prompts.ReadSecret(Host, "New password: ");
        SecureString? second = first is null ? null : Prompts.ReadSecret(Host, "Repeat the new password: ");
        if (first is null || second is null)
        {
            throw new ArgumentException("No new password was specified. Use -NewPassword (Read-Host -AsSecureString).");
        }
        string password = SecureStringConverter.ToPlainText(first);
        return password == SecureStringConverter.ToPlainText(second) ? password : throw new ArgumentException("The passwords do not match. Nothing was changed.");
    }
}
