using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.PowerShell.Cmdlets.Report;

/// <summary>Gets the DMARC and TLS reports that wait to be sent (GET /queue/reports, GET /queue/reports/{id}).</summary>
[Cmdlet(VerbsCommon.Get, "MailQueueReport", DefaultParameterSetName = ByFilter, SupportsPaging = true,
    HelpUri = HelpPages.Folder + "Get-MailQueueReport.md")]
[OutputType(typeof(MailQueueReport))]
public sealed class GetMailQueueReport : ReportCmdlet<MailQueueReport>
{
    /// <summary>Only reports of this kind: Dmarc or Tls.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ReportKindArgument]
    public MailReportKind? Kind { get; set; }

    /// <summary>A part of the domain that the report is about. No wildcards.</summary>
    [Parameter(ParameterSetName = ByFilter)]
    [ValidateNotNullOrEmpty]
    public string? Domain { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        WarnOfOtherSpelling(Domain);
    }

    private protected override string Noun => "queued report";

    private protected override string? FilterText => Domain;

    private protected override bool IsOtherKind(ReportIdentity identity) => identity.IsReceived;

    private protected override object FromId(string id) => QueueReportResource.FromId(id);

    private protected override bool ListsReports => Client.QueueReports.ListsReports;

    private protected override Task<ReportIdPage> ListIdsAsync(long skip, long? first, CancellationToken cancellationToken) =>
        Client.QueueReports.ListIdsAsync(CreateQuery(skip, first), cancellationToken);

    private protected override IAsyncEnumerable<object> ListAsync(long skip, long? first, Action<long>? onTotal, CancellationToken cancellationToken) =>
        Client.QueueReports.ListAsync(CreateQuery(skip, first), IdOnly, onTotal, cancellationToken);

    private QueueReportQuery CreateQuery(long skip, long? first) => new() { Kind = Kind, Domain = Domain, Skip = skip, First = first };

    private protected override Task<MailQueueReport> GetAsync(string id, CancellationToken cancellationToken) => Client.QueueReports.GetAsync(id, cancellationToken);
}
