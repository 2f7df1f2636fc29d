// Get-MailQueueReport: the DMARC and TLS reports that this server is about to send.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Gets reports that wait to be sent (GET /queue/reports, GET /queue/reports/{id}).</summary>
[Cmdlet(VerbsCommon.Get, "MailQueueReport", DefaultParameterSetName = ByFilter, SupportsPaging = true)]
[OutputType(typeof(MailQueueReport))]
public sealed class GetMailQueueReport : WindowedCmdlet
{
    private const string ByFilter = "Filter";
    private const string ById = "Id";

    /// <summary>The id, or the report, which is then read afresh.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [ArgumentCompleter(typeof(ReportIdCompleter))]
    [ReportIdentityArgument]
    [ValidateNotNullOrEmpty]
    public ReportIdentity[]? Id { get; set; }

    /// <summary>Only reports of this kind: Dmarc or Tls.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ReportKindArgument]
    public MailReportKind? Kind { get; set; }

    /// <summary>A part of the domain that the report is about. No wildcards.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ValidateNotNullOrEmpty]
    public string? Domain { get; set; }

    /// <summary>Only what the ids tell (kind, domain and times), which one request gives; the contents take one each.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    public SwitchParameter IdOnly { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByFilter)
        {
            ListReports();
            return;
        }
        foreach (ReportIdentity identity in Id!)
        {
            if (identity.IsReceived)
            {
                WriteError(QueueErrors.WrongReportKind(identity, "queued report"));
                continue;
            }
            Start(identity.Id, token => Client.QueueReports.GetAsync(identity.Id, token), WriteObject);
        }
    }

    private void ListReports()
    {
        try
        {
            var query = new QueueReportQuery
            {
                Kind = Kind,
                Domain = Domain,
                Skip = PagingParameters.SkipCount(),
                First = PagingParameters.FirstOrNull(),
            };
            ReportIdPage page = Pump.Wait(Client.QueueReports.ListIdsAsync(query, Pump.Token));
            if (PagingParameters.IncludeTotalCount)
            {
                WriteObject(PagingParameters.NewTotalCount((ulong)page.Total, 1.0));
            }
            foreach (string id in page.Ids)
            {
                WriteReport(id);
            }
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, Domain);
        }
    }

    private void WriteReport(string id)
    {
        if (IdOnly)
        {
            WriteObject(QueueReportResource.FromId(id));
            return;
        }
        Start(id, token => GetOrNullAsync(id, token), report =>
        {
            if (report is not null)
            {
                WriteObject(report);
            }
        });
    }

    // One that was sent since it was listed is not missed.
    private async Task<MailQueueReport?> GetOrNullAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await Client.QueueReports.GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return null;
        }
    }
}
