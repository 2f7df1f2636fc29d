// /queue/reports: the DMARC and TLS reports that this server is about to send.
using System.Text.Json;
using MailAdmin.Client.Api.Reports;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>Reports that wait to be sent (docs/api.md §6.4).</summary>
public sealed class QueueReportResource
{
    private readonly ApiChannel _channel;

    internal QueueReportResource(ApiChannel channel) => _channel = channel;

    /// <summary>The ids of reports that wait to be sent (GET /queue/reports).</summary>
    /// <param name="query">What to list.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The ids asked for and the total.</returns>
    /// <exception cref="MailServerException"><c>Forbidden</c> without the permission <c>outgoing-report-list</c>; <c>RejectedByClient</c> for a blank
    /// domain, which would be everything, and for abuse reports, which are never queued.</exception>
    public Task<ReportIdPage> ListIdsAsync(QueueReportQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        string? type = query.Kind switch
        {
            null => null,
            MailReportKind.Dmarc => "dmarc",
            MailReportKind.Tls => "tls",
            _ => throw MailServerException.CreateRefusal(Operations.ListQueueReports, "type", $"The server queues DMARC and TLS reports, and none of kind {query.Kind}."),
        };
        string? domain = ReportIdListing.NormalizeFilter(query.Domain, "Domain", Operations.ListQueueReports);
        return ReportIdListing.ReadAsync(_channel, Operations.ListQueueReports, [KeyValuePair.Create("type", type), KeyValuePair.Create("domain", domain)], query.Skip, query.First, cancellationToken);
    }

    /// <summary>What the id alone contains of a report: kind, domain and times. Nothing is sent.</summary>
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
    public Task<MailQueueReport> GetAsync(string id, CancellationToken cancellationToken) => GetAsync(id, ReportReader.ReadQueued, cancellationToken);

    /// <summary>Whether the report is there (GET /queue/reports/{id}): deleting an unknown one is a success to the server.</summary>
    /// <param name="id">The id of a queued report.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>True when it is there.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without the permission <c>outgoing-report-get</c>.</exception>
    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(id, static (_, _) => true, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>Deletes a report unsent (DELETE /queue/reports/{id}). Deleting an unknown one is a success, too. A lost answer is resolved by looking for it.</summary>
    /// <param name="id">The id of a queued report.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without the permission
    /// <c>outgoing-report-delete</c>; <c>OutcomeUnknown</c> when the answer was lost and the report is there, or nobody could look.</exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.DeleteQueueReport) { Action = $"Deleting the report '{id}'" };
        Task deletion = _channel.ReadAsync(context, GetItemUri(Operations.DeleteQueueReport, id), DataReaders.ReadBoolean, cancellationToken);
        return LostWrites.ResolveAsync(deletion, async () => !await ExistsAsync(id, cancellationToken).ConfigureAwait(false));
    }

    private Task<T> GetAsync<T>(string id, Func<string, JsonElement, T> read, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.GetQueueReport);
        Task<T> reading = _channel.ReadAsync(context, GetItemUri(Operations.GetQueueReport, id), (ref Utf8JsonReader reader) => read(id, JsonElement.ParseValue(ref reader)), cancellationToken);
        return NotFoundErrors.WithNotFoundMessageAsync(reading, id, $"There is no queued report '{id}'.");
    }

    private Uri GetItemUri(Operation operation, string id) => _channel.Uri.For(operation, ReportId.CheckQueued(id, operation));
}
