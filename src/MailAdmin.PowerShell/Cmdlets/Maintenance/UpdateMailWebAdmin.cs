using System.Management.Automation;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Maintenance;

/// <summary>Updates the web administration (GET /update/webadmin; from server 0.16 on x:Action/set). The server downloads it itself.</summary>
[Cmdlet(VerbsData.Update, "MailWebAdmin", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Update-MailWebAdmin.md")]
[OutputType(typeof(MailUpdateResult))]
public sealed class UpdateMailWebAdmin : ConnectionCmdlet
{
    private protected override object? ErrorTarget => "webadmin";

    private protected override void Process()
    {
        if (!PassesDryRun((dry, token) => dry.Maintenance.UpdateWebAdminAsync(token), ErrorTarget) || !ShouldAct("web administration", "Update"))
        {
            return;
        }
        bool isKnown = Pump.Wait(Client.Maintenance.UpdateWebAdminAsync(Pump.Token));
        if (!isKnown)
        {
            WriteWarning("The server was told to download its web administration, and does not say whether it could. Its log does.");
        }
        WriteObject(new MailUpdateResult { Component = "WebAdmin", Updated = isKnown ? true : null });
    }
}
