using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Logs;

/// <summary>
/// Logs calls, each as on a connection of its own. A call's lines are there a moment after its answer: who reads the log never
/// finds the reading itself.
/// </summary>
internal sealed class CallLog(ServerLog log, SettingsStore settings, ServerDialect dialect, TimeProvider clock)
{
    private const int FirstPort = 32_768;
    private const int Ports = 28_232;

    private int calls;

    /// <summary>Begins to take notes of a call.</summary>
    public CallNotes Begin(SandboxRequest request)
    {
        var port = FirstPort + (int)((uint)Interlocked.Increment(ref calls) % Ports);
        return new CallNotes(log, Connection(request, port), request.Target, dialect.LogsSignIns, clock);
    }

    /// <summary>Which listener took it, and where it came from.</summary>
    private LogDetail[] Connection(SandboxRequest request, int port)
    {
        var listener = settings.Below("server.listener").FirstOrDefault(pair => pair.Value == "http" && pair.Key.EndsWith(".protocol", StringComparison.Ordinal)).Key;
        var id = listener?[..^".protocol".Length] ?? "http";
        var address = settings[$"server.listener.{id}.bind.0000"] ?? settings[$"server.listener.{id}.bind"] ?? "";
        return
        [
            LogDetail.Text("listenerId", id),
            LogDetail.Plain("localPort", address[(address.LastIndexOf(':') + 1)..]),
            LogDetail.Plain("remoteIp", request.RemoteAddress?.ToString() ?? "127.0.0.1"),
            LogDetail.Plain("remotePort", $"{port}"),
        ];
    }
}
