using System.Management.Automation;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Maintenance;

/// <summary>Updates the web administration (GET /update/webadmin). The server downloads it itself.</summary>
[ManagementApiOnly]
[Cmdlet(VerbsData.Update, "MailWebAdmin", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Update-MailWebAdmin.md")]
[OutputType(typeof(MailUpdateResult))]
public sealed class UpdateMailWebAdmin : ConnectionCmdlet
{
    private protected override object? ErrorTarget => "webadmin";

    private protected override void Process()
    {
        if (!ShouldAct("web administration", "Update"))
        {
            return;
        }
        Pump.Wait(Client.Maintenance.UpdateWebAdminAsync(Pump.Token));
        WriteObject(new MailUpdateResult { Component = "WebAdmin", Updated = true });
    }
}
