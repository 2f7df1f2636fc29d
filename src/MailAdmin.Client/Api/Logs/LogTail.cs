// Follows a log through looks at its end, so that every entry comes once or its loss is told.
namespace MailAdmin.Client.Api.Logs;

/// <summary>What is known of the end of the log, and what each look adds to it.</summary>
/// <param name="largest">How many entries a look may ask for at most.</param>
internal sealed class LogTail(int largest)
{
    private const int Growth = 4;
    private LogWindow? _known;

    /// <summary>Takes a look at the newest <paramref name="limit"/> entries. The first one adds all it shows.</summary>
    public LogStep Take(LogWindow page, int limit)
    {
        // A look that shows a part of one second alone does not tell how much of that second there is: the next one could not go on from it.
        LogOverlap overlap = _known is null ? new LogOverlap(page.Entries.Count, ShowsASecondWhole(page)) : LogOverlap.Find(_known, page);
        if (!overlap.IsSure && !page.IsWhole && limit < largest)
        {
            return new LogStep((int)Math.Min((long)limit * Growth, largest), [], null);
        }
        bool isFirst = _known is null;
        _known = page;
        IReadOnlyList<MailLogEntry> added = [.. page.Entries.Skip(page.Entries.Count - (overlap.Added ?? page.Entries.Count))];
        return new LogStep(null, added, isFirst || overlap.IsSure ? null : Why(overlap, page));
    }

    private static bool ShowsASecondWhole(LogWindow page) => page.Entries.Count > 0 && page.Entries[0].Timestamp != page.Entries[^1].Timestamp;

    private static LogGap Why(LogOverlap overlap, LogWindow page) =>
        overlap.Added is not null && page.Entries.Count > overlap.Added ? LogGap.Uncertain
        : page.IsWhole ? LogGap.BeganAnew
        : LogGap.Overrun;
}
