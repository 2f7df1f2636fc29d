// No answer at all: why, in words that say where to look.
namespace MailAdmin.Client.Calls;

/// <summary>Makes the exception for a call that got no answer.</summary>
internal static class TransportExceptions
{
    public static MailServerException From(Exception exception, Call call)
    {
        TransportFault fault = TransportFaults.Of(exception);
        (MailErrorCode code, string message) = fault switch
        {
            TransportFault.Certificate => (MailErrorCode.CertificateInvalid, Certificate(TransportFaults.CertificateProblem(exception))),
            TransportFault.TimedOut => (MailErrorCode.TimedOut, "The server did not answer in time."),
            TransportFault.NotSent => Unsent(exception),
            _ => (MailErrorCode.Unreachable, "The connection ended before the answer was there: the server or something on the way closed it. A banned address is closed this way too."),
        };
        return new MailServerException(code, call.Operation, message, exception) { MayHaveBeenExecuted = fault is TransportFault.TimedOut or TransportFault.Lost };
    }

    private static string Certificate(string? problem) =>
        "The server's certificate does not verify" + (string.IsNullOrEmpty(problem) ? "" : $" ({problem})")
        + ". Nothing was sent. Install the issuer's certificate, connect by the name in the certificate, or, if you know the host, connect with -SkipCertificateCheck.";

    private static (MailErrorCode Code, string Message) Unsent(Exception exception) => exception switch
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
