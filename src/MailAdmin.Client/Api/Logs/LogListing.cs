using System.Runtime.CompilerServices;
using MailAdmin.Client.Api.Lists;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Logs;

/// <summary>
/// Runs a query of the log, from its end backwards. What is wanted comes in one request, unless the client has to search for it page by page.
/// </summary>
internal sealed class LogListing(ApiChannel channel, LogQuery query, PollNoiseFilter? noiseFilter, Action<long>? onTotal, Action<LogGap>? onGap)
{
    private const int FirstPageSize = 256;
    private const long MaxPageSize = 65_536;
    private const long MaxOverlap = 64;

    // What is read whole is asked for again when its connection dies; what is longer is given as it arrives.
    private const long MaxBufferedEntries = 4096;

    // The newest entries, among which the lines of the own request are; and how many lines those are at most, a renewed token included.
    private const int NoiseWindow = 256;
    private const int MaxNoiseEntries = 8;
    private long? _total;

    public IAsyncEnumerable<MailLogEntry> RunAsync(CancellationToken cancellationToken) =>
        query.Match is null ? ReadInOneRequestAsync(cancellationToken) : SearchAsync(cancellationToken);

    /// <summary>The newest entries as one window, the oldest first.</summary>
    public static async Task<LogWindow> PollAsync(ApiChannel channel, string? text, int limit, string marker, CancellationToken cancellationToken)
    {
        var listing = new LogListing(channel, new LogQuery { Text = text }, noiseFilter: null, null, null);
        var entries = new List<MailLogEntry>();
        await foreach (MailLogEntry entry in listing.FetchPageAsync(new PageRequest(1, limit, 0), marker, streams: false, cancellationToken).ConfigureAwait(false))
        {
            entries.Add(entry);
        }
        entries.Reverse();
        return new LogWindow(entries, listing._total <= limit);
    }

    /// <summary>The page after <paramref name="last"/>. The log grows in the meantime and moves its lines down, so it begins a little before the end of the last one.</summary>
    public static PageRequest GetNextPage(PageRequest last)
    {
        long start = last.End - Math.Min(MaxOverlap, last.End / 4);
        long pages = (start + MaxPageSize - 1) / MaxPageSize;
        return new PageRequest(pages + 1, start / pages, 0);
    }

    private async IAsyncEnumerable<MailLogEntry> ReadInOneRequestAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long left = query.First ?? long.MaxValue;
        // To the server a limit of 0 is none, and pages start at multiples of their size: what is left out is asked for too. It makes room for
        // as many entries as it is asked for before it has one, so that a large number is better not named.
        long limit = query.First is { } first && first <= MaxPageSize - query.Skip ? query.Skip + first + MaxNoiseEntries : 0;
        long drop = query.Skip;
        bool isLong = limit is 0 or > MaxBufferedEntries;
        await foreach (MailLogEntry entry in WithoutNoiseAsync(FetchPageAsync(new PageRequest(1, limit, 0), noiseFilter?.NextMarker(), isLong, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            if (drop > 0)
            {
                drop--;
                continue;
            }
            if (left-- <= 0)
            {
                if (onTotal is null)
                {
                    yield break;
                }
                // The total follows the items.
                continue;
            }
            yield return entry;
        }
        ReportTotal();
    }

    // What the own request wrote is at the end of the log, the first to come.
    private async IAsyncEnumerable<MailLogEntry> WithoutNoiseAsync(IAsyncEnumerable<MailLogEntry> entries, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (noiseFilter is null)
        {
            await foreach (MailLogEntry entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                yield return entry;
            }
            yield break;
        }
        List<MailLogEntry>? newest = [];
        await foreach (MailLogEntry entry in entries.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (newest is null)
            {
                yield return entry;
                continue;
            }
            newest.Add(entry);
            if (newest.Count == NoiseWindow)
            {
                foreach (MailLogEntry kept in noiseFilter.FilterBackwards(newest))
                {
                    yield return kept;
                }
                newest = null;
            }
        }
        foreach (MailLogEntry kept in noiseFilter.FilterBackwards(newest ?? []))
        {
            yield return kept;
        }
    }

    private async IAsyncEnumerable<MailLogEntry> SearchAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long drop = query.Skip;
        long left = query.First ?? long.MaxValue;
        List<MailLogEntry> known = [];
        for (var page = new PageRequest(1, FirstPageSize, 0); left > 0; page = GetNextPage(page))
        {
            List<MailLogEntry> entries = await ReadPageAsync(page, cancellationToken).ConfigureAwait(false);
            ReportTotal();
            IEnumerable<MailLogEntry> added = SkipKnown(known, entries);
            foreach (MailLogEntry entry in (noiseFilter?.FilterBackwards([.. added]) ?? added).Where(query.Match!))
            {
                if (drop > 0)
                {
                    drop--;
                    continue;
                }
                if (left-- <= 0)
                {
                    yield break;
                }
                yield return entry;
            }
            if (entries.Count == 0 || _total <= page.End)
            {
                yield break;
            }
            known = entries;
        }
    }

    // Backwards, what follows the known entries is what is older.
    private IEnumerable<MailLogEntry> SkipKnown(List<MailLogEntry> known, List<MailLogEntry> page)
    {
        if (known.Count == 0)
        {
            return page;
        }
        var overlap = LogOverlap.Search(known, page, pageIsWhole: false);
        if (overlap.AddedCount is not { } added)
        {
            onGap?.Invoke(LogGap.Overrun);
            return page;
        }
        return page.Skip(page.Count - added);
    }

    private async Task<List<MailLogEntry>> ReadPageAsync(PageRequest page, CancellationToken cancellationToken)
    {
        var entries = new List<MailLogEntry>();
        await foreach (MailLogEntry entry in FetchPageAsync(page, noiseFilter?.NextMarker(), streams: false, cancellationToken).ConfigureAwait(false))
        {
            entries.Add(entry);
        }
        return entries;
    }

    // A page that is compared with others is read whole, so that one whose connection dies is asked for again on the way.
    private async IAsyncEnumerable<MailLogEntry> FetchPageAsync(PageRequest page, string? marker, bool streams, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.ListLogs) { Streams = streams };
        using HttpResponseMessage response = await channel.SendAsync(context, BuildUri(page, marker), null, cancellationToken).ConfigureAwait(false);
        var reader = new PageReader<MailLogEntry>(new ListParser<MailLogEntry>(MailLogEntry.Read), response, context);
        await foreach (MailLogEntry entry in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return entry;
        }
        _total = reader.Total;
    }

    private void ReportTotal()
    {
        if (_total is { } total)
        {
            onTotal?.Invoke(total);
            onTotal = null;
        }
    }

    private Uri BuildUri(PageRequest page, string? marker) => channel.Uri.ForQuery(Operations.ListLogs,
    [
        KeyValuePair.Create("page", page.Page > 1 ? WireNumber.Format(page.Page) : null),
        KeyValuePair.Create("limit", WireNumber.Format(page.Limit)),
        KeyValuePair.Create("filter", query.Text),
        KeyValuePair.Create(PollNoiseFilter.MarkerKey, marker),
    ]);
}
