namespace MailAdmin.Client.Api.Logs;

/// <summary>
/// Finds where the known part of the log is within a later poll. Entries have no id and whole seconds, so whole stretches of them are compared.
/// </summary>
/// <param name="AddedCount">How many entries follow what is known; null where nothing of it is there.</param>
/// <param name="IsCertain">Whether the log can be read in no other way, given that its times do not run backwards.</param>
internal readonly record struct LogOverlap(int? AddedCount, bool IsCertain)
{
    /// <summary>Compares an earlier window with a later one: the end of the earlier, or all of it, is before what was added.</summary>
    public static LogOverlap Find(LogWindow known, LogWindow page)
    {
        if (known.Entries.Count == 0)
        {
            return new LogOverlap(page.Entries.Count, known.IsWholeLog && page.IsWholeLog);
        }
        if (known.IsWholeLog && page.IsWholeLog && StartsWith(page.Entries, known.Entries))
        {
            return new LogOverlap(page.Entries.Count - known.Entries.Count, true);
        }
        return Search(known.Entries, page.Entries, page.IsWholeLog);
    }

    /// <summary>
    /// Searches for the longest overlap. Entries that equal the known ones may be others of the same second. Not so where the page surely holds all that is
    /// known, and shows it in one place; nor where the overlap crosses from one second into the next.
    /// </summary>
    public static LogOverlap Search(IReadOnlyList<MailLogEntry> known, IReadOnlyList<MailLogEntry> page, bool pageIsWhole)
    {
        int[] fitting = [.. Enumerable.Range(0, page.Count).Where(added => EntriesMatch(known, page, page.Count - added))];
        if (fitting.Length == 0)
        {
            return new LogOverlap(null, false);
        }
        int[] holding = [.. fitting.Where(added => page.Count - added >= known.Count)];
        bool holdsAll = pageIsWhole || page[0].Timestamp != known[0].Timestamp;
        if (holdsAll && holding.Length == 1)
        {
            return new LogOverlap(holding[0], true);
        }
        int length = Math.Min(page.Count - fitting[0], known.Count);
        return new LogOverlap(fitting[0], fitting.Length == 1 && known[^length].Timestamp != known[^1].Timestamp);
    }

    private static bool EntriesMatch(IReadOnlyList<MailLogEntry> known, IReadOnlyList<MailLogEntry> page, int end)
    {
        int length = Math.Min(end, known.Count);
        for (int i = 1; i <= length; i++)
        {
            if (!page[end - i].Equals(known[^i]))
            {
                return false;
            }
        }
        return true;
    }

    private static bool StartsWith(IReadOnlyList<MailLogEntry> page, IReadOnlyList<MailLogEntry> known) => page.Count >= known.Count && EntriesMatch(known, page, known.Count);
}
