using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAdmin.Client;

namespace MailAdmin.Tests.Hosting;

/// <summary>A server on loopback that answers every request with 401 or what it is told, or not at all.</summary>
internal sealed class TinyServer : IAsyncDisposable
{
    private const string Unauthorized =
        "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/problem+json\r\nConnection: close\r\nContent-Length: 71\r\n\r\n{\"type\":\"about:blank\",\"status\":401,\"title\":\"Unauthorized\",\"detail\":\"\"}\n";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly StringBuilder _received = new();
    private readonly TaskCompletionSource _firstBytes = new();
    private readonly X509Certificate2? _certificate;
    private readonly bool _answers;
    private readonly byte[] _response;
    private readonly Task _running;

    public TinyServer(X509Certificate2? certificate, bool answers = true, string? response = null)
    {
        (_certificate, _answers) = (certificate, answers);
        _response = Encoding.Latin1.GetBytes(response ?? Unauthorized);
        Fingerprint = certificate is null ? null : CertificateFingerprint.Get(certificate);
        _listener.Start();
        Uri = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _running = AcceptAsync();
    }

    public Uri Uri { get; }

    public string? Fingerprint { get; }

    public int Connections { get; private set; }

    public Task FirstBytes => _firstBytes.Task;

    public string Received
    {
        get
        {
            lock (_received)
            {
                return _received.ToString();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _running;
        _certificate?.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_end.Token);
                Connections++;
                await ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // The server was told to end.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            await using Stream stream = await OpenAsync(client);
            byte[] buffer = new byte[8192];
            int read = await stream.ReadAsync(buffer, _end.Token);
            lock (_received)
            {
                _received.Append(Encoding.Latin1.GetString(buffer, 0, read));
            }
            _firstBytes.TrySetResult();
            if (_answers)
            {
                await stream.WriteAsync(_response, _end.Token);
            }
            else
            {
                await Task.Delay(Timeout.Infinite, _end.Token);
            }
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client did not like it.
        }
    }

    private async Task<Stream> OpenAsync(TcpClient client)
    {
        if (_certificate is null)
        {
            return client.GetStream();
        }
        var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
        return tls;
    }
}
