using System.Net;
using System.Net.Sockets;

namespace MailAdmin.Sandbox.Host;

/// <summary>Takes mail in over SMTP on a free port of loopback, as a remote host hands it over: for addresses of the server's own domains.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly SandboxServer _server;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public SmtpListener(SandboxServer server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, with the actual port.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_listener.LocalEndpoint;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _accepting.ConfigureAwait(false);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                _ = ServeAsync(client);
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The end of the listener.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                await using (stream.ConfigureAwait(false))
                {
                    using var dialogue = new SmtpDialogue(_server, stream);
                    await dialogue.RunAsync(_stop.Token).ConfigureAwait(false);
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException)
            {
                // The client went away, or the listener ended.
            }
        }
    }
}
