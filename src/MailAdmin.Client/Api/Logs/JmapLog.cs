using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Logs;

/// <summary>
/// The log of a server from 0.16 on: <c>x:Log</c> (docs/api-0.16.md §8.7), the newest line first, paged by the id of the last one. An id is a place in a file, and
/// when a new file is begun all of them move: that is seen here, and the list is taken up again from the top.
/// </summary>
internal sealed class JmapLog(JmapChannel channel) : ILog
{
    private const string Type = "x:Log";
    private const int PageSize = 500;

    // What the own request writes at most, a renewed token included.
    private const int MaxNoiseEntries = 8;
    private const int MaxRestarts = 5;

    // Several threads write the log: a line may be a little newer than the one above it.
    private static readonly TimeSpan s_tolerance = TimeSpan.FromSeconds(5);

    public bool CountsEntries => false;

    public async IAsyncEnumerable<MailLogEntry> ListAsync(
        LogQuery query, PollNoiseFilter noiseFilter, Action<long>? onTotal, Action<LogGap>? onGap, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long drop = query.Skip;
        long left = query.First ?? long.MaxValue;
        var place = new LogPlace();
        LogPage? last = null;
        int restarts = 0;
        while (left > 0)
        {
            int size = (int)Math.Min(query.Match is null ? Math.Min(left, PageSize) + drop + MaxNoiseEntries : PageSize, MaxPageSize);
            LogPage page = await FetchAsync(query.Text, size, last?.Ids[^1], noiseFilter.NextMarker(), cancellationToken).ConfigureAwait(false);
            if (last is not null && await HaveIdsMovedAsync(last, page, cancellationToken).ConfigureAwait(false))
            {
                if (++restarts > MaxRestarts)
                {
                    onGap?.Invoke(LogGap.Overrun);
                    yield break;
                }
                last = null;
                place.Resume();
                continue;
            }
            foreach (MailLogEntry entry in noiseFilter.FilterBackwards([.. page.Entries.Select(item => item.Entry).Where(place.IsNew)]))
            {
                if (query.Match?.Invoke(entry) == false)
                {
                    continue;
                }
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
            if (page.IsLast)
            {
                yield break;
            }
            last = page;
        }
    }

    public async Task<LogWindow> PollAsync(string? text, int limit, string marker, CancellationToken cancellationToken)
    {
        var entries = new List<MailLogEntry>();
        string? anchor = null;
        int left = limit;
        while (left > 0)
        {
            int size = Math.Min(left, MaxPageSize);
            LogPage page = await FetchAsync(text, size, anchor, marker, cancellationToken).ConfigureAwait(false);
            entries.AddRange(page.Entries.Select(item => item.Entry));
            left -= page.Ids.Count;
            if (page.IsLast)
            {
                break;
            }
            anchor = page.Ids[^1];
        }
        entries.Reverse();
        return new LogWindow(entries, IsWholeLog: left > 0);
    }

    private int MaxPageSize => Math.Min(PageSize, channel.Session.Limits.MaxObjectsInGet);

    private async Task<LogPage> FetchAsync(string? text, int size, string? anchor, string marker, CancellationToken cancellationToken)
    {
        var query = new QueryCall(Type) { Filter = text is null ? null : writer => writer.WriteString("text", text), Limit = size, Anchor = anchor };
        var get = new GetCall<(string Id, MailLogEntry Entry)>(Type, Read) { Query = query };
        try
        {
            await channel.SendAsync([query, get], new KeyValuePair<string, string?>(PollNoiseFilter.MarkerKey, marker), cancellationToken).ConfigureAwait(false);
            // Lines whose event the server does not know are not among them.
            var found = get.Result.Items.ToDictionary(item => item.Id, item => item.Entry, StringComparer.Ordinal);
            bool isLast = await channel.IsLastPageAsync(query, cancellationToken).ConfigureAwait(false) == true;
            return new LogPage(query.Result.Ids, [.. query.Result.Ids.Where(found.ContainsKey).Select(id => (id, found[id]))], isLast);
        }
        catch (MailServerException e) when (e is { Code: MailErrorCode.InvalidRequest, ServerCode: "invalidArguments" })
        {
            throw new MailServerException(MailErrorCode.Unsupported, Operations.CallJmap, "The server has no tracer that writes log files, so that there is no log to read.", e) { ServerCode = e.ServerCode, Method = e.Method };
        }
    }

    // A page without lines is the end of the log, or the anchor is no line any more; one of newer lines goes on somewhere else.
    private async Task<bool> HaveIdsMovedAsync(LogPage last, LogPage page, CancellationToken cancellationToken)
    {
        if (last.Entries.Count == 0)
        {
            return false;
        }
        (string id, MailLogEntry known) = last.Entries[^1];
        if (page.Ids.Count > 0)
        {
            return page.Entries.Count > 0 && page.Entries[0].Entry.Timestamp > known.Timestamp + s_tolerance;
        }
        GetAnswer<(string Id, MailLogEntry Entry)> answer = await channel.GetAsync(Type, [id], Read, cancellationToken).ConfigureAwait(false);
        return answer.Items is not [var now] || !now.Entry.Equals(known);
    }

    private static (string Id, MailLogEntry Entry) Read(JsonElement item)
    {
        var members = new JsonMembers(item.EnsureReadable());
        string? word = members.GetText("level");
        LogLevel? level = LogLevelWords.Find(word);
        var unknown = new UnknownMembers();
        var entry = new MailLogEntry
        {
            Timestamp = members.GetTime("timestamp") ?? throw new JsonException("A log entry has a time."),
            Level = level ?? LogLevel.Other,
            EventId = members.GetText("event") ?? "",
            Details = members.GetText("details") ?? "",
        };
        string id = members.GetText("id") ?? throw new JsonException("A log entry has an id.");
        members.AddUnknownMembers(unknown);
        if (level is null && word is not null)
        {
            unknown.Add("level", item.GetProperty("level").Clone());
        }
        entry.AdditionalData = unknown.ToValues();
        return (id, entry);
    }
}

/// <summary>A page of the log, the newest line first.</summary>
/// <param name="Ids">The ids of its lines.</param>
/// <param name="Entries">What is known of them.</param>
/// <param name="IsLast">Whether the log has no older line.</param>
internal sealed record LogPage(IReadOnlyList<string> Ids, IReadOnlyList<(string Id, MailLogEntry Entry)> Entries, bool IsLast);
