using System.Management.Automation;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Switches one-time codes off for the signed-in account (POST /account/auth disableOtpAuth; from 0.16 on x:AccountPassword/set). The server deletes the secret.</summary>
[Cmdlet(VerbsLifecycle.Disable, "MailAccountOtp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Disable-MailAccountOtp.md")]
public sealed class DisableMailAccountOtp : ReauthenticatingCmdlet
{
    /// <summary>Do not ask for confirmation. -WhatIf still applies.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected override void ProcessAccount()
    {
        Pump.Wait(FallbackAdministrator.ThrowIfSignedInAsync(Client, Pump.Token));
        if (Pump.Wait(Client.Account.IsOtpEnabledAsync(Pump.Token)) == false)
        {
            WriteWarning($"One-time codes of account '{AccountName}' are already switched off. Nothing was changed, and no password was sent.");
            return;
        }
        if (!ShouldAct($"account '{AccountName}'", "Switch off one-time codes (the password alone is then enough to sign in)", Force))
        {
            return;
        }
        PSCredential current = GetCurrentCredential();
        Pump.Wait(FallbackAdministrator.ChangeAsync(Client, token => Client.Account.DisableOtpAsync(CreatePasswordCredential(current), token), Pump.Token));
        RenewSession(CreatePasswordCredential(current));
    }
}
