using System.Globalization;

namespace MailAdmin.Sandbox.Http;

/// <summary>Times in queries that may lie in the past. Unreadable ones count as absent.</summary>
internal static class QueryTime
{
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;
}
