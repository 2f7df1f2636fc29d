using System.Globalization;
using System.Runtime.CompilerServices;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>
/// Runs a query of traces. The server leaves out spans that it has no event to show for, so a page may be shorter than asked for, or empty, and not
/// be the last: the total decides.
/// </summary>
internal sealed class TraceListing(ApiChannel channel, ServerInfo? server, TraceQuery query, Action<long>? onTotal)
{
    // New traces move the others from page to page in the meantime.
    private readonly HashSet<ulong> _seen = [];
    private readonly PageRetry _attempts = new(channel.MaxRetries);
    private long? _total;

    public async IAsyncEnumerable<MailTrace> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long left = query.First ?? long.MaxValue;
        if (left == 0 && onTotal is null)
        {
            yield break;
        }
        // What is left out counts what is given: the server's own pages count spans that it then leaves out.
        long drop = query.Skip;
        // New traces come at the start: a page that began there again would give them in between.
        for (PageRequest page = GetFirstPage(left); ; page = PagePlan.GetAdjacentPage(page))
        {
            await foreach (MailTrace trace in ReadPageAsync(page, cancellationToken).ConfigureAwait(false))
            {
                if (drop > 0)
                {
                    drop--;
                    continue;
                }
                if (left > 0)
                {
                    left--;
                    yield return trace;
                }
                // The total follows the items: whoever asked for it gets it.
                if (left == 0 && (onTotal is null || _total is not null))
                {
                    yield break;
                }
            }
            if (left == 0 || page.IsUnpaged || _total is not { } total || page.End >= total)
            {
                yield break;
            }
        }
    }

    private PageRequest GetFirstPage(long left)
    {
        PageRequest page = PagePlan.GetFirstPage(0, left <= long.MaxValue - query.Skip ? query.Skip + left : null, inOneRequest: false);
        // A limit of 0 would be none.
        return page with { Limit = Math.Max(1, page.Limit) };
    }

    // A page whose connection dies is asked for again; what was read of it is known by its id.
    private async IAsyncEnumerable<MailTrace> ReadPageAsync(PageRequest page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<MailTrace> items = _attempts.ReadAsync(() => FetchPageAsync(page, cancellationToken), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (items.ConfigureAwait(false))
        {
            while (await TelemetryErrorExplainer.ExplainAsync(items.MoveNextAsync(), server, TelemetryErrorExplainer.TracingStore).ConfigureAwait(false))
            {
                yield return items.Current;
            }
        }
    }

    private async IAsyncEnumerable<MailTrace> FetchPageAsync(PageRequest page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.ListTraces) { Streams = true };
        using HttpResponseMessage response = await channel.SendAsync(context, BuildUri(page), null, cancellationToken).ConfigureAwait(false);
        _attempts.RecordResponse(response);
        var reader = new PageReader<MailTrace>(new ListParser<MailTrace>(TraceReader.ReadListItem), response, context);
        await foreach (MailTrace trace in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ReportTotal(reader.Total);
            if (_seen.Add(trace.SpanId))
            {
                yield return trace;
            }
        }
        ReportTotal(reader.Total);
    }

    private void ReportTotal(long? total)
    {
        if (total is { } known)
        {
            _total = known;
            onTotal?.Invoke(known);
            onTotal = null;
        }
    }

    private Uri BuildUri(PageRequest page) => channel.Uri.ForQuery(Operations.ListTraces,
    [
        KeyValuePair.Create("type", query.Type),
        // With an underscore here, unlike anywhere else.
        KeyValuePair.Create("queue_id", query.QueueId?.ToString(CultureInfo.InvariantCulture)),
        KeyValuePair.Create("filter", query.Text),
        KeyValuePair.Create("after", WireTime.Floor(query.After)),
        KeyValuePair.Create("before", WireTime.Ceiling(query.Before)),
        new("values", "1"),
        KeyValuePair.Create("page", WireNumber.Format(page.Page)),
        KeyValuePair.Create("limit", WireNumber.Format(page.Limit)),
    ]);
}
