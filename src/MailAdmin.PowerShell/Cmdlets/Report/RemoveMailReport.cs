using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Deletes received reports (DELETE /reports/{kind}/{id}). The server reports success for unknown ids too, so an id given as text is looked up first.</summary>
[Cmdlet(VerbsCommon.Remove, "MailReport", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High,
    HelpUri = HelpPages.Folder + "Remove-MailReport.md")]
public sealed class RemoveMailReport : RemoveReportCmdlet
{
    /// <summary>The kind of the reports: Dmarc, Tls or Arf (abuse). Reports from the pipeline bring it.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ReportKindArgument]
    public MailReportKind Kind { get; set; }

    /// <summary>The id, such as 342084721444532234_1797990706, or the report.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ReportIdCompleter))]
    [ReportIdentityArgument]
    [ValidateNotNullOrEmpty]
    public ReportIdentity[]? Id { get; set; }

    /// <summary>The piped report, of which Kind and Id are bound: it says what is deleted.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true)]
    public MailReport? InputObject { get; set; }

    /// <summary>The connections to use, as objects or by name, also from the pipeline; each in its turn. Default: the runspace's default connection.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ConnectionArgument]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public override MailConnection[]? Connection
    {
        get => base.Connection;
        set => base.Connection = value;
    }

    /// <inheritdoc/>
    private protected override void Process()
    {
        MailReportKind kind = Kind;
        foreach (ReportIdentity identity in Id!)
        {
            if (identity.IsQueued || (identity.Kind is { } own && own != kind))
            {
                WriteError(QueueErrors.ReportKindMismatch(identity, $"received {kind} report"));
            }
            else
            {
                Delete(
                    identity.Id,
                    $"{kind} report {identity}",
                    identity.Description ?? (InputObject?.Id == identity.Id ? ReportText.Describe(InputObject) : null),
                    "Delete",
                    identity.IsReceived ? null : token => Client.IncomingReports.ExistsAsync(kind, identity.Id, token),
                    (client, token) => client.IncomingReports.DeleteAsync(kind, identity.Id, token),
                    () => new MailServerException(MailErrorCode.NotFound, Operations.GetReport, $"There is no {kind} report '{identity}'.") { Item = identity.Id });
            }
        }
    }
}
