namespace MailAdmin.Client;

/// <summary>Reads levels of the log.</summary>
public static class LogLevelWords
{
    /// <summary>The known levels, rising.</summary>
    public static IReadOnlyList<LogLevel> Known { get; } = [LogLevel.Trace, LogLevel.Debug, LogLevel.Info, LogLevel.Warn, LogLevel.Error];

    /// <summary>The level of the server's word or a person's, in any case, and of PowerShell's own word <c>Warning</c>; null for another.</summary>
    /// <param name="text">The word.</param>
    public static LogLevel? Find(string? text)
    {
        string word = text?.Trim() ?? "";
        foreach (LogLevel level in Known)
        {
            if (word.Equals(level.ToString(), StringComparison.OrdinalIgnoreCase))
            {
                return level;
            }
        }
        return word.Equals("Warning", StringComparison.OrdinalIgnoreCase) ? LogLevel.Warn : null;
    }
}
