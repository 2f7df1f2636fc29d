// What of a filter the server can do, and what is done here.
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Log;

/// <summary>The filters of Get-MailServerLog: the server looks for one text in the line; level and event are compared here.</summary>
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

    /// <summary>What the server is asked to look for: the text, or else a part of the one event, whose name stands in each of its lines.</summary>
    public string? ServerText { get; }

    /// <summary>What is compared here; null when nothing is.</summary>
    public Func<MailLogEntry, bool>? LocalPredicate { get; }

    private bool IsMatch(MailLogEntry entry) =>
        (_level is not { } least || entry.Level >= least) && _eventIds.IsMatch(entry.EventId);

    // The longest stretch without wildcards. Names of events are lower-case.
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
