using System.Globalization;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Logs;

/// <summary>What happens in the course of one call, written to the log when it has been answered.</summary>
internal sealed class CallNotes(ServerLog log, LogDetail[] connection, string target, bool logsSignIns, TimeProvider clock)
{
    private readonly DateTimeOffset began = clock.GetUtcNow();
    private readonly List<LogEvent> between = [];

    /// <summary>The caller proved who it is.</summary>
    public void SignedIn(string login)
    {
        if (logsSignIns)
            between.Add(LogEvents.SignedIn(login));
    }

    /// <summary>The call was refused.</summary>
    public void Refused(Refusal refusal)
    {
        if (refusal.Event is { } happened)
            between.Add(happened);
    }

    /// <summary>The answer is made; one that is still to be written ends its connection when it has been.</summary>
    public SandboxResponse Answered(SandboxResponse answer)
    {
        Write(new LogEvent(LogLevel.Debug, "http.connection-start", "HTTP connection started"), began);
        Write(new LogEvent(LogLevel.Debug, "http.request-url", "HTTP request URL", LogDetail.Text("url", target)), began);
        foreach (var happened in between)
            Write(happened, began);
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
        var now = clock.GetUtcNow();
        var elapsed = ((long)(now - began).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        Write(new LogEvent(LogLevel.Debug, "http.connection-end", "HTTP connection ended", LogDetail.Plain("elapsed", $"{elapsed}ms")), now);
    }

    /// <summary>Every line begins with the connection that it belongs to.</summary>
    private void Write(LogEvent happened, DateTimeOffset at) => log.Write(happened with { Details = [.. connection, .. happened.Details] }, at);
}
