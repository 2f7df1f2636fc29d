// Disable-MailAccountOtp: no one-time codes for the signed-in account any more.
using System.Management.Automation;
using MailAdmin.PowerShell.Errors;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Switches one-time codes off (POST /account/auth disableOtpAuth); the secret is gone.</summary>
[Cmdlet(VerbsLifecycle.Disable, "MailAccountOtp", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class DisableMailAccountOtp : ReauthenticatingCmdlet
{
    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!(Force && !WhatIfRequested) && !ShouldProcess($"account '{AccountName}'", "Switch one-time codes off (the password alone signs in then)"))
        {
            return;
        }
        try
        {
            PSCredential current = GetCurrentCredential();
            Pump.Wait(Client.Account.DisableOtpAsync(CreatePasswordCredential(current), Pump.Token));
            RenewSession(CreatePasswordCredential(current));
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, AccountName);
        }
    }
}
