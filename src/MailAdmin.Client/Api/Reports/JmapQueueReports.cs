using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Reports;

/// <summary>
/// The reports that a server from 0.16 on is about to send: <c>x:DmarcInternalReport</c> and <c>x:TlsInternalReport</c> (docs/api-0.16.md §8.6). Of a domain it
/// finds the whole name of one type, and the beginning of the other's: so domains are compared here.
/// </summary>
internal sealed class JmapQueueReports(JmapChannel channel) : IQueueReports
{
    private static readonly MailReportKind[] s_kinds = [MailReportKind.Dmarc, MailReportKind.Tls];
    private static readonly string[] s_idProperties = ["id"];
    private static readonly string[] s_headerProperties = ["domain", "createdAt", "deliverAt"];

    public bool ListsReports => true;

    public async Task<ReportIdPage> ListIdsAsync(QueueReportQuery query, CancellationToken cancellationToken)
    {
        long total = 0;
        var ids = new List<string>();
        await foreach (MailQueueReport report in ListAsync(query, idOnly: true, count => total = count, cancellationToken).ConfigureAwait(false))
        {
            ids.Add(report.Id);
        }
        return new ReportIdPage(total, ids);
    }

    public async IAsyncEnumerable<MailQueueReport> ListAsync(QueueReportQuery query, bool idOnly, Action<long>? onTotal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? domain = ReportIdListing.NormalizeFilter(query.Domain, "Domain", Operations.CallJmap);
        MailReportKind[] kinds = query.Kind is not { } only ? s_kinds
            : s_kinds.Contains(only) ? [only]
            : throw MailServerException.CreateRefusal(Operations.CallJmap, "type", $"The server queues DMARC and TLS reports, and none of kind {query.Kind}.");
        // There are few: one a domain and day.
        var reports = new List<MailQueueReport>();
        foreach (MailReportKind kind in kinds)
        {
            IReadOnlyList<string> ids = await channel.ListIdsAsync(GetType(kind), filter: null, cancellationToken).ConfigureAwait(false);
            var listing = new JmapListing<MailQueueReport>(channel, GetType(kind), item => JmapReportReader.ReadQueued(kind, item))
            {
                Properties = idOnly ? s_headerProperties : null,
                Match = domain is null ? null : report => report.Domain.Contains(domain, StringComparison.OrdinalIgnoreCase),
            };
            await foreach (MailQueueReport report in listing.RunAsync(ids, cancellationToken).ConfigureAwait(false))
            {
                reports.Add(report);
            }
        }
        onTotal?.Invoke(reports.Count);
        foreach (MailQueueReport report in reports.Skip((int)Math.Min(query.Skip, reports.Count)).Take((int)Math.Min(query.First ?? reports.Count, reports.Count)))
        {
            yield return report;
        }
    }

    public async Task<MailQueueReport> GetAsync(string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<(MailReportKind Kind, MailQueueReport Report)> found = await FindAsync(id, JmapReportReader.ReadQueued, null, cancellationToken).ConfigureAwait(false);
        return found is [var only] ? only.Report : throw CreateNotOne(id, found.Count);
    }

    public async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) =>
        (await FindAsync(id, static (_, _) => true, s_idProperties, cancellationToken).ConfigureAwait(false)).Count > 0;

    public async Task DeleteAsync(string id, MailReportKind? kind, CancellationToken cancellationToken)
    {
        if (kind is null)
        {
            IReadOnlyList<(MailReportKind Kind, bool)> found = await FindAsync(id, static (_, _) => true, s_idProperties, cancellationToken).ConfigureAwait(false);
            kind = found is [var only] ? only.Kind : throw CreateNotOne(id, found.Count);
        }
        SetOutcome outcome = await JmapReportDeletion.RunAsync(channel, GetType(kind.Value), id, cancellationToken).ConfigureAwait(false);
        if (outcome.Error is { } error)
        {
            throw JmapReportDeletion.Explain(error, $"Deleting the report '{id}'", () => CreateNotOne(id, 0));
        }
    }

    private static string GetType(MailReportKind kind) => kind == MailReportKind.Dmarc ? "x:DmarcInternalReport" : "x:TlsInternalReport";

    // The id does not tell the kind.
    private async Task<IReadOnlyList<(MailReportKind Kind, T Report)>> FindAsync<T>(string id, Func<MailReportKind, JsonElement, T> read, string[]? properties, CancellationToken cancellationToken)
    {
        (MailReportKind Kind, GetCall<T> Call)[] calls = [.. s_kinds.Select(kind => (kind, new GetCall<T>(GetType(kind), item => read(kind, item)) { Ids = [id], Properties = properties }))];
        await channel.SendAsync([.. calls.Select(call => call.Call)], cancellationToken).ConfigureAwait(false);
        return [.. calls.SelectMany(call => call.Call.Result.Items.Select(report => (call.Kind, report)))];
    }

    private static MailServerException CreateNotOne(string id, int count) => count == 0
        ? new(MailErrorCode.NotFound, Operations.CallJmap, $"There is no queued report '{id}'.") { Item = id }
        : MailServerException.CreateRefusal(Operations.CallJmap, "id", $"A DMARC report and a TLS report have the id '{id}'. Pipe the one that is meant from Get-MailQueueReport -Kind.");
}
