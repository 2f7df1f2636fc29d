namespace MailAdmin.Sandbox.Host;

/// <summary>A sandbox that listens; disposing it stops listening.</summary>
public sealed class RunningSandbox : IAsyncDisposable
{
    private readonly WebApplication _app;

    internal RunningSandbox(WebApplication app, SandboxServer server, Uri baseUri)
    {
        _app = app;
        Server = server;
        BaseUri = baseUri;
    }

    /// <summary>The address that it listens on, with the actual port.</summary>
    public Uri BaseUri { get; }

    /// <summary>The server behind the socket: its clock, its faults, its log.</summary>
    public SandboxServer Server { get; }

    /// <summary>Waits until the process is asked to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => _app.WaitForShutdownAsync(cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Calls in flight are aborted: a client under test may hold one open for ever.
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await _app.StopAsync(timeout.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }
}
