// Puts TLS with a self-signed certificate in front of a sandbox, which speaks plain HTTP.
using System;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Tasks;

namespace MailAdmin.Examples;

/// <summary>Listens on loopback, as a server as installed does: with a certificate that nobody trusts.</summary>
public sealed class TlsRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = CreateCertificate();
    private readonly Uri _target;

    public TlsRelay(Uri target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public Uri Uri => new("https://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port);

    public string Fingerprint => _certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public void Dispose()
    {
        _listener.Stop();
        _certificate.Dispose();
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=mail.example.org", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        // Windows serves TLS only with a key that was imported.
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }
            _ = RelayAsync(client);
        }
    }

    private async Task RelayAsync(TcpClient client)
    {
        try
        {
            using (client)
            using (var secured = new SslStream(client.GetStream()))
            using (var server = new TcpClient())
            {
                await secured.AuthenticateAsServerAsync(_certificate);
                await server.ConnectAsync(_target.Host, _target.Port);
                NetworkStream plain = server.GetStream();
                await Task.WhenAny(secured.CopyToAsync(plain), plain.CopyToAsync(secured));
            }
        }
        catch (Exception e) when (e is System.IO.IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // A client that does not trust the certificate closes the connection.
        }
    }
}
