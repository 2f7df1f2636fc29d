// Set-MailAccountPassword: gives the signed-in account a new password.
using System.Management.Automation;
using System.Security;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Principal;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Sets the password of the signed-in account (POST /account/auth setPassword). It is hashed here; the connection is signed in anew.</summary>
[Cmdlet(VerbsCommon.Set, "MailAccountPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class SetMailAccountPassword : ProvingCmdlet
{
    /// <summary>The new password, a SecureString or PSCredential. Asked for twice where it is not given.</summary>
    [Parameter(Position = 0)]
    [PasswordArgument]
    [ValidateNotNull]
    public object? NewPassword { get; set; }

    /// <summary>How the new password is hashed.</summary>
    [Parameter]
    [ValidateSet("Sha512Crypt", "Sha256Crypt", "Bcrypt", "Argon2id", "Pbkdf2")]
    [OneWord]
    public PasswordHashAlgorithm HashAlgorithm { get; set; }

    /// <summary>Do not ask where the server drops one-time codes and app passwords with the old password.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        PlainPasswordGuard.Check(this, NewPassword, nameof(NewPassword));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            if (NewPassword is SecureString { Length: 0 })
            {
                throw new ArgumentException("The password is empty: the server would take it and lock the account out.");
            }
            string? loss = Loss();
            if (!ShouldProcess($"account '{AccountName}'", "Set a new password" + (loss is null ? "" : $" ({loss})")))
            {
                return;
            }
            if (loss is not null && !Force && !IsAnswered && !Agrees($"Set a new password for '{AccountName}'? This server {loss}. Continue?", "Set-MailAccountPassword"))
            {
                return;
            }
            Change();
        }
        catch (Exception e) when (ErrorCatalogue.IsFromServer(e))
        {
            Fail(e, AccountName);
        }
    }

    private void Change()
    {
        SecureString password = (SecureString?)NewPassword ?? AskTwice();
        PasswordChoice choice = PasswordChoice.From(password, null, false, HashAlgorithm)!;
        PSCredential current = Proof();
        Pump.Wait(Client.Account.SetPasswordAsync(WithPassword(current), choice.ToSecret(), Pump.Token));
        Renew(WithPassword(current, PlainText.Of(password)));
    }

    /// <summary>What the server takes away besides the old password; null for nothing.</summary>
    private string? Loss()
    {
        if (!Client.Account.PasswordDropsAll)
        {
            return null;
        }
        MailAccountAuth auth = Pump.Wait(Client.Account.GetAuthAsync(Pump.Token));
        string[] lost =
        [
            .. auth.OtpEnabled ? ["switches one-time codes off"] : Array.Empty<string>(),
            .. auth.AppPassword.Count > 0 ? [$"removes {auth.AppPassword.Count} app passwords ({string.Join(", ", auth.AppPassword)})"] : Array.Empty<string>(),
        ];
        return lost.Length == 0 ? null : string.Join(" and ", lost) + " with the old password";
    }

    private SecureString AskTwice()
    {
        SecureString? first = Prompts.Secret(Host, "New password: ");
        SecureString? second = first is null ? null : Prompts.Secret(Host, "The same again: ");
        if (first is null || second is null)
        {
            throw new ArgumentException("No new password is given. Use -NewPassword (Read-Host -AsSecureString).");
        }
        return PlainText.Of(first) == PlainText.Of(second) ? first : throw new ArgumentException("The two are not the same. Nothing was changed.");
    }
}
