// The real transport over loopback: certificates, closed ports, silence.
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;

namespace MailAdmin.Tests.Http;

public sealed class SocketTests
{
    private static readonly CancellationToken s_cancellationToken = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_certificate_that_does_not_verify_is_named_and_nothing_is_sent()
    {
        await using var server = new TinyServer(SelfSigned("CN=another.test"));
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(server.Uri));
        e.Code.ShouldBe(MailErrorCode.CertificateInvalid);
        e.Message.ShouldContain("-SkipCertificateCheck");
        e.Message.ShouldContain("another.test");
        server.Received.ShouldBe("");
        server.Connections.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_knows_the_host_may_skip_the_check()
    {
        await using var server = new TinyServer(SelfSigned("CN=another.test"));
        (await Should.ThrowAsync<MailServerException>(ConnectAsync(server.Uri, o => o with { SkipCertificateCheck = true }))).Code.ShouldBe(MailErrorCode.Unauthorized);
        server.Received.ShouldStartWith("POST /api/oauth HTTP/1.1");
        server.Received.ShouldContain("User-Agent: MailAdmin/");
    }

    [Fact]
    public async Task Https_to_a_plain_port_is_no_matter_of_certificates()
    {
        await using var server = new TinyServer(null);
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(new UriBuilder(server.Uri) { Scheme = "https" }.Uri));
        e.Code.ShouldBe(MailErrorCode.Unreachable);
        e.Message.ShouldContain("TLS");
    }

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        Uri closed;
        await using (var server = new TinyServer(null))
        {
            closed = server.Uri;
        }
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(closed));
        e.Code.ShouldBe(MailErrorCode.Unreachable);
        e.Status.ShouldBeNull();
        e.MayHaveBeenExecuted.ShouldBeFalse();
    }

    [Fact]
    public async Task Silence_is_a_timeout_and_a_sign_in_is_not_repeated_after_it()
    {
        await using var server = new TinyServer(null, answers: false);
        MailServerException e = await Should.ThrowAsync<MailServerException>(ConnectAsync(server.Uri, o => o with { OperationTimeout = TimeSpan.FromMilliseconds(200) }));
        e.Code.ShouldBe(MailErrorCode.TimedOut);
        server.Received.Split("POST ").Length.ShouldBe(2);
    }

    [Fact]
    public async Task A_cancelled_call_is_cancelled_and_no_server_error()
    {
        await using var server = new TinyServer(null, answers: false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(s_cancellationToken);
        Task connecting = ConnectAsync(server.Uri, null, stop.Token);
        await server.FirstBytes;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(connecting);
    }

    private static async Task ConnectAsync(Uri uri, Func<MailClientOptions, MailClientOptions>? change = null, CancellationToken? stop = null)
    {
        var options = new MailClientOptions { BaseUri = uri, HttpClientBuilder = IsolatedHttp.Build, RetryInterval = TimeSpan.FromMilliseconds(1), NoProxy = true };
        using MailClient client = await MailClient.ConnectAsync(change?.Invoke(options) ?? options, MailCredential.FromPassword("jane", "secret"), stop ?? s_cancellationToken);
    }

    private static X509Certificate2 SelfSigned(string subject)
    {
        using var key = RSA.Create(2048);
        using X509Certificate2 certificate = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    /// <summary>Answers every request with 401, or not at all.</summary>
    private sealed class TinyServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _end = new();
        private readonly StringBuilder _received = new();
        private readonly TaskCompletionSource _firstBytes = new();
        private readonly X509Certificate2? _certificate;
        private readonly bool _answers;
        private readonly Task _running;

        public TinyServer(X509Certificate2? certificate, bool answers = true)
        {
            (_certificate, _answers) = (certificate, answers);
            _listener.Start();
            Uri = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
            _running = AcceptAsync();
        }

        public Uri Uri { get; }

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
                    await stream.WriteAsync("HTTP/1.1 401 Unauthorized\r\nContent-Type: application/problem+json\r\nConnection: close\r\nContent-Length: 66\r\n\r\n{\"type\":\"about:blank\",\"status\":401,\"title\":\"Unauthorized\",\"d\":\"\"}\n"u8.ToArray(), _end.Token);
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
}
