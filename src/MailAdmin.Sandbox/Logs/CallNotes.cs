using System.Globalization;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Logs;

/// <summary>What happens in the course of one call, written to the log when it has been answered.</summary>
internal sealed class CallNotes(ServerLog log, LogDetail[] connection, string target, bool logsSignIns, TimeProvider clock)
{
    private readonly DateTimeOffset _began = clock.GetUtcNow();
    private readonly List<LogEvent> _between = [];

    /// <summary>The caller proved who it is.</summary>
    public void SignedIn(string login)
    {
        if (logsSignIns)
        {
            _between.Add(LogEvents.SignedIn(login));
        }
    }

    /// <summary>The call was refused.</summary>
    public void Refused(Refusal refusal)
    {
        if (refusal.Event is { } happened)
        {
            _between.Add(happened);
        }
    }

    /// <summary>The answer is made; one that is still to be written ends its connection when it has been.</summary>
    public SandboxResponse Answered(SandboxResponse answer)
    {
        Write(new LogEvent(LogLevel.Debug, "http.connection-start", "HTTP connection started"), _began);
        Write(new LogEvent(LogLevel.Debug, "http.request-url", "HTTP request URL", LogDetail.Text("url", target)), _began);
        foreach (LogEvent happened in _between)
        {
            Write(happened, _began);
        }

        if (answer.IsReset || answer.IsBuffered)
        {
            Ended();
            return answer;
        }

        return answer.With(async (destination, cancellationToken) =>
        {
            try
            {
                await answer.WriteToAsync(destination, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Ended();
            }
        });
    }

    private void Ended()
    {
        DateTimeOffset now = clock.GetUtcNow();
        string elapsed = ((long)(now - _began).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        Write(new LogEvent(LogLevel.Debug, "http.connection-end", "HTTP connection ended", LogDetail.Plain("elapsed", $"{elapsed}ms")), now);
    }

    /// <summary>Every line begins with the connection that it belongs to.</summary>
    private void Write(LogEvent happened, DateTimeOffset at) => log.Write(happened with { Details = [.. connection, .. happened.Details] }, at);
}
