// Update-MailWebAdmin: has the server fetch the current web administration.
using System.Management.Automation;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Maintenance;

/// <summary>Updates the web administration (GET /update/webadmin). The server downloads it itself.</summary>
[Cmdlet(VerbsData.Update, "MailWebAdmin", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(MailUpdateResult))]
public sealed class UpdateMailWebAdmin : ConnectedCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!ShouldProcess("web administration", "Update"))
        {
            return;
        }
        try
        {
            Pump.Wait(Client.Maintenance.UpdateWebAdminAsync(Pump.Token));
            WriteObject(new MailUpdateResult { Component = "WebAdmin", Updated = true });
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, "webadmin");
        }
    }
}
