// The one form in which sentences name a moment.
using System.Globalization;

namespace MailAdmin.Client;

/// <summary>Writes times for people, in one form in every culture and calendar, which is also read back as the same moment.</summary>
public static class TimeText
{
    /// <summary>The time on the clock of this machine, with its distance from UTC, to the second: <c>2026-11-30 09:00:00 +01:00</c>.</summary>
    public static string Format(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
