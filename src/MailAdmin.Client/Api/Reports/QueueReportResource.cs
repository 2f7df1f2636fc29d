// /queue/reports: the DMARC and TLS reports that this server is about to send.
using MailAdmin.Client.Api.Reports;

namespace MailAdmin.Client;

/// <summary>Reports that wait to be sent (docs/api.md §6.4).</summary>
public sealed class QueueReportResource
{
    private readonly IQueueReports _reports;

    internal QueueReportResource(IQueueReports reports) => _reports = reports;

    /// <summary>Whether a list of the server holds the reports themselves, as from 0.16 on, so that reading them one by one is of no use.</summary>
    public bool ListsReports => _reports.ListsReports;

    /// <summary>The ids of reports that wait to be sent (GET /queue/reports).</summary>
    /// <param name="query">What to list.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The ids asked for and the total.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>outgoing-report-list</c>; <c>RejectedByClient</c> for a blank
    /// domain, which would be everything, and for abuse reports, which are never queued.</exception>
    public Task<ReportIdPage> ListIdsAsync(QueueReportQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _reports.ListIdsAsync(query, cancellationToken);
    }

    /// <summary>Reports that wait to be sent (GET /queue/reports, GET /queue/reports/{id}; from 0.16 on x:DmarcInternalReport, x:TlsInternalReport). One that is sent meanwhile is left out.</summary>
    /// <param name="query">What to list.</param>
    /// <param name="idOnly">Whether kind, domain and times are enough.</param>
    /// <param name="onTotal">Receives how many there are.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The reports, streamed.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>outgoing-report-list</c>; <c>RejectedByClient</c> for a blank
    /// domain, which would be everything, and for abuse reports, which are never queued.</exception>
    public IAsyncEnumerable<MailQueueReport> ListAsync(QueueReportQuery query, bool idOnly = false, Action<long>? onTotal = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _reports.ListAsync(query, idOnly, onTotal, cancellationToken);
    }

    /// <summary>What the id of a server before 0.16 alone contains of a report: kind, domain and times. Nothing is sent.</summary>
    /// <param name="id">The id of a queued report.</param>
    /// <returns>The report without its contents.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a malformed id.</exception>
    public static MailQueueReport FromId(string id) => ReportId.ParseQueued(id);

    /// <summary>A report that waits to be sent (GET /queue/reports/{id}).</summary>
    /// <param name="id">The id of a queued report.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without
    /// the permission <c>outgoing-report-get</c>.</exception>
    public Task<MailQueueReport> GetAsync(string id, CancellationToken cancellationToken) => _reports.GetAsync(id, cancellationToken);

    /// <summary>Whether the report is there (GET /queue/reports/{id}): deleting an unknown one is a success to the server.</summary>
    /// <param name="id">The id of a queued report.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>True when it is there.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without the permission <c>outgoing-report-get</c>.</exception>
    public Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) => _reports.ExistsAsync(id, cancellationToken);

    /// <summary>Deletes a report unsent (DELETE /queue/reports/{id}). Before 0.16 deleting an unknown one is a success, too. A lost answer is resolved by looking for it.</summary>
    /// <param name="id">The id of a queued report.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without the permission
    /// <c>outgoing-report-delete</c>; <c>OutcomeUnknown</c> when the answer was lost and the report is there, or nobody could look.</exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => DeleteAsync(id, kind: null, cancellationToken);

    /// <summary>The same of a report whose kind is known (DELETE /queue/reports/{id}; from 0.16 on x:DmarcInternalReport/set, x:TlsInternalReport/set).</summary>
    /// <param name="id">The id of a queued report.</param>
    /// <param name="kind">Its kind; null where it is not known.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException">As of <see cref="DeleteAsync(string, CancellationToken)"/>; <c>NotFound</c> from 0.16 on where there is none.</exception>
    public Task DeleteAsync(string id, MailReportKind? kind, CancellationToken cancellationToken) => _reports.DeleteAsync(id, kind, cancellationToken);
}
