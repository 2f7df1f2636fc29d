using System.Globalization;

namespace MailAdmin.Sandbox.Http;

/// <summary>Times in answers: RFC 3339, whole seconds, UTC.</summary>
internal static class Timestamp
{
    /// <param name="seconds">Since 1970.</param>
    public static string Format(long seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
