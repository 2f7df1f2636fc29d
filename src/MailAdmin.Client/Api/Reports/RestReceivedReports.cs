using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Reports;

/// <summary>The received reports of a server with the REST API: <c>/reports</c> (docs/api.md §6.5).</summary>
internal sealed class RestReceivedReports(ApiChannel channel) : IReceivedReports
{
    // A list holds ids alone.
    public bool ListsReports => false;

    public Task<ReportIdPage> ListIdsAsync(MailReportKind kind, ReportQuery query, CancellationToken cancellationToken)
    {
        Operation operation = kind switch
        {
            MailReportKind.Dmarc => Operations.ListDmarcReports,
            MailReportKind.Tls => Operations.ListTlsReports,
            MailReportKind.Arf => Operations.ListArfReports,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        string? text = ReportIdListing.NormalizeFilter(query.Text, "Text", operation);
        return ReportIdListing.ReadAsync(channel, operation, [KeyValuePair.Create("text", text)], query.Skip, query.First, cancellationToken);
    }

    public async IAsyncEnumerable<MailReport> ListAsync(MailReportKind kind, ReportQuery query, bool idOnly, Action<long>? onTotal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ReportIdPage page = await ListIdsAsync(kind, query, cancellationToken).ConfigureAwait(false);
        onTotal?.Invoke(page.Total);
        foreach (string id in page.Ids)
        {
            MailReport? report = idOnly ? new MailReport { Kind = kind, Id = id } : await FindAsync(kind, id, cancellationToken).ConfigureAwait(false);
            if (report is not null)
            {
                yield return report;
            }
        }
    }

    public async Task<ReceivedReport> GetAsync(MailReportKind kind, string id, CancellationToken cancellationToken) => kind switch
    {
        MailReportKind.Dmarc => await GetAsync(kind, id, ReportReader.ReadDmarc, cancellationToken).ConfigureAwait(false),
        MailReportKind.Tls => await GetAsync(kind, id, ReportReader.ReadTls, cancellationToken).ConfigureAwait(false),
        MailReportKind.Arf => await GetAsync(kind, id, ReportReader.ReadArf, cancellationToken).ConfigureAwait(false),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public async Task<bool> ExistsAsync(MailReportKind kind, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(kind, id, static (_, _) => true, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return false;
        }
    }

    public Task DeleteAsync(MailReportKind kind, string id, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.DeleteReport) { Action = $"Deleting the {kind} report '{id}'" };
        Task deletion = channel.ReadAsync(context, GetItemUri(Operations.DeleteReport, kind, id), DataReaders.ReadBoolean, cancellationToken);
        return LostWrites.ResolveAsync(deletion, async () => !await ExistsAsync(kind, id, cancellationToken).ConfigureAwait(false));
    }

    private async Task<ReceivedReport?> FindAsync(MailReportKind kind, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(kind, id, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return null;
        }
    }

    private Task<T> GetAsync<T>(MailReportKind kind, string id, Func<string, JsonElement, T> read, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.GetReport);
        Task<T> reading = channel.ReadAsync(context, GetItemUri(Operations.GetReport, kind, id), (ref Utf8JsonReader reader) => read(id, JsonElement.ParseValue(ref reader)), cancellationToken);
        return NotFoundErrors.WithNotFoundMessageAsync(reading, id, $"There is no {kind} report '{id}'.");
    }

    private Uri GetItemUri(Operation operation, MailReportKind kind, string id) => channel.Uri.For(operation, GetWord(kind), ReportId.CheckReceived(id, operation));

    private static string GetWord(MailReportKind kind) => kind switch
    {
        MailReportKind.Dmarc => "dmarc",
        MailReportKind.Tls => "tls",
        MailReportKind.Arf => "arf",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
