// No answer at all: why, in words that say where to look.
namespace MailAdmin.Client.Calls;

/// <summary>Makes the exception for a call that got no answer.</summary>
internal static class TransportExceptions
{
    public static MailServerException Create(Exception exception, ApiRequestContext context)
    {
        TransportError error = TransportErrorClassifier.Classify(exception);
        (MailErrorCode code, string message) = error switch
        {
            TransportError.CertificateInvalid => (MailErrorCode.CertificateInvalid, FormatCertificateMessage(TransportErrorClassifier.FindCertificateProblem(exception))),
            TransportError.TimedOut => (MailErrorCode.TimedOut, "The server did not answer in time."),
            TransportError.NotSent => DescribeNotSent(exception),
            _ => (MailErrorCode.Unreachable, "The connection ended before the answer was there: the server or something on the way closed it. A banned address is closed this way too."),
        };
        return new MailServerException(code, context.Operation, message, exception) { MayHaveBeenExecuted = error is TransportError.TimedOut or TransportError.ConnectionLost };
    }

    private static string FormatCertificateMessage(string? problem) =>
        "The server's certificate does not verify" + (string.IsNullOrEmpty(problem) ? "" : $" ({problem})")
        + ". Nothing was sent. Install the issuer's certificate, connect by the name in the certificate, or, if you know the host, connect with -SkipCertificateCheck.";

    private static (MailErrorCode Code, string Message) DescribeNotSent(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            (MailErrorCode.Unreachable, "The server's name is unknown to the DNS. Check the address."),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            (MailErrorCode.Unreachable, "No TLS connection could be made: what listens there may not speak TLS. Check the address and the port."),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } =>
            (MailErrorCode.Unreachable, "The proxy does not let the connection through. Check the proxy, or connect without one."),
        OperationCanceledException => (MailErrorCode.TimedOut, "No connection was made in time. Check the address, the port and any firewall."),
        _ => (MailErrorCode.Unreachable, "No connection could be made: nothing listens there, or a firewall is in the way. Check the address and the port."),
    };
}
