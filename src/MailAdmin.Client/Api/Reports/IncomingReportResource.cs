// /reports: what other servers report about mail from and to here.
using MailAdmin.Client.Api.Reports;

namespace MailAdmin.Client;

/// <summary>Received DMARC, TLS and abuse reports (docs/api.md §6.5).</summary>
public sealed class IncomingReportResource
{
    private readonly IReceivedReports _reports;

    internal IncomingReportResource(IReceivedReports reports) => _reports = reports;

    /// <summary>Whether a list of the server holds the reports themselves, as from 0.16 on, so that reading them one by one is of no use.</summary>
    public bool ListsReports => _reports.ListsReports;

    /// <summary>The ids of received reports, the newest first (GET /reports/dmarc, /reports/tls, /reports/arf).</summary>
    /// <param name="kind">The kind of report.</param>
    /// <param name="query">What to list.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The ids asked for and the total.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>incoming-report-list</c>; <c>RejectedByClient</c> for a blank
    /// text, which would be everything.</exception>
    public Task<ReportIdPage> ListIdsAsync(MailReportKind kind, ReportQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _reports.ListIdsAsync(kind, query, cancellationToken);
    }

    /// <summary>Received reports, the newest first (GET /reports/dmarc, GET /reports/tls, GET /reports/arf, GET /reports/{kind}/{id}; from 0.16 on x:DmarcExternalReport and the like). One that is deleted meanwhile is left out.</summary>
    /// <param name="kind">The kind of report.</param>
    /// <param name="query">What to list.</param>
    /// <param name="idOnly">Whether kind, id and times are enough: then each is a <see cref="MailReport"/> and no more.</param>
    /// <param name="onTotal">Receives how many there are.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The reports, streamed.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>incoming-report-list</c>; <c>RejectedByClient</c> for a blank
    /// text, which would be everything.</exception>
    public IAsyncEnumerable<MailReport> ListAsync(MailReportKind kind, ReportQuery query, bool idOnly = false, Action<long>? onTotal = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _reports.ListAsync(kind, query, idOnly, onTotal, cancellationToken);
    }

    /// <summary>A DMARC report (GET /reports/dmarc/{id}).</summary>
    /// <param name="id">The id within its kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without
    /// the permission <c>incoming-report-get</c>.</exception>
    public async Task<MailDmarcReport> GetDmarcAsync(string id, CancellationToken cancellationToken) => (MailDmarcReport)await _reports.GetAsync(MailReportKind.Dmarc, id, cancellationToken).ConfigureAwait(false);

    /// <summary>A TLS report (GET /reports/tls/{id}).</summary>
    /// <param name="id">The id within its kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without
    /// the permission <c>incoming-report-get</c>.</exception>
    public async Task<MailTlsReport> GetTlsAsync(string id, CancellationToken cancellationToken) => (MailTlsReport)await _reports.GetAsync(MailReportKind.Tls, id, cancellationToken).ConfigureAwait(false);

    /// <summary>An abuse report (GET /reports/arf/{id}).</summary>
    /// <param name="id">The id within its kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without
    /// the permission <c>incoming-report-get</c>.</exception>
    public async Task<MailArfReport> GetArfAsync(string id, CancellationToken cancellationToken) => (MailArfReport)await _reports.GetAsync(MailReportKind.Arf, id, cancellationToken).ConfigureAwait(false);

    /// <summary>Whether the report is there (GET /reports/{kind}/{id}): deleting an unknown one is a success to the server.</summary>
    /// <param name="kind">The kind of report.</param>
    /// <param name="id">The id within its kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>True when it is there.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without the permission <c>incoming-report-get</c>.</exception>
    public Task<bool> ExistsAsync(MailReportKind kind, string id, CancellationToken cancellationToken) => _reports.ExistsAsync(kind, id, cancellationToken);

    /// <summary>Deletes a report (DELETE /reports/{kind}/{id}). Before 0.16 deleting an unknown one is a success, too. A lost answer is resolved by looking for it.</summary>
    /// <param name="kind">The kind of report.</param>
    /// <param name="id">The id within its kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without the permission
    /// <c>incoming-report-delete</c>; <c>OutcomeUnknown</c> when the answer was lost and the report is there, or nobody could look.</exception>
    public Task DeleteAsync(MailReportKind kind, string id, CancellationToken cancellationToken) => _reports.DeleteAsync(kind, id, cancellationToken);
}
