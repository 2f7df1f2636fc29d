using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Queue;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>
/// Gets reports, received ones or those that wait to be sent: by id, or by a filter. Each report takes its own request, unless the list of the server holds
/// them; they come in the order of the list.
/// </summary>
/// <typeparam name="T">The type of the reports.</typeparam>
public abstract class ReportCmdlet<T> : WindowedCmdlet
    where T : class
{
    private protected const string ByFilter = "Filter";
    private protected const string ById = "Id";
    private int _listed;
    private int _missing;

    private protected ReportCmdlet()
    {
    }

    /// <summary>The id, or the report, which is then read again.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ById)]
    [ArgumentCompleter(typeof(ReportIdCompleter))]
    [ReportIdentityArgument]
    [ValidateNotNullOrEmpty]
    public ReportIdentity[]? Id { get; set; }

    /// <summary>Return only kind, id and times, without the reports themselves. For servers before 0.16 that takes one request in all, where each report takes one.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    public SwitchParameter IdOnly { get; set; }

    /// <summary>The kind of report, for messages.</summary>
    private protected abstract string Noun { get; }

    /// <summary>The filter that was specified, for errors.</summary>
    private protected abstract string? FilterText { get; }

    /// <summary>Whether an identity is that of another kind of report.</summary>
    private protected abstract bool IsOtherKind(ReportIdentity identity);

    /// <summary>The object that says what an id contains.</summary>
    private protected abstract object FromId(string id);

    /// <summary>Lists the ids that match the filter.</summary>
    private protected abstract Task<ReportIdPage> ListIdsAsync(long skip, long? first, CancellationToken cancellationToken);

    /// <summary>Whether the lists of the server hold the reports themselves.</summary>
    private protected abstract bool ListsReports { get; }

    /// <summary>Lists the reports that match the filter, or what their ids say of them.</summary>
    private protected abstract IAsyncEnumerable<object> ListAsync(long skip, long? first, Action<long>? onTotal, CancellationToken cancellationToken);

    /// <summary>Reads a report.</summary>
    private protected abstract Task<T> GetAsync(string id, CancellationToken cancellationToken);

    /// <inheritdoc/>
    private protected sealed override void Process()
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

    /// <inheritdoc/>
    private protected sealed override void End()
    {
        base.End();
        if (_missing == 0)
        {
            return;
        }
        WriteWarning(_missing == _listed
            ? $"The server lists {_listed} {(_listed == 1 ? "report" : "reports")} and answers for each of them that it does not exist. Try again; if it stays so, something in front of the server refuses these calls, or its store has lost the reports: its log may say more."
            : $"{_missing} of the {_listed} listed reports are left out: they were sent, were deleted or have expired since they were listed.");
    }

    private void ListReports()
    {
        try
        {
            if (ListsReports)
            {
                WriteListed();
                return;
            }
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

    private void WriteListed()
    {
        Action<long>? onTotal = PagingParameters.IncludeTotalCount
            ? total => Pump.Post(() => WriteObject(PagingParameters.NewTotalCount((ulong)total, 1.0)))
            : null;
        foreach (object report in Pump.Enumerate(token => ListAsync(PagingParameters.SkipCount(), PagingParameters.FirstOrNull(), onTotal, token)))
        {
            Pump.Drain();
            WriteObject(report);
        }
        Pump.Drain();
    }

    private void WriteReport(string id)
    {
        if (IdOnly)
        {
            WriteObject(FromId(id));
            return;
        }
        _listed++;
        // A report that was sent, was deleted or has expired since it was listed is no error; a warning counts them.
        Start(id, token => GetAsync(id, token).OrNullIfNotFoundAsync(), report =>
        {
            if (report is null)
            {
                _missing++;
                return;
            }
            WriteObject(report);
        });
    }
}
