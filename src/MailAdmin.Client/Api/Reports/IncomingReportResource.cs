// /reports: what other servers report about mail from and to here.
using System.Text.Json;
using MailAdmin.Client.Api.Reports;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>Received DMARC, TLS and abuse reports (docs/api.md §6.5).</summary>
public sealed class IncomingReportResource
{
    private readonly ApiChannel _channel;

    internal IncomingReportResource(ApiChannel channel) => _channel = channel;

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
        Operation operation = kind switch
        {
            MailReportKind.Dmarc => Operations.ListDmarcReports,
            MailReportKind.Tls => Operations.ListTlsReports,
            MailReportKind.Arf => Operations.ListArfReports,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
        string? text = ReportIdListing.NormalizeFilter(query.Text, "Text", operation);
        return ReportIdListing.ReadAsync(_channel, operation, [KeyValuePair.Create("text", text)], query.Skip, query.First, cancellationToken);
    }

    /// <summary>A DMARC report (GET /reports/dmarc/{id}).</summary>
    /// <param name="id">The id within its kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without
    /// the permission <c>incoming-report-get</c>.</exception>
    public Task<MailDmarcReport> GetDmarcAsync(string id, CancellationToken cancellationToken) => GetAsync(MailReportKind.Dmarc, id, ReportReader.ReadDmarc, cancellationToken);

    /// <summary>A TLS report (GET /reports/tls/{id}).</summary>
    /// <param name="id">The id within its kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without
    /// the permission <c>incoming-report-get</c>.</exception>
    public Task<MailTlsReport> GetTlsAsync(string id, CancellationToken cancellationToken) => GetAsync(MailReportKind.Tls, id, ReportReader.ReadTls, cancellationToken);

    /// <summary>An abuse report (GET /reports/arf/{id}).</summary>
    /// <param name="id">The id within its kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The report.</returns>
    /// <exception cref="MailServerException"><c>NotFound</c> when there is none; <c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without
    /// the permission <c>incoming-report-get</c>.</exception>
    public Task<MailArfReport> GetArfAsync(string id, CancellationToken cancellationToken) => GetAsync(MailReportKind.Arf, id, ReportReader.ReadArf, cancellationToken);

    /// <summary>Whether the report is there (GET /reports/{kind}/{id}): deleting an unknown one is a success to the server.</summary>
    /// <param name="kind">The kind of report.</param>
    /// <param name="id">The id within its kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>True when it is there.</returns>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without the permission <c>incoming-report-get</c>.</exception>
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

    /// <summary>Deletes a report (DELETE /reports/{kind}/{id}). Deleting an unknown one is a success, too. A lost answer is resolved by looking for it.</summary>
    /// <param name="kind">The kind of report.</param>
    /// <param name="id">The id within its kind.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c> for a malformed id; <c>Forbidden</c> without the permission
    /// <c>incoming-report-delete</c>; <c>OutcomeUnknown</c> when the answer was lost and the report is there, or nobody could look.</exception>
    public Task DeleteAsync(MailReportKind kind, string id, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.DeleteReport) { Action = $"Deleting the {kind} report '{id}'" };
        Task deletion = _channel.ReadAsync(context, GetItemUri(Operations.DeleteReport, kind, id), DataReaders.ReadBoolean, cancellationToken);
        return LostWrites.ResolveAsync(deletion, async () => !await ExistsAsync(kind, id, cancellationToken).ConfigureAwait(false));
    }

    private Task<T> GetAsync<T>(MailReportKind kind, string id, Func<string, JsonElement, T> read, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.GetReport);
        Task<T> reading = _channel.ReadAsync(context, GetItemUri(Operations.GetReport, kind, id), (ref Utf8JsonReader reader) => read(id, JsonElement.ParseValue(ref reader)), cancellationToken);
        return NotFoundErrors.WithNotFoundMessageAsync(reading, id, $"There is no {kind} report '{id}'.");
    }

    private Uri GetItemUri(Operation operation, MailReportKind kind, string id) => _channel.Uri.For(operation, GetWord(kind), ReportId.CheckReceived(id, operation));

    private static string GetWord(MailReportKind kind) => kind switch
    {
        MailReportKind.Dmarc => "dmarc",
        MailReportKind.Tls => "tls",
        MailReportKind.Arf => "arf",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
