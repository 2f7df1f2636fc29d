using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Logs;

/// <summary>
/// Logs calls, each as on a connection of its own. The request is written before it is answered: a call that reads the log finds itself, as most do on
/// real servers.
/// </summary>
internal sealed class CallLog(ServerLog log, SettingsStore settings, ServerDialect dialect, TimeProvider clock)
{
    private const int MinClientPort = 32_768;
    private const int ClientPortCount = 28_232;

    /// <summary>The listener of the API and its port. A change takes effect after a restart only.</summary>
    private readonly Lazy<(string Id, string Port)> _listener = new(() => FindListener(settings));

    private int _calls;

    /// <summary>Starts the log of a call.</summary>
    public CallLogScope Begin(SandboxRequest request)
    {
        int port = MinClientPort + (int)((uint)Interlocked.Increment(ref _calls) % ClientPortCount);
        var scope = new CallLogScope(log, DescribeConnection(request, port), request.Target, dialect.LogsSignIns, clock);
        scope.RecordRequest();
        return scope;
    }

    private LogDetail[] DescribeConnection(SandboxRequest request, int port) =>
    [
        LogDetail.ExternalText("listenerId", _listener.Value.Id),
        LogDetail.Plain("localPort", _listener.Value.Port),
        LogDetail.Plain("remoteIp", request.CallerAddress.ToString()),
        LogDetail.Plain("remotePort", $"{port}"),
    ];

    private static (string Id, string Port) FindListener(SettingsStore settings)
    {
        string key = settings.GetSection("server.listener").FirstOrDefault(pair => pair.Value == "http" && pair.Key.EndsWith(".protocol", StringComparison.Ordinal)).Key;
        string id = key?[..^".protocol".Length] ?? "http";
        string address = settings[$"server.listener.{id}.bind.0000"] ?? settings[$"server.listener.{id}.bind"] ?? "";
        return (id, address[(address.LastIndexOf(':') + 1)..]);
    }
}
