using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Sandbox.Http;

/// <summary>Times in queries. Past ones and unreadable ones count as absent.</summary>
internal static partial class FutureQueryTime
{
    /// <summary>Seconds since 1970, or null.</summary>
    public static long? ParseUnixSeconds(string? text, long now)
    {
        if (text is null || !Pattern().IsMatch(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return null;
        }

        long seconds = time.ToUnixTimeSeconds();
        return seconds >= now ? seconds : null;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$")]
    private static partial Regex Pattern();
}
