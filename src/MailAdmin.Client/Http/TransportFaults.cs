using System.Net.Sockets;
using System.Security.Authentication;

namespace MailAdmin.Client.Http;

/// <summary>Tells the failures of the transport apart.</summary>
internal static class TransportFaults
{
    public static TransportFault Of(Exception? exception) => exception switch
    {
        HttpRequestException { InnerException: TimeoutException } => TransportFault.TimedOut,
        HttpRequestException http => Of(http),
        // The transport's own words for a connection that was not made in time.
        OperationCanceledException { InnerException: TimeoutException } => TransportFault.NotSent,
        IOException => TransportFault.Lost,
        _ => TransportFault.None,
    };

    private static TransportFault Of(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => TransportFault.NotSent,
        HttpRequestError.SecureConnectionError => IsCertificate(exception) ? TransportFault.Certificate : TransportFault.NotSent,
        _ when exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound } => TransportFault.NotSent,
        _ => TransportFault.Lost,
    };

    // A failed handshake carries the TLS library's own exception; a certificate that did not verify carries none.
    private static bool IsCertificate(HttpRequestException exception) => exception.InnerException switch
    {
        AuthenticationException { InnerException: null } => true,
        _ => false,
    };
}
