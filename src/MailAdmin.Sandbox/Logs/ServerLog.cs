using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Events;

namespace MailAdmin.Sandbox.Logs;

/// <summary>The newest lines of the server's log.</summary>
/// <param name="tracer">What writes it, from which level on; null where nothing does.</param>
/// <param name="quotesServerText">Whether texts of the server itself are quoted.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class ServerLog(Func<LogTracer?> tracer, bool quotesServerText, TimeProvider clock)
{
    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();
    private ulong _count;

    /// <summary>Whether a log is written.</summary>
    public bool IsEnabled => tracer() is not null;

    /// <summary>Its lines, the newest first.</summary>
    public IReadOnlyList<LogLine> NewestFirst
    {
        get
        {
            lock (_gate)
            {
                return [.. _lines.Reverse()];
            }
        }
    }

    /// <summary>Logs an event now.</summary>
    public void Write(LogEvent logEvent) => Write(logEvent, clock.GetUtcNow());

    /// <summary>Logs an event at a given time.</summary>
    public void Write(LogEvent logEvent, DateTimeOffset at)
    {
        if (tracer() is not { } writer || logEvent.Level < writer.Level)
        {
            return;
        }

        lock (_gate)
        {
            _lines.Enqueue(new LogLine(++_count, at, logEvent, quotesServerText));
            if (_lines.Count > Capacity)
            {
                _lines.Dequeue();
            }
        }
    }
}
