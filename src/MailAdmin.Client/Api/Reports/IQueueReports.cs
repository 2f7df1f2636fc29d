namespace MailAdmin.Client.Api.Reports;

/// <summary>The reports that a server is about to send, read and deleted in the way that the server has.</summary>
internal interface IQueueReports
{
    /// <summary>Whether a list holds the reports themselves.</summary>
    bool ListsReports { get; }

    /// <summary>The ids of reports, and how many there are.</summary>
    Task<ReportIdPage> ListIdsAsync(QueueReportQuery query, CancellationToken cancellationToken);

    /// <summary>Reports that wait.</summary>
    IAsyncEnumerable<MailQueueReport> ListAsync(QueueReportQuery query, bool idOnly, Action<long>? onTotal, CancellationToken cancellationToken);

    /// <summary>A report.</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none.</exception>
    Task<MailQueueReport> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Whether the report is there.</summary>
    Task<bool> ExistsAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deletes a report unsent; null = of any kind. A lost answer is resolved by looking for it.</summary>
    Task DeleteAsync(string id, MailReportKind? kind, CancellationToken cancellationToken);
}
