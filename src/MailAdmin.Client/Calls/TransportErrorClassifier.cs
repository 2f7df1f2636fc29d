using System.Net.Sockets;

namespace MailAdmin.Client.Calls;

/// <summary>Classifies transport failures.</summary>
internal static class TransportErrorClassifier
{
    public static TransportError Classify(Exception? exception) => exception switch
    {
        HttpRequestException { InnerException: TimeoutException } => TransportError.TimedOut,
        HttpRequestException http => Classify(http),
        // How the transport reports a connection that was not made in time.
        OperationCanceledException { InnerException: TimeoutException } => TransportError.NotSent,
        InvalidDataException => TransportError.Damaged,
        IOException => TransportError.ConnectionLost,
        _ => TransportError.None,
    };

    /// <summary>Whether the server may have executed the request all the same.</summary>
    public static bool MayHaveBeenExecuted(TransportError error) =>
        error is TransportError.ConnectionLost or TransportError.TimedOut or TransportError.Damaged or TransportError.TooLarge;

    /// <summary>Whether reading a body failed in its compression: the libraries for it throw exceptions of several types, and no other code runs there.</summary>
    public static bool IsDamagedCompression(Exception exception) =>
        exception is not (OperationCanceledException or IOException or HttpRequestException or ObjectDisposedException or MailServerException or OutOfMemoryException);

    /// <summary>The one exception for all of these.</summary>
    public static InvalidDataException CreateDamaged(Exception cause) => new("The compression of the response is damaged.", cause);

    /// <summary>The refused certificate, if that is the cause.</summary>
    public static CertificateRefusedException? FindRefusedCertificate(Exception exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
        {
            if (e is CertificateRefusedException refused)
            {
                return refused;
            }
        }
        return null;
    }

    private static TransportError Classify(HttpRequestException exception) => exception.HttpRequestError switch
    {
        _ when FindRefusedCertificate(exception) is not null => TransportError.CertificateInvalid,
        HttpRequestError.ConfigurationLimitExceeded => TransportError.TooLarge,
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError or HttpRequestError.SecureConnectionError => TransportError.NotSent,
        _ when exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound } => TransportError.NotSent,
        _ => TransportError.ConnectionLost,
    };
}

/// <summary>What happened to a request without an answer.</summary>
internal enum TransportError
{
    /// <summary>Not a transport failure.</summary>
    None,

    /// <summary>It certainly never reached the server.</summary>
    NotSent,

    /// <summary>The server's certificate is not valid; nothing was sent.</summary>
    CertificateInvalid,

    /// <summary>The connection ended after sending: it may have been executed.</summary>
    ConnectionLost,

    /// <summary>No answer in time: it may have been executed.</summary>
    TimedOut,

    /// <summary>An answer whose compression cannot be undone: it may have been executed.</summary>
    Damaged,

    /// <summary>An answer beyond every limit: it may have been executed.</summary>
    TooLarge,
}
