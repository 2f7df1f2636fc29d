using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Reports;

/// <summary>The reports that a server with the REST API is about to send: <c>/queue/reports</c> (docs/api.md §6.4).</summary>
internal sealed class RestQueueReports(ApiChannel channel) : IQueueReports
{
    // A list holds ids alone.
    public bool ListsReports => false;

    public Task<ReportIdPage> ListIdsAsync(QueueReportQuery query, CancellationToken cancellationToken)
    {
        string? type = query.Kind switch
        {
            null => null,
            MailReportKind.Dmarc => "dmarc",
            MailReportKind.Tls => "tls",
            _ => throw MailServerException.CreateRefusal(Operations.ListQueueReports, "type", $"The server queues DMARC and TLS reports, and none of kind {query.Kind}."),
        };
        string? domain = ReportIdListing.NormalizeFilter(query.Domain, "Domain", Operations.ListQueueReports);
        return ReportIdListing.ReadAsync(channel, Operations.ListQueueReports, [KeyValuePair.Create("type", type), KeyValuePair.Create("domain", domain)], query.Skip, query.First, cancellationToken);
    }

    public async IAsyncEnumerable<MailQueueReport> ListAsync(QueueReportQuery query, bool idOnly, Action<long>? onTotal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ReportIdPage page = await ListIdsAsync(query, cancellationToken).ConfigureAwait(false);
        onTotal?.Invoke(page.Total);
        foreach (string id in page.Ids)
        {
            MailQueueReport? report = idOnly ? ReportId.ParseQueued(id) : await FindAsync(id, cancellationToken).ConfigureAwait(false);
            if (report is not null)
            {
                yield return report;
            }
        }
    }

    public Task<MailQueueReport> GetAsync(string id, CancellationToken cancellationToken) => GetAsync(id, ReportReader.ReadQueued, cancellationToken);

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

    // The id holds the kind.
    public Task DeleteAsync(string id, MailReportKind? kind, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.DeleteQueueReport) { Action = $"Deleting the report '{id}'" };
        Task deletion = channel.ReadAsync(context, GetItemUri(Operations.DeleteQueueReport, id), DataReaders.ReadBoolean, cancellationToken);
        return LostWrites.ResolveAsync(deletion, async () => !await ExistsAsync(id, cancellationToken).ConfigureAwait(false));
    }

    private async Task<MailQueueReport?> FindAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return null;
        }
    }

    private Task<T> GetAsync<T>(string id, Func<string, JsonElement, T> read, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.GetQueueReport);
        Task<T> reading = channel.ReadAsync(context, GetItemUri(Operations.GetQueueReport, id), (ref Utf8JsonReader reader) => read(id, JsonElement.ParseValue(ref reader)), cancellationToken);
        return NotFoundErrors.WithNotFoundMessageAsync(reading, id, $"There is no queued report '{id}'.");
    }

    private Uri GetItemUri(Operation operation, string id) => channel.Uri.For(operation, ReportId.CheckQueued(id, operation));
}
