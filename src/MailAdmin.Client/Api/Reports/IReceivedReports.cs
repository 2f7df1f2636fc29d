namespace MailAdmin.Client.Api.Reports;

/// <summary>The received reports of a server, read and deleted in the way that the server has.</summary>
internal interface IReceivedReports
{
    /// <summary>Whether a list holds the reports themselves.</summary>
    bool ListsReports { get; }

    /// <summary>The ids of reports, the newest first, and how many there are.</summary>
    Task<ReportIdPage> ListIdsAsync(MailReportKind kind, ReportQuery query, CancellationToken cancellationToken);

    /// <summary>Reports, the newest first.</summary>
    IAsyncEnumerable<MailReport> ListAsync(MailReportKind kind, ReportQuery query, bool idOnly, Action<long>? onTotal, CancellationToken cancellationToken);

    /// <summary>A report.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none.</exception>
    Task<ReceivedReport> GetAsync(MailReportKind kind, string id, CancellationToken cancellationToken);

    /// <summary>Whether the report is there.</summary>
    Task<bool> ExistsAsync(MailReportKind kind, string id, CancellationToken cancellationToken);

    /// <summary>Deletes a report. A lost answer is resolved by looking for it.</summary>
    Task DeleteAsync(MailReportKind kind, string id, CancellationToken cancellationToken);
}
