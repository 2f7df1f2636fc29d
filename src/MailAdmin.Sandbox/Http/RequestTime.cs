using System.Globalization;
using System.Text.RegularExpressions;

namespace MailAdmin.Sandbox.Http;

/// <summary>Times in requests. One that cannot be read counts as absent.</summary>
internal static partial class RequestTime
{
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time : null;

    /// <summary>Whether it is RFC 3339 with an offset.</summary>
    public static bool IsRfc3339(string text) => Pattern().IsMatch(text) && Parse(text) is not null;

    /// <summary>Only RFC 3339 with an offset, and none that is past.</summary>
    /// <param name="text">The time.</param>
    /// <param name="now">Seconds since 1970, as the result.</param>
    public static long? ParseFuture(string? text, long now) =>
        text is not null && IsRfc3339(text) && Parse(text)?.ToUnixTimeSeconds() is { } seconds && seconds >= now ? seconds : null;

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)\z")]
    private static partial Regex Pattern();
}
