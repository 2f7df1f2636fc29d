namespace MailAdmin.Sandbox.Events;

/// <summary>The names of levels in settings and log lines.</summary>
internal static class LogLevels
{
    /// <summary>The level of a setting; <c>info</c> where it is absent or unknown.</summary>
    public static LogLevel Parse(string? text) => Enum.TryParse<LogLevel>(text, ignoreCase: true, out LogLevel level) && Enum.IsDefined(level) ? level : LogLevel.Info;

    public static string GetName(this LogLevel level) => level.ToString().ToUpperInvariant();
}
