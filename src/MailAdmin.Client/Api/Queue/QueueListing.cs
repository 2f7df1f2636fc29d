using System.Globalization;
using System.Runtime.CompilerServices;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Queue;

/// <summary>Runs a query of the queue page by page, each from the id after the last one, so that mail delivered in the meantime hides nothing.</summary>
internal sealed class QueueListing(ApiChannel channel, QueueQuery query, Action<long>? onTotal)
{
    private readonly PageRetry _attempts = new(channel.MaxRetries);
    private ulong? _last = query.FromId is > 0 and { } first ? first - 1 : null;
    private long _received;
    private long _missing;
    private bool _hasMore;
    private long _drop;
    private bool _isTotalReported;

    public async IAsyncEnumerable<MailQueueMessage> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long left = query.First ?? long.MaxValue;
        long size = PagePlan.FirstPageSize;
        if (left == 0 && onTotal is null)
        {
            yield break;
        }
        PageRequest page = PagePlan.GetFirstPage(query.Skip, query.First, inOneRequest: false);
        // A limit of 0 would be none.
        page = page with { Limit = Math.Max(1, page.Limit) };
        _drop = page.SkipCount;
        long received = 0;
        for (bool isFirst = true; ; isFirst = false)
        {
            long limit = isFirst ? page.Limit : size;
            ulong? last = _last;
            await foreach (MailQueueMessage message in ReadPageAsync(isFirst ? page : null, limit, cancellationToken).ConfigureAwait(false))
            {
                if (left > 0)
                {
                    left--;
                    yield return message;
                }
                // The total follows the items: whoever asked for it gets it.
                if (left == 0 && (onTotal is null || _isTotalReported))
                {
                    yield break;
                }
            }
            received += _received;
            if (left == 0)
            {
                yield break;
            }
            // A server that sends the same page again has no other one.
            if (!_hasMore || _received == 0 || _last <= last)
            {
                ListTotal.Check(channel, Operations.ListQueueMessages, received, received + _missing);
                yield break;
            }
            size = Math.Min(Math.Max(size, limit) * PagePlan.Growth, PagePlan.MaxPageSize);
        }
    }

    public static IEnumerable<KeyValuePair<string, string?>> GetFilterParameters(QueueFilter? filter) =>
    [
        KeyValuePair.Create("text", filter?.Text),
        KeyValuePair.Create("from", filter?.From),
        KeyValuePair.Create("to", filter?.To),
    ];

    public static string FormatId(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    // A page whose connection dies is asked for again from the last message that was read.
    private IAsyncEnumerable<MailQueueMessage> ReadPageAsync(PageRequest? first, long limit, CancellationToken cancellationToken)
    {
        (_received, _hasMore) = (0, true);
        return _attempts.ReadAsync(() => FetchPageAsync(_last is null ? first : null, limit - _received, cancellationToken), cancellationToken);
    }

    private async IAsyncEnumerable<MailQueueMessage> FetchPageAsync(PageRequest? page, long limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (limit == 0)
        {
            yield break;
        }
        var context = new ApiRequestContext(Operations.ListQueueMessages) { Streams = true };
        using HttpResponseMessage response = await channel.SendAsync(context, BuildUri(page, limit), null, cancellationToken).ConfigureAwait(false);
        _attempts.RecordResponse(response);
        long before = _received;
        var reader = new PageReader<MailQueueMessage>(new ListParser<MailQueueMessage>(QueueMessageReader.Read), response, context);
        await foreach (MailQueueMessage message in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            ReportTotal(page, reader.Total);
            (_last, _received) = (message.Id, _received + 1);
            if (_drop > 0)
            {
                _drop--;
                continue;
            }
            yield return message;
        }
        ReportTotal(page, reader.Total);
        CompareWithTotal(page, limit, _received - before, reader.Total);
    }

    // Messages that leave the queue while they are listed make a page shorter, and it is not the last one for that. Where a range is asked for, the total is that of
    // the range and ends at the limit.
    private void CompareWithTotal(PageRequest? page, long limit, long received, long? total)
    {
        long place = page is { } numbered ? numbered.End - numbered.Limit : 0;
        long left = total is { } known ? Math.Max(0, known - place) : received;
        long expected = received == 0 ? left : Math.Min(left, limit);
        _missing += Math.Max(0, expected - received);
        _hasMore = Math.Max(expected, received) >= limit;
    }

    // Only an answer from the start of the queue holds the total: the others count from their range.
    private void ReportTotal(PageRequest? page, long? total)
    {
        if (!_isTotalReported && page is not null && total is { } known)
        {
            _isTotalReported = true;
            onTotal?.Invoke(known);
        }
    }

    private Uri BuildUri(PageRequest? page, long limit) => channel.Uri.ForQuery(Operations.ListQueueMessages,
    [
        .. GetFilterParameters(query.Filter),
        KeyValuePair.Create("before", WireTime.Ceiling(query.DueBefore)),
        KeyValuePair.Create("after", WireTime.Ceiling(query.DueAfter)),
        new("values", "1"),
        .. page is { } numbered ? GetPageParameters(numbered) : GetRangeParameters(limit),
    ]);

    private static KeyValuePair<string, string?>[] GetPageParameters(PageRequest page) => [new("page", WireNumber.Format(page.Page)), new("limit", WireNumber.Format(page.Limit))];

    // With max-total the server stops looking when the page is full.
    private KeyValuePair<string, string?>[] GetRangeParameters(long limit) =>
    [
        new("range-start", FormatId(_last!.Value + 1)),
        new("limit", WireNumber.Format(limit)),
        new("max-total", WireNumber.Format(limit)),
    ];
}
