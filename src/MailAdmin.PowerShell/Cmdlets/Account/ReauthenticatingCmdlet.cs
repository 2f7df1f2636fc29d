// What the cmdlets share that need the password again: it travels with one call, and the session goes on afterwards.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>A cmdlet that changes how the signed-in account signs in, for which the server wants its password with the very call.</summary>
public abstract class ReauthenticatingCmdlet : ConnectionCmdlet
{
    private PSCredential? _credential;
    private string? _totpCode;

    private protected ReauthenticatingCmdlet()
    {
    }

    /// <summary>The login and the current password of the connection's account. Asked for where it is not given.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The six to eight digits of the authenticator app, where one-time codes are on. Asked for when the server wants them.</summary>
    [Parameter]
    [ValidatePattern("^[0-9]{6,8}$")]
    public string? TotpCode { get; set; }

    /// <summary>Who is changed, for messages.</summary>
    private protected string AccountName => Client.UserName ?? Credential?.UserName ?? "the signed-in account";

    private protected override object? ErrorTarget => AccountName;

    private protected sealed override void Process()
    {
        // What was asked for one connection's account is not sent for the next one's.
        (_credential, _totpCode) = (Credential, TotpCode);
        ProcessAccount();
    }

    /// <summary>Works on the account of the connection; called on the pipeline thread.</summary>
    private protected abstract void ProcessAccount();

    /// <summary>Login and current password; ends the cmdlet where there is nobody to ask for them.</summary>
    private protected PSCredential GetCurrentCredential()
    {
        const string Reason = "The server requires the current password for this change.";
        _credential ??= Prompts.ReadCredential(Host, Reason, Client.UserName ?? "");
        if (_credential is null)
        {
            ThrowTerminatingError(ErrorCatalogue.CredentialRequired($"{Reason} Specify -Credential (Get-Credential).", null));
        }
        return _credential!;
    }

    /// <summary>Login and a password, with the one-time code where the server asks for one.</summary>
    private protected MailCredential CreatePasswordCredential(PSCredential credential, string? password = null) =>
        MailCredential.FromPassword(credential.UserName, password ?? SecureStringConverter.ToPlainText(credential.Password), PromptForTotpCodeAsync);

    /// <summary>Signs in anew after the change, which may have ended the connection's refresh token. Failing is no failure of the change.</summary>
    private protected void RenewSession(MailCredential credential)
    {
        try
        {
            Pump.Wait(Client.Account.RenewSessionAsync(credential, Pump.Token));
        }
        catch (MailServerException e)
        {
            WriteWarning($"The change is done, but the connection could not be signed in anew: {e.Message} It works until its token ends{(Client.TokenExpiresAt is { } end ? $" at {TimeText.Format(end)}" : "")}; run Connect-MailServer before.");
        }
    }

    private async ValueTask<string?> PromptForTotpCodeAsync(CancellationToken cancellationToken) =>
        // One code serves the change and the sign-in that follows it.
        _totpCode ??= await Prompts.ReadTotpCodeAsync(Host, Pump, cancellationToken).ConfigureAwait(false);
}
