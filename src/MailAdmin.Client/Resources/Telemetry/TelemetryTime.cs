using System.Globalization;

namespace MailAdmin.Client.Resources.Telemetry;

/// <summary>Times as the server reads them: whole seconds, rounded so that nothing asked for is lost.</summary>
internal static class TelemetryTime
{
    public static string? From(DateTimeOffset? time) => time is { } given ? Text(given, 0) : null;

    public static string? Until(DateTimeOffset? time) => time is { } given ? Text(given, TimeSpan.TicksPerSecond - 1) : null;

    private static string Text(DateTimeOffset time, long up) =>
        time.ToUniversalTime().AddTicks(up).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
