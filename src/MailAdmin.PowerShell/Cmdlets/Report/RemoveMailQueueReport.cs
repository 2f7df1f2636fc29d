using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>
/// Deletes reports that wait to be sent (DELETE /queue/reports/{id}). The server reports success for unknown ids too, so an id given as text is
/// looked up first.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "MailQueueReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Remove-MailQueueReport.md")]
public sealed class RemoveMailQueueReport : RemoveReportCmdlet
{
    /// <summary>The id, such as d!example.net!1655280429126379915!1795392000!1795478400, or the report. Put an id in single quotation marks.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ReportIdCompleter))]
    [ReportIdentityArgument]
    [ValidateNotNullOrEmpty]
    public ReportIdentity[]? Id { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (ReportIdentity identity in Id!)
        {
            if (identity.IsReceived)
            {
                WriteError(QueueErrors.ReportKindMismatch(identity, "queued report"));
            }
            else
            {
                Delete(
                    identity.Id,
                    $"queued report {identity}",
                    identity.Description,
                    "Delete without sending",
                    identity.IsQueued ? null : token => Client.QueueReports.ExistsAsync(identity.Id, token),
                    (client, token) => client.QueueReports.DeleteAsync(identity.Id, identity.Kind, token),
                    () => new MailServerException(MailErrorCode.NotFound, Operations.GetQueueReport, $"There is no queued report '{identity}'.") { Item = identity.Id });
            }
        }
    }
}
