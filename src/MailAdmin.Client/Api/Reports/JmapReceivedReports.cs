using System.Runtime.CompilerServices;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Reports;

/// <summary>
/// The received reports of a server from 0.16 on: objects of three types (docs/api-0.16.md §8.6). Its filters find whole words, refuse domains, and count
/// sessions wrongly: so texts are compared here.
/// </summary>
internal sealed class JmapReceivedReports(JmapChannel channel) : IReceivedReports
{
    private static readonly string[] s_headerProperties = ["receivedAt", "expiresAt"];

    public bool ListsReports => true;

    public async Task<ReportIdPage> ListIdsAsync(MailReportKind kind, ReportQuery query, CancellationToken cancellationToken)
    {
        long total = 0;
        var ids = new List<string>();
        if (Normalize(query.Text) is null)
        {
            IReadOnlyList<string> all = await ListNewestFirstAsync(kind, cancellationToken).ConfigureAwait(false);
            IEnumerable<string> wanted = all.Skip((int)Math.Min(query.Skip, all.Count));
            return new ReportIdPage(all.Count, [.. wanted.Take((int)Math.Min(query.First ?? all.Count, all.Count))]);
        }
        await foreach (MailReport report in ListAsync(kind, query, idOnly: true, count => total = count, cancellationToken).ConfigureAwait(false))
        {
            ids.Add(report.Id);
        }
        return new ReportIdPage(total, ids);
    }

    public async IAsyncEnumerable<MailReport> ListAsync(MailReportKind kind, ReportQuery query, bool idOnly, Action<long>? onTotal, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? text = Normalize(query.Text);
        IReadOnlyList<string> ids = await ListNewestFirstAsync(kind, cancellationToken).ConfigureAwait(false);
        if (idOnly && text is null)
        {
            var headers = new JmapListing<MailReport>(channel, GetType(kind), item => JmapReportReader.ReadHeader(kind, item))
            {
                Properties = s_headerProperties,
                Skip = query.Skip,
                First = query.First,
                OnTotal = onTotal,
            };
            await foreach (MailReport header in headers.RunAsync(ids, cancellationToken).ConfigureAwait(false))
            {
                yield return header;
            }
            yield break;
        }
        var reports = new JmapListing<ReceivedReport>(channel, GetType(kind), item => JmapReportReader.Read(kind, item))
        {
            Match = text is null ? null : report => ReportTexts.Contain(report, text),
            Skip = query.Skip,
            First = query.First,
            OnTotal = onTotal,
        };
        await foreach (ReceivedReport report in reports.RunAsync(ids, cancellationToken).ConfigureAwait(false))
        {
            yield return idOnly ? new MailReport { Kind = kind, Id = report.Id, Created = report.Created, Expires = report.Expires } : report;
        }
    }

    public async Task<ReceivedReport> GetAsync(MailReportKind kind, string id, CancellationToken cancellationToken)
    {
        GetAnswer<ReceivedReport> answer = await channel.GetAsync(GetType(kind), [id], item => JmapReportReader.Read(kind, item), cancellationToken).ConfigureAwait(false);
        return answer.Items is [var report] ? report : throw CreateNotFound(kind, id);
    }

    public async Task<bool> ExistsAsync(MailReportKind kind, string id, CancellationToken cancellationToken) =>
        (await channel.FindMissingAsync(GetType(kind), [id], cancellationToken).ConfigureAwait(false)).Count == 0;

    public async Task DeleteAsync(MailReportKind kind, string id, CancellationToken cancellationToken)
    {
        SetOutcome outcome = await JmapReportDeletion.RunAsync(channel, GetType(kind), id, cancellationToken).ConfigureAwait(false);
        if (outcome.Error is { } error)
        {
            throw JmapReportDeletion.Explain(error, $"Deleting the {kind} report '{id}'", () => CreateNotFound(kind, id));
        }
    }

    private static string GetType(MailReportKind kind) => kind switch
    {
        MailReportKind.Dmarc => "x:DmarcExternalReport",
        MailReportKind.Tls => "x:TlsExternalReport",
        MailReportKind.Arf => "x:ArfExternalReport",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static string? Normalize(string? text) => ReportIdListing.NormalizeFilter(text, "Text", Operations.CallJmap);

    // Ids are times.
    private async Task<IReadOnlyList<string>> ListNewestFirstAsync(MailReportKind kind, CancellationToken cancellationToken) =>
        [.. (await channel.ListIdsAsync(GetType(kind), filter: null, cancellationToken).ConfigureAwait(false)).Reverse()];

    private static MailServerException CreateNotFound(MailReportKind kind, string id) =>
        new(MailErrorCode.NotFound, Operations.CallJmap, $"There is no {kind} report '{id}'.") { Item = id };
}
