// Remove-MailQueueReport: deletes reports unsent.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Deletes reports that wait to be sent (DELETE /queue/reports/{id}). The server says yes to unknown ones too, so an id given as text is looked up first.</summary>
[Cmdlet(VerbsCommon.Remove, "MailQueueReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveMailQueueReport : WindowedCmdlet
{
    /// <summary>The id, or the report.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ReportIdCompleter))]
    [ReportIdentityArgument]
    [ValidateNotNullOrEmpty]
    public ReportIdentity[]? Id { get; set; }

    /// <summary>Do not ask.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (ReportIdentity identity in Id!)
        {
            if (identity.IsReceived)
            {
                WriteError(QueueErrors.WrongReportKind(identity, "queued report"));
            }
            // -Force skips the question, never -WhatIf: ShouldProcess itself does not know -Force.
            else if ((Force && !WhatIfRequested) || ShouldProcess($"queued report {identity}", "Delete unsent"))
            {
                Start(identity.Id, token => DeleteAsync(identity, token));
            }
        }
    }

    private async Task DeleteAsync(ReportIdentity identity, CancellationToken cancellationToken)
    {
        if (!identity.IsQueued && !await ExistsAsync(identity.Id, cancellationToken).ConfigureAwait(false))
        {
            throw new MailServerException(MailErrorCode.NotFound, Operations.GetQueueReport, $"There is no queued report '{identity}'.") { Item = identity.Id };
        }
        await Client.QueueReports.DeleteAsync(identity.Id, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.QueueReports.ExistsAsync(id, cancellationToken).ConfigureAwait(false);
        }
        // Whoever may delete may not be allowed to read.
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return true;
        }
    }
}
