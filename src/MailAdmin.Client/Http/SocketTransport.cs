using System.Net;

namespace MailAdmin.Client.Http;

/// <summary>Creates the transport of a connection: sockets, no cookies, no redirects of its own.</summary>
internal static class SocketTransport
{
    public static SocketsHttpHandler Create(MailClientOptions options)
    {
        var proxy = ConnectionProxy.Create(options);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            // The server closes idle connections; one that it closed already would lose the next write.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            // Only abandoned lists and live streams are not read to their end: their sockets close at once.
            ResponseDrainTimeout = TimeSpan.Zero,
            ConnectTimeout = options.ConnectionTimeout,
            AutomaticDecompression = DecompressionMethods.All,
            MaxConnectionsPerServer = int.MaxValue,
            UseProxy = proxy is not null,
            Proxy = proxy,
            ActivityHeadersPropagator = null,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = new CertificateValidator(options.SkipCertificateCheck, options.CertificateThumbprint).Verify;
        if (options.Certificate is { } certificate)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }
        return handler;
    }
}
