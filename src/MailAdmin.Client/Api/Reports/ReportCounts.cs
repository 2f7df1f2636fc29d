namespace MailAdmin.Client.Api.Reports;

/// <summary>Adds up the counts of a report. Anybody may send reports: a count in one is as large as its sender likes.</summary>
internal static class ReportCounts
{
    /// <summary>The sum, or the largest number there is: a property must not throw.</summary>
    public static long Sum(IEnumerable<long> counts) => (long)Math.Clamp(counts.Sum(count => (decimal)count), long.MinValue, long.MaxValue);
}
