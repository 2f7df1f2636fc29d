using System.Text.Json;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Queue;

/// <summary>
/// Lists the ids of queued messages. The server sorts them by the time of their next attempt alone, and that changes meanwhile: what is tried in vain moves to
/// a later place. So the pages overlap, and one that does not go on where the last one ended is asked for again from farther up.
/// </summary>
internal sealed class JmapQueueIds(JmapChannel channel)
{
    private const string SortProperty = "due";

    // What the server gives at most unless it is set up otherwise.
    private const int PageSize = 5000;

    // Fewer are taken for all of them where the account may not read what the server is set up to.
    private const int PlausiblePageSize = 500;
    private const int MinOverlap = 100;
    private const int MaxOverlap = PageSize / 2;
    private const int OverlapGrowth = 5;

    // So many ids at the start of a page show that it goes on.
    private const int ComparedIds = 3;

    /// <summary>The ids that a filter of the server matches, each once.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(Action<Utf8JsonWriter>? filter, CancellationToken cancellationToken)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        int overlap = MinOverlap;
        int position = 0;
        while (true)
        {
            var query = new QueryCall(JmapQueue.Type) { Filter = filter, SortProperty = SortProperty, Limit = PageSize, Position = position };
            await channel.SendAsync([query], cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> page = query.Result.Ids;
            if (position > 0 && !GoesOn(places, page))
            {
                overlap = Math.Min(overlap * OverlapGrowth, MaxOverlap);
                position = overlap == MaxOverlap ? 0 : Math.Max(0, position - overlap);
                continue;
            }
            int before = places.Count;
            foreach (string id in page)
            {
                places.TryAdd(id, places.Count);
            }
            if ((await channel.IsLastPageAsync(query, cancellationToken).ConfigureAwait(false) ?? page.Count < PlausiblePageSize) || (position > 0 && places.Count == before))
            {
                return [.. places.Keys];
            }
            if (page.Count < MinOverlap)
            {
                throw new MailServerException(
                    MailErrorCode.Unsupported, Operations.CallJmap, $"The server finds {page.Count} messages at a time and no more (queryMaxResults of the object Jmap). To list a queue that changes meanwhile it takes {MinOverlap}.");
            }
            position += Math.Max(page.Count - overlap, page.Count / 2);
        }
    }

    // It begins with ids that are known, in the order that they had: nothing is between them and what was read before.
    private static bool GoesOn(Dictionary<string, int> places, IReadOnlyList<string> page)
    {
        int last = -1;
        foreach (string id in page.Take(ComparedIds))
        {
            if (!places.TryGetValue(id, out int place) || place <= last)
            {
                return false;
            }
            last = place;
        }
        return page.Count > 0;
    }
}
