// /queue/reports: the DMARC and TLS reports that this server is about to send.
using System.Text.Json;
using MailAdmin.Client.Api.Reports;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>Reports that wait to be sent (contract §6.4).</summary>
public sealed class QueueReportResource
{
    private readonly ApiChannel _channel;

    internal QueueReportResource(ApiChannel channel) => _channel = channel;

    /// <summary>The ids of reports that wait (GET /queue/reports).</summary>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for a blank domain, which would be everything, and for abuse reports, which nobody queues.</exception>
    public Task<ReportIdPage> ListIdsAsync(QueueReportQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        string? type = query.Kind switch
        {
            null => null,
            MailReportKind.Dmarc => "dmarc",
            MailReportKind.Tls => "tls",
            _ => throw new MailServerException(MailErrorCode.RefusedByClient, Operations.ListQueueReports, $"The server queues DMARC and TLS reports, and none of kind {query.Kind}.") { Field = "type" },
        };
        string? domain = ReportIdListing.NormalizeFilter(query.Domain, "Domain", Operations.ListQueueReports);
        return ReportIdListing.ReadAsync(_channel, Operations.ListQueueReports, [KeyValuePair.Create("type", type), KeyValuePair.Create("domain", domain)], query.Skip, query.First, cancellationToken);
    }

    /// <summary>What the id alone tells of a report.</summary>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for a malformed id.</exception>
    public static MailQueueReport FromId(string id) => ReportId.ParseQueued(id);

    /// <summary>A report that waits (GET /queue/reports/{id}).</summary>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>RefusedByClient</c> for a malformed id.</exception>
    public Task<MailQueueReport> GetAsync(string id, CancellationToken cancellationToken) => GetAsync(id, ReportReader.ReadQueued, cancellationToken);

    /// <summary>Whether the report is there (GET /queue/reports/{id}): the server deletes unknown ones with success.</summary>
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

    /// <summary>Deletes a report unsent (DELETE /queue/reports/{id}). The server says yes to unknown ones too.</summary>
    /// <exception cref="MailServerException"><c>RefusedByClient</c> for a malformed id.</exception>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        _channel.SendAsync(new ApiRequestContext(Operations.DeleteQueueReport), GetItemUri(Operations.DeleteQueueReport, id), cancellationToken);

    private Task<T> GetAsync<T>(string id, Func<string, JsonElement, T> read, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.GetQueueReport);
        Task<T> reading = _channel.ReadAsync(context, GetItemUri(Operations.GetQueueReport, id), (ref Utf8JsonReader reader) => read(id, JsonElement.ParseValue(ref reader)), cancellationToken);
        return NotFoundErrors.WithNotFoundMessageAsync(reading, id, $"There is no queued report '{id}'.");
    }

    private Uri GetItemUri(Operation operation, string id) => _channel.Uri.For(operation, ReportId.CheckQueued(id, operation));
}
