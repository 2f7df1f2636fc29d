// Where one look at the log goes on from another. Entries have no id and whole seconds, so whole stretches of them are compared.
using MailAdmin.Client.Models.Logs;

namespace MailAdmin.Client.Resources.Logs;

/// <summary>Finds where what is known of the log lies within a later look at it.</summary>
/// <param name="Added">How many entries follow what is known; null where nothing of it is there.</param>
/// <param name="IsSure">Whether the log can be read in no other way, given that its times do not run backwards.</param>
internal readonly record struct LogOverlap(int? Added, bool IsSure)
{
    /// <summary>Compares an earlier window with a later one: the end of the earlier, or all of it, lies before what was added.</summary>
    public static LogOverlap Find(LogWindow known, LogWindow page)
    {
        if (known.Entries.Count == 0)
        {
            return new LogOverlap(page.Entries.Count, known.IsWhole && page.IsWhole);
        }
        if (known.IsWhole && page.IsWhole && StartsWith(page.Entries, known.Entries))
        {
            return new LogOverlap(page.Entries.Count - known.Entries.Count, true);
        }
        return Search(known.Entries, page.Entries, page.IsWhole);
    }

    /// <summary>Searches for the longest overlap; of several that fit none is sure.</summary>
    public static LogOverlap Search(IReadOnlyList<MailLogEntry> known, IReadOnlyList<MailLogEntry> page, bool pageIsWhole)
    {
        int? found = null;
        for (int added = 0; added < page.Count; added++)
        {
            if (!Fits(known, page, page.Count - added))
            {
                continue;
            }
            if (found is not null)
            {
                return new LogOverlap(found, false);
            }
            found = added;
        }
        return found is { } only ? new LogOverlap(only, IsCertain(known, page, page.Count - only, pageIsWhole)) : new LogOverlap(null, false);
    }

    // Entries that equal the known ones may be later ones of the same second. Not so where the overlap crosses from one second into the
    // next, or where the page surely holds all that is known.
    private static bool IsCertain(IReadOnlyList<MailLogEntry> known, IReadOnlyList<MailLogEntry> page, int end, bool pageIsWhole)
    {
        int length = Math.Min(end, known.Count);
        bool crosses = known[^length].Timestamp != known[^1].Timestamp;
        bool reachesBack = end >= known.Count && (pageIsWhole || page[0].Timestamp != known[0].Timestamp);
        return crosses || reachesBack;
    }

    private static bool Fits(IReadOnlyList<MailLogEntry> known, IReadOnlyList<MailLogEntry> page, int end)
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

    private static bool StartsWith(IReadOnlyList<MailLogEntry> page, IReadOnlyList<MailLogEntry> known) => page.Count >= known.Count && Fits(known, page, known.Count);
}
