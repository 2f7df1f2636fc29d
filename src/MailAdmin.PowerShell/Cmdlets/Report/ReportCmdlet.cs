// What the Get cmdlets of reports share: ids from a list, each report from its own request, in the list's order.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Gets reports, received ones or those that wait to be sent: by id, or by a filter.</summary>
/// <typeparam name="T">What it gives out.</typeparam>
public abstract class ReportCmdlet<T> : WindowedCmdlet
    where T : class
{
    private protected const string ByFilter = "Filter";
    private protected const string ById = "Id";

    private protected ReportCmdlet()
    {
    }

    /// <summary>The id, or the report, which is then read again.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [ArgumentCompleter(typeof(ReportIdCompleter))]
    [ReportIdentityArgument]
    [ValidateNotNullOrEmpty]
    public ReportIdentity[]? Id { get; set; }

    /// <summary>Only what the ids tell, which one request gives; the reports themselves take one each.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    public SwitchParameter IdOnly { get; set; }

    /// <summary>What it gets, for messages.</summary>
    private protected abstract string Noun { get; }

    /// <summary>The filter that was given, for errors.</summary>
    private protected abstract string? FilterText { get; }

    /// <summary>Whether an identity is that of another kind of report.</summary>
    private protected abstract bool IsOtherKind(ReportIdentity identity);

    /// <summary>What an id tells.</summary>
    private protected abstract object FromId(string id);

    /// <summary>Lists the ids that match the filter.</summary>
    private protected abstract Task<ReportIdPage> ListIdsAsync(long skip, long? first, CancellationToken cancellationToken);

    /// <summary>Reads a report.</summary>
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
            if (IsOtherKind(identity))
            {
                WriteError(QueueErrors.ReportKindMismatch(identity, Noun));
                continue;
            }
            Start(identity.Id, token => GetAsync(identity.Id, token), WriteObject);
        }
    }

    private void ListReports()
    {
        try
        {
            ReportIdPage page = Pump.Wait(ListIdsAsync(PagingParameters.SkipCount(), PagingParameters.FirstOrNull(), Pump.Token));
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
            ThrowTerminating(e, FilterText);
        }
    }

    private void WriteReport(string id)
    {
        if (IdOnly)
        {
            WriteObject(FromId(id));
            return;
        }
        // One that was sent, deleted or expired since it was listed is not missed.
        Start(id, token => GetAsync(id, token).OrNullIfNotFoundAsync(), report =>
        {
            if (report is not null)
            {
                WriteObject(report);
            }
        });
    }
}
