using System.Net.Sockets;

namespace MailAdmin.Client.Calls;

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

    /// <summary>What is wrong with the server's certificate, if that is why.</summary>
    public static string? CertificateProblem(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is CertificateRefusedException refused)
            {
                return refused.Problem;
            }
        }
        return null;
    }

    private static TransportFault Of(HttpRequestException exception) => exception.HttpRequestError switch
    {
        _ when CertificateProblem(exception) is not null => TransportFault.Certificate,
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.SecureConnectionError => TransportFault.NotSent,
        _ when exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound } => TransportFault.NotSent,
        _ => TransportFault.Lost,
    };
}

/// <summary>What became of a request that got no answer.</summary>
internal enum TransportFault
{
    /// <summary>The exception is none of the transport's.</summary>
    None,

    /// <summary>It surely never reached the server.</summary>
    NotSent,

    /// <summary>The server's certificate does not verify; nothing was sent.</summary>
    Certificate,

    /// <summary>The connection ended after sending: it may have been executed.</summary>
    Lost,

    /// <summary>No answer in time: it may have been executed.</summary>
    TimedOut,
}
