using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>
/// A cmdlet for which the server requires the current password: it changes how the signed-in account signs in, after which the connection signs in again, or it
/// lets another tool sign in.
/// </summary>
public abstract class ReauthenticatingCmdlet : ConnectionCmdlet
{
    private PSCredential? _credential;
    private string? _totpCode;
    private MailConnection? _firstConnection;

    private protected ReauthenticatingCmdlet()
    {
    }

    /// <summary>The login and the current password of the connection's account. Prompted for if not specified.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The six to eight digits of the authenticator app, where one-time codes are on. Prompted for when the server requires them.</summary>
    [Parameter]
    [ValidatePattern("^([0-9] ?){6,8}$")]
    public string? TotpCode { get; set; }

    /// <summary>The account that is changed, for messages.</summary>
    private protected string AccountName => Client.UserName ?? Credential?.UserName ?? "the signed-in account";

    /// <summary>What the current password is needed for.</summary>
    private protected virtual string PasswordReason => "The server requires the current password for this change.";

    private protected override object? ErrorTarget => AccountName;

    private protected sealed override void Process()
    {
        var command = (ReauthenticatingCmdlet)(Runner ?? this);
        if (command._firstConnection is { } first && first != CurrentConnection && (Credential is not null || TotpCode is not null))
        {
            throw new ArgumentException(
                $"-Credential was for the connection '{first}' and is not sent to the server of '{CurrentConnection}': it is one account's. Run the command once for each connection, or omit -Credential to be prompted for each.");
        }
        command._firstConnection ??= CurrentConnection;
        // What was entered for one connection's account is not sent for the account of the next one.
        (_credential, _totpCode) = (Credential, TotpCode);
        ProcessAccount();
    }

    /// <summary>Works on the account of the connection; called on the pipeline thread.</summary>
    private protected abstract void ProcessAccount();

    /// <summary>The login and the current password; ends the cmdlet if they are not specified and the session cannot prompt.</summary>
    private protected PSCredential GetCurrentCredential()
    {
        _credential ??= Prompts.ReadCredential(Host, PasswordReason, Client.UserName ?? "");
        if (_credential is null)
        {
            ThrowTerminatingError(ErrorCatalogue.CredentialRequired($"{PasswordReason} Specify -Credential (Get-Credential).", null));
        }
        return _credential!;
    }

    /// <summary>The login and a password, with the one-time code where the server requires one.</summary>
    private protected MailCredential CreatePasswordCredential(PSCredential credential, string? password = null) =>
        MailCredential.FromPassword(credential.UserName, password ?? SecureStringConverter.ToPlainText(credential.Password), PromptForTotpCodeAsync);

    /// <summary>
    /// Signs in again after the change, which may have ended the connection's refresh token. If that fails, the change was still made: only a
    /// warning is written.
    /// </summary>
    private protected void RenewSession(MailCredential credential)
    {
        try
        {
            Pump.Wait(Client.Account.RenewSessionAsync(credential, Pump.Token));
        }
        catch (MailServerException e)
        {
            WriteWarning($"The change was made, but the connection could not sign in again: {e.Message} It works until its token expires{(Client.TokenExpires is { } expiry ? $" at {TimeText.Format(expiry)}" : "")}; run Connect-MailServer before then.");
        }
    }

    private async ValueTask<string?> PromptForTotpCodeAsync(CancellationToken cancellationToken) =>
        // One code serves the change and the sign-in that follows it.
        _totpCode ??= await Prompts.ReadTotpCodeAsync(Host, Pump, cancellationToken).ConfigureAwait(false);
}
