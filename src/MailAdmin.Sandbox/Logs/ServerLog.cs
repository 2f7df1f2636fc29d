using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Events;

namespace MailAdmin.Sandbox.Logs;

/// <summary>The newest lines of the server's log, from the level in the running configuration on.</summary>
internal sealed class ServerLog(RunningConfiguration configuration, ServerDialect dialect, TimeProvider clock)
{
    private const int Capacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Queue<LogLine> _lines = new();

    /// <summary>Whether a log is written.</summary>
    public bool IsEnabled => configuration.Log is not null;

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
        if (configuration.Log is not { } tracer || logEvent.Level < tracer.Level)
        {
            return;
        }

        var line = new LogLine(at, logEvent, dialect.QuotesServerTextInLog);
        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > Capacity)
            {
                _lines.Dequeue();
            }
        }
    }
}
