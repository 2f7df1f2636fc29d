using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Gets received reports of one kind (GET /reports/{kind}, GET /reports/{kind}/{id}).</summary>
/// <typeparam name="T">The type of the reports.</typeparam>
public abstract class GetReportCmdlet<T> : ReportCmdlet<T>
    where T : ReceivedReport
{
    private protected GetReportCmdlet()
    {
    }

    /// <summary>A part of any text of the report, such as a domain. No wildcards.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ValidateNotNullOrEmpty]
    public string? Text { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        WarnOfOtherSpelling(Text);
    }

    private protected abstract MailReportKind Kind { get; }

    private protected sealed override string Noun => $"received {Kind} report";

    private protected sealed override string? FilterText => Text;

    private protected sealed override bool IsOtherKind(ReportIdentity identity) => identity.IsQueued || (identity.Kind is { } kind && kind != Kind);

    private protected sealed override object FromId(string id) => new MailReport { Kind = Kind, Id = id };

    private protected sealed override bool ListsReports => Client.IncomingReports.ListsReports;

    private protected sealed override Task<ReportIdPage> ListIdsAsync(long skip, long? first, CancellationToken cancellationToken) =>
        Client.IncomingReports.ListIdsAsync(Kind, CreateQuery(skip, first), cancellationToken);

    private protected sealed override IAsyncEnumerable<object> ListAsync(long skip, long? first, Action<long>? onTotal, CancellationToken cancellationToken) =>
        Client.IncomingReports.ListAsync(Kind, CreateQuery(skip, first), IdOnly, onTotal, cancellationToken);

    private ReportQuery CreateQuery(long skip, long? first) => new() { Text = Text, Skip = skip, First = first };
}
