// One listing of traces. The server leaves out spans that it has no event to show for, so a page may be shorter than asked for, or empty,
// and not be the last: the total decides.
using System.Globalization;
using System.Runtime.CompilerServices;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Telemetry;

/// <summary>Runs a query of traces.</summary>
internal sealed class TraceListing(ApiChannel channel, ServerInfo? server, TraceQuery query, Action<long>? onTotal)
{
    public const string Route = "/telemetry/traces";

    // New traces move the others from page to page meanwhile.
    private readonly HashSet<ulong> _seen = [];
    private readonly PageAttempts _attempts = new(channel.MaximumRetries);
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
        for (PageRequest page = First(left); ; page = PagePlan.Next(page))
        {
            await foreach (MailTrace trace in PageAsync(page, cancellationToken).ConfigureAwait(false))
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
            if (left == 0 || page.IsEverything || _total is not { } total || page.End >= total)
            {
                yield break;
            }
        }
    }

    private PageRequest First(long left)
    {
        PageRequest page = PagePlan.Start(0, left <= long.MaxValue - query.Skip ? query.Skip + left : null, inOneRequest: false);
        // A limit of 0 would be none.
        return page with { Limit = Math.Max(1, page.Limit) };
    }

    // A page whose connection dies is asked for again; what was read of it is known by its id.
    private async IAsyncEnumerable<MailTrace> PageAsync(PageRequest page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<MailTrace> items = _attempts.ReadAsync(() => OnceAsync(page, cancellationToken), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (items.ConfigureAwait(false))
        {
            while (await TelemetryFaults.ExplainAsync(items.MoveNextAsync(), server, TelemetryFaults.TracingStore).ConfigureAwait(false))
            {
                yield return items.Current;
            }
        }
    }

    private async IAsyncEnumerable<MailTrace> OnceAsync(PageRequest page, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var call = new Call(HttpMethod.Get, Route, CallSafety.Repeatable) { Streams = true };
        using HttpResponseMessage response = await channel.SendAsync(call, Address(page), null, cancellationToken).ConfigureAwait(false);
        _attempts.Began(response);
        var reader = new PageReader<MailTrace>(new ListParser<MailTrace>(TraceReader.ReadListed), response, call);
        await foreach (MailTrace trace in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            Tell(reader.Total);
            if (_seen.Add(trace.SpanId))
            {
                yield return trace;
            }
        }
        Tell(reader.Total);
    }

    private void Tell(long? total)
    {
        if (total is { } known)
        {
            _total = known;
            onTotal?.Invoke(known);
            onTotal = null;
        }
    }

    private Uri Address(PageRequest page) => channel.Uri.Api(Route,
    [
        KeyValuePair.Create("type", query.Type),
        // With an underscore here, unlike anywhere else.
        KeyValuePair.Create("queue_id", query.QueueId?.ToString(CultureInfo.InvariantCulture)),
        KeyValuePair.Create("filter", query.Text),
        KeyValuePair.Create("after", WireTime.Down(query.After)),
        KeyValuePair.Create("before", WireTime.Up(query.Before)),
        new("values", "1"),
        KeyValuePair.Create("page", Text(page.Page)),
        KeyValuePair.Create("limit", Text(page.Limit)),
    ]);

    private static string? Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
