using System.Globalization;

namespace MailAdmin.Sandbox.Values;

/// <summary>Times in responses: RFC 3339, whole seconds, UTC.</summary>
internal static class Timestamp
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <param name="seconds">Since 1970.</param>
    public static string Format(long seconds) => Format(DateTimeOffset.FromUnixTimeSeconds(seconds));
}
