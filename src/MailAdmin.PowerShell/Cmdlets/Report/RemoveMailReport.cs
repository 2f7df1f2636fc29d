// Remove-MailReport: deletes received reports.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Deletes received reports (DELETE /reports/{kind}/{id}). The server says yes to unknown ones too, so an id given as text is looked up first.</summary>
[Cmdlet(VerbsCommon.Remove, "MailReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveMailReport : WindowedCmdlet
{
    /// <summary>The kind of the reports.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ReportKindArgument]
    public MailReportKind Kind { get; set; }

    /// <summary>The id, or the report.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
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
        MailReportKind kind = Kind;
        foreach (ReportIdentity identity in Id!)
        {
            if (identity.IsQueued || (identity.Kind is { } own && own != kind))
            {
                WriteError(QueueErrors.WrongReportKind(identity, $"received {kind} report"));
            }
            // -Force skips the question, never -WhatIf: ShouldProcess itself does not know -Force.
            else if ((Force && !WhatIfRequested) || ShouldProcess($"{kind} report {identity}", "Delete"))
            {
                Start(identity.Id, token => DeleteAsync(kind, identity, token));
            }
        }
    }

    private async Task DeleteAsync(MailReportKind kind, ReportIdentity identity, CancellationToken cancellationToken)
    {
        if (!identity.IsReceived && !await ExistsAsync(kind, identity.Id, cancellationToken).ConfigureAwait(false))
        {
            throw new MailServerException(MailErrorCode.NotFound, Operations.GetReport, $"There is no {kind} report '{identity}'.") { Item = identity.Id };
        }
        await Client.IncomingReports.DeleteAsync(kind, identity.Id, cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> ExistsAsync(MailReportKind kind, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.IncomingReports.ExistsAsync(kind, id, cancellationToken).ConfigureAwait(false);
        }
        // Whoever may delete may not be allowed to read.
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return true;
        }
    }
}
