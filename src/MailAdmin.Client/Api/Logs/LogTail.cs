namespace MailAdmin.Client.Api.Logs;

/// <summary>What is known of the end of the log, and what each poll adds to it, so that every entry comes once or its loss is reported.</summary>
/// <param name="largest">How many entries a poll may ask for at most.</param>
internal sealed class LogTail(int largest)
{
    private const int GrowthFactor = 4;
    private LogWindow? _known;

    /// <summary>Takes the result of a poll for the newest <paramref name="limit"/> entries. The first one adds all it shows.</summary>
    public LogPollResult AddWindow(LogWindow page, int limit)
    {
        // A poll that shows only a part of one second does not show how much of that second there is: the next one could not continue from it.
        LogOverlap overlap = _known is null ? new LogOverlap(page.Entries.Count, SpansSeveralSeconds(page)) : LogOverlap.Find(_known, page);
        if (!overlap.IsCertain && !page.IsWholeLog && limit < largest)
        {
            return new LogPollResult((int)Math.Min((long)limit * GrowthFactor, largest), [], null);
        }
        bool isFirst = _known is null;
        _known = page;
        IReadOnlyList<MailLogEntry> added = [.. page.Entries.Skip(page.Entries.Count - (overlap.AddedCount ?? page.Entries.Count))];
        return new LogPollResult(null, added, isFirst || overlap.IsCertain ? null : ClassifyGap(overlap, page));
    }

    private static bool SpansSeveralSeconds(LogWindow page) => page.Entries.Count > 0 && page.Entries[0].Timestamp != page.Entries[^1].Timestamp;

    private static LogGap ClassifyGap(LogOverlap overlap, LogWindow page) =>
        overlap.AddedCount is not null && page.Entries.Count > overlap.AddedCount ? LogGap.Uncertain
        : page.IsWholeLog ? LogGap.LogReset
        : LogGap.Overrun;
}
