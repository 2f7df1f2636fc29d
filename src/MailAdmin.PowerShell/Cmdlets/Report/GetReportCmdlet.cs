// What the three Get cmdlets of received reports share: ids from the list, each report from its own request, in the list's order.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Gets received reports of one kind (GET /reports/{kind}, GET /reports/{kind}/{id}).</summary>
/// <typeparam name="T">What it gives out.</typeparam>
public abstract class GetReportCmdlet<T> : WindowedCmdlet
    where T : ReceivedReport
{
    private protected const string ByFilter = "Filter";
    private protected const string ById = "Id";

    private protected GetReportCmdlet()
    {
    }

    /// <summary>The id, or the report.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [ArgumentCompleter(typeof(ReportIdCompleter))]
    [ReportIdentityArgument]
    [ValidateNotNullOrEmpty]
    public ReportIdentity[]? Id { get; set; }

    /// <summary>A part of any text of the report, such as a domain. No wildcards.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <summary>Only kinds and ids, which one request gives; the reports themselves take one each.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    public SwitchParameter IdOnly { get; set; }

    private protected abstract MailReportKind Kind { get; }

    private protected abstract Task<T> GetAsync(string id, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (ParameterSetName == ByFilter)
        {
            ListReports();
            return;
        }
        foreach (ReportIdentity identity in Id!)
        {
            if (identity.IsQueued || (identity.Kind is { } kind && kind != Kind))
            {
                WriteError(QueueErrors.WrongReportKind(identity, $"received {Kind} report"));
                continue;
            }
            Start(identity.Id, token => GetAsync(identity.Id, token), WriteObject);
        }
    }

    private void ListReports()
    {
        try
        {
            var query = new ReportQuery
            {
                Text = Text,
                Skip = PagingParameters.SkipCount(),
                First = PagingParameters.FirstOrNull(),
            };
            ReportIdPage page = Pump.Wait(Client.IncomingReports.ListIdsAsync(Kind, query, Pump.Token));
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
            ThrowTerminating(e, Text);
        }
    }

    private void WriteReport(string id)
    {
        if (IdOnly)
        {
            WriteObject(new MailReport { Kind = Kind, Id = id });
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

    // One that was deleted or expired since it was listed is not missed.
    private async Task<T?> GetOrNullAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return null;
        }
    }
}
