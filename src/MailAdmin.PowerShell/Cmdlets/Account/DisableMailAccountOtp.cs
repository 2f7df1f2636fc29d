// Disable-MailAccountOtp: no one-time codes for the signed-in account any more.
using System.Management.Automation;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Switches one-time codes off (POST /account/auth disableOtpAuth); the secret is gone.</summary>
[Cmdlet(VerbsLifecycle.Disable, "MailAccountOtp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class DisableMailAccountOtp : ReauthenticatingCmdlet
{
    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void ProcessAccount()
    {
        if (!ShouldAct($"account '{AccountName}'", "Switch one-time codes off (the password alone signs in then)", Force))
        {
            return;
        }
        PSCredential current = GetCurrentCredential();
        Pump.Wait(Client.Account.DisableOtpAsync(CreatePasswordCredential(current), Pump.Token));
        RenewSession(CreatePasswordCredential(current));
    }
}
