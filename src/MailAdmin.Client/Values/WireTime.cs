using System.Globalization;

namespace MailAdmin.Client;

/// <summary>Writes times as the server does: RFC 3339 in UTC and whole seconds (docs/api.md §1). Nothing says that it reads a fraction, and a bound it cannot read it takes for none.</summary>
public static class WireTime
{
    /// <summary>The second that <paramref name="time"/> is in: as a lower bound it leaves nothing out.</summary>
    public static string? Floor(DateTimeOffset? time) => time is { } given ? Format(given, 0) : null;

    /// <summary>The next whole second: as an upper bound it leaves nothing out, and a time in the future does not become the past.</summary>
    public static string? Ceiling(DateTimeOffset? time) => time is { } given ? Format(given, TimeSpan.TicksPerSecond - 1) : null;

    // Nothing comes after the last second there is.
    private static string Format(DateTimeOffset time, long up) =>
        new DateTime(Math.Min(time.UtcTicks + up, DateTime.MaxValue.Ticks)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
