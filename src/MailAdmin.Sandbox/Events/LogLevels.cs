namespace MailAdmin.Sandbox.Events;

/// <summary>The levels as settings and lines name them.</summary>
internal static class LogLevels
{
    /// <summary>From a setting; <c>info</c> where it says nothing.</summary>
    public static LogLevel Parse(string? text) => Enum.TryParse<LogLevel>(text, ignoreCase: true, out LogLevel level) && Enum.IsDefined(level) ? level : LogLevel.Info;

    public static string GetName(this LogLevel level) => level.ToString().ToUpperInvariant();
}
