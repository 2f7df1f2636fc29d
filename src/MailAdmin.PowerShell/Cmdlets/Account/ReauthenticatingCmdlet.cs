// What the cmdlets share that need the password again: it travels with one call, and the session goes on afterwards.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>A cmdlet that changes how the signed-in account signs in, for which the server wants its password with the very call.</summary>
public abstract class ReauthenticatingCmdlet : ConnectedCmdlet
{
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

    /// <summary>Whether confirmation was switched off, or has just been given, so that a second question would be one too many.</summary>
    private protected bool IsConfirmationHandled => MyInvocation.BoundParameters.ContainsKey("Confirm")
        || (GetVariableValue("ConfirmPreference") is { } preference && string.Equals(preference.ToString(), nameof(ConfirmImpact.None), StringComparison.OrdinalIgnoreCase));

    /// <summary>Login and current password; ends the cmdlet where there is nobody to ask for them.</summary>
    private protected PSCredential GetCurrentCredential()
    {
        Credential ??= Prompts.ReadCredential(Host, "Mail server", "The server wants the current password with this change.", Client.UserName ?? "");
        if (Credential is null)
        {
            ThrowTerminatingError(new ErrorRecord(
                new ArgumentException("The server wants the current password with this change. Give it with -Credential (Get-Credential)."), "CredentialNotGiven", ErrorCategory.InvalidArgument, null));
        }
        return Credential!;
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
        _totpCode ??= TotpCode ?? await Pump.InvokeAsync(() => Prompts.ReadLine(Host, "TOTP code: ")).WaitAsync(cancellationToken).ConfigureAwait(false);
}
