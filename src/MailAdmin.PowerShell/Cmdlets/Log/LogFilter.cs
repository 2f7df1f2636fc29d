// What of a filter the server can do, and what is done here.
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Log;

/// <summary>The filters of Get-MailServerLog: the server looks for one text in the line; level and event are compared here.</summary>
internal sealed class LogFilter
{
    private const int WorthAsking = 3;
    private readonly LogLevel? _level;
    private readonly Patterns _events;

    public LogFilter(string? text, LogLevel? level, string[]? events)
    {
        _level = level;
        _events = new Patterns(events);
        ServerText = text ?? (events is [var only] ? Literal(only) : null);
        Match = _level is null && _events.IsEmpty ? null : IsWanted;
    }

    /// <summary>What the server is asked to look for: the text, or else a part of the one event, whose name stands in each of its lines.</summary>
    public string? ServerText { get; }

    /// <summary>What is compared here; null when nothing is.</summary>
    public Func<MailLogEntry, bool>? Match { get; }

    private bool IsWanted(MailLogEntry entry) =>
        (_level is not { } least || entry.Level >= least) && _events.Match(entry.EventId);

    // The longest stretch without wildcards. Names of events are lower-case.
    private static string? Literal(string pattern)
    {
        if (pattern.AsSpan().ContainsAny('[', ']', '`'))
        {
            return null;
        }
        string longest = pattern.Split('*', '?').MaxBy(part => part.Length)!;
        return longest.Length >= WorthAsking ? longest.ToLowerInvariant() : null;
    }
}
