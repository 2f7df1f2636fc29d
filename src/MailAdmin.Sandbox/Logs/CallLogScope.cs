using System.Globalization;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Logs;

/// <summary>The events of one call, written to the log as they happen.</summary>
internal sealed class CallLogScope(ServerLog log, LogDetail[] connection, string target, bool logsSignIns, TimeProvider clock)
{
    private readonly DateTimeOffset _startedAt = clock.GetUtcNow();

    /// <summary>The request has come.</summary>
    public void RecordRequest()
    {
        Write(new LogEvent(LogLevel.Debug, "http.connection-start", "HTTP connection started"), _startedAt);
        Write(new LogEvent(LogLevel.Debug, "http.request-url", "HTTP request URL", LogDetail.ExternalText("url", target)), _startedAt);
    }

    /// <summary>The caller signed in.</summary>
    public void RecordSignIn(string login)
    {
        if (logsSignIns)
        {
            Write(LogEvents.SignedIn(login), _startedAt);
        }
    }

    /// <summary>The call was refused.</summary>
    public void RecordRefusal(ApiException refusal)
    {
        if (refusal.LogEvent is { } logEvent)
        {
            Write(logEvent, _startedAt);
        }
    }

    /// <summary>The response is complete; for a live stream the connection ends when it has been written.</summary>
    public SandboxResponse Complete(SandboxResponse response)
    {
        if (response.IsReset || response.IsBuffered)
        {
            WriteEnd();
            return response;
        }

        return response.WithBody(async (destination, cancellationToken) =>
        {
            try
            {
                await response.WriteToAsync(destination, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                WriteEnd();
            }
        });
    }

    private void WriteEnd()
    {
        DateTimeOffset now = clock.GetUtcNow();
        string elapsed = ((long)(now - _startedAt).TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        Write(new LogEvent(LogLevel.Debug, "http.connection-end", "HTTP connection ended", LogDetail.Plain("elapsed", $"{elapsed}ms")), now);
    }

    /// <summary>Every line begins with the connection that it belongs to.</summary>
    private void Write(LogEvent logEvent, DateTimeOffset at) => log.Write(logEvent with { Details = [.. connection, .. logEvent.Details] }, at);
}
