using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Log;

/// <summary>The filters of Get-MailServerLog: the server searches each line for one text; level and event are compared on this machine.</summary>
internal sealed class LogFilter
{
    private const int MinServerTextLength = 3;
    private readonly LogLevel? _level;
    private readonly WildcardFilter _eventIds;

    public LogFilter(string? text, LogLevel? level, string[]? events)
    {
        _level = level;
        _eventIds = new WildcardFilter(events);
        ServerText = text ?? (events is [var only] ? GetLongestLiteral(only) : null);
        LocalPredicate = _level is null && _eventIds.IsEmpty ? null : IsMatch;
    }

    /// <summary>The text that the server searches for: the one specified, else a part of the single event's name, which is in each of its lines.</summary>
    public string? ServerText { get; }

    /// <summary>The comparison on this machine; null when there is none.</summary>
    public Func<MailLogEntry, bool>? LocalPredicate { get; }

    private bool IsMatch(MailLogEntry entry) =>
        (_level is not { } minimum || entry.Level >= minimum) && _eventIds.IsMatch(entry.EventId);

    // The longest part without wildcards. Names of events are lower-case.
    private static string? GetLongestLiteral(string pattern)
    {
        if (pattern.AsSpan().ContainsAny('[', ']', '`'))
        {
            return null;
        }
        string longest = pattern.Split('*', '?').MaxBy(part => part.Length)!;
        return longest.Length >= MinServerTextLength ? longest.ToLowerInvariant() : null;
    }
}
