namespace MailAdmin.Client.Calls;

/// <summary>Creates the exception for a call without an answer: why, and what to check.</summary>
internal static class TransportExceptions
{
    public static MailServerException Create(Exception exception, ApiRequestContext context)
    {
        TransportError error = TransportErrorClassifier.Classify(exception);
        if (error == TransportError.TooLarge)
        {
            return ResponseSize.CreateTooLarge(context, context.MaxResponseBytes, exception);
        }
        (MailErrorCode code, string message) = error switch
        {
            TransportError.CertificateInvalid => (MailErrorCode.CertificateInvalid, FormatCertificateMessage(TransportErrorClassifier.FindRefusedCertificate(exception))),
            TransportError.TimedOut => (MailErrorCode.TimedOut, "The server did not respond in time."),
            TransportError.Damaged => (MailErrorCode.UnexpectedResponse, "The response cannot be unpacked: its compression was damaged on the way, or something else than the mail server sent it."),
            TransportError.NotSent => DescribeNotSent(exception),
            _ => (MailErrorCode.Unreachable, "The connection was closed before the response arrived, by the server or by something in between. The server also does this to an IP address that it has banned."),
        };
        return new MailServerException(code, context.Operation, message, exception)
        {
            MayHaveBeenExecuted = TransportErrorClassifier.MayHaveBeenExecuted(error),
            CertificateFingerprint = TransportErrorClassifier.FindRefusedCertificate(exception)?.Fingerprint,
        };
    }

    private static string FormatCertificateMessage(CertificateRefusedException? refused) => refused switch
    {
        { ExpectedFingerprint: { } expected, Fingerprint: { } sent } =>
            $"The server's certificate is not the pinned one. Nothing was sent. Pinned is the SHA-256 fingerprint {expected}; the server sent {sent}. "
            + "If the certificate was renewed, compare the new fingerprint with the server's own and pin it; if not, somebody else may be answering.",
        { Fingerprint: { } sent } =>
            $"The server's certificate is not valid ({refused.Problem}). Nothing was sent. Its SHA-256 fingerprint is {sent}. Install the issuer's certificate, connect to the name in the "
            + $"certificate or, if that is the fingerprint of the server's own certificate, pin it: connect with -CertificateThumbprint {sent}",
        _ => "The server's certificate is not valid" + (string.IsNullOrEmpty(refused?.Problem) ? "" : $" ({refused.Problem})") + ". Nothing was sent.",
    };

    private static (MailErrorCode Code, string Message) DescribeNotSent(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            (MailErrorCode.Unreachable, "DNS does not know the server's name. Check the address."),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            (MailErrorCode.Unreachable, "No TLS connection could be made: the service at that port may not use TLS. Check the address and the port."),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } =>
            (MailErrorCode.Unreachable, "The proxy rejected the connection. Check the proxy, or connect without it (-NoProxy)."),
        OperationCanceledException => (MailErrorCode.TimedOut, "No connection was made in time. Check the address, the port and any firewall."),
        _ => (MailErrorCode.Unreachable, "No connection could be made: no service listens there, or a firewall blocks it. Check the address and the port."),
    };
}
