using System.Net;

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
        string host = context.Host is { } name ? $"'{name}'" : "the server";
        (MailErrorCode code, string message) = error switch
        {
            TransportError.CertificateInvalid => (MailErrorCode.CertificateInvalid, FormatCertificateMessage(host, TransportErrorClassifier.FindRefusedCertificate(exception))),
            TransportError.TimedOut => (MailErrorCode.TimedOut, $"{Capitalize(host)} did not respond in time."),
            TransportError.Damaged => (MailErrorCode.UnexpectedResponse, "The response cannot be unpacked: its compression was damaged on the way, or something else than the mail server sent it."),
            TransportError.NotSent when context.Proxy is not null => DescribeProxyFailure(exception, host, context.Proxy),
            TransportError.NotSent => DescribeNotSent(exception, host),
            _ => (MailErrorCode.Unreachable, $"The connection to {host} was closed before the response arrived, by the server or by something in between. The server also does this to an IP address that it has banned."),
        };
        return new MailServerException(code, context.Operation, message, exception)
        {
            MayHaveBeenExecuted = TransportErrorClassifier.MayHaveBeenExecuted(error),
            CertificateFingerprint = TransportErrorClassifier.FindRefusedCertificate(exception)?.Fingerprint,
        };
    }

    private static string FormatCertificateMessage(string host, CertificateRefusedException? refused) => refused switch
    {
        { ExpectedFingerprint: { } expected, Fingerprint: { } sent } =>
            $"The certificate of {host} is not the pinned one. Nothing was sent. Pinned is the SHA-256 fingerprint {expected}; the server sent {sent}. If the certificate was not renewed, somebody else may be answering.",
        { Fingerprint: { } sent } => $"The certificate of {host} is not valid ({refused.Problem}). Nothing was sent. Its SHA-256 fingerprint is {sent}.",
        _ => $"The certificate of {host} is not valid" + (string.IsNullOrEmpty(refused?.Problem) ? "" : $" ({refused.Problem})") + ". Nothing was sent.",
    };

    private static (MailErrorCode Code, string Message) DescribeNotSent(Exception exception, string host) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            (MailErrorCode.Unreachable, $"DNS does not know {host}. Check the address."),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            (MailErrorCode.Unreachable, $"No TLS connection to {host} could be made: the service at that port may not use TLS. Check the address and the port."),
        OperationCanceledException => (MailErrorCode.TimedOut, $"No connection to {host} was made in time. Check the address, the port and any firewall."),
        _ => (MailErrorCode.Unreachable, $"No connection to {host} could be made: no service listens there, or a firewall blocks it. Check the address and the port, and that the server is running."),
    };

    // What cannot be reached is the proxy: it is the proxy that looks for the server.
    private static (MailErrorCode Code, string Message) DescribeProxyFailure(Exception exception, string host, string proxy) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: HttpStatusCode.ProxyAuthenticationRequired } =>
            (MailErrorCode.Unreachable, $"The {proxy} requires a login. Specify -ProxyCredential, or connect without the proxy (-NoProxy)."),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: { } status } =>
            (MailErrorCode.Unreachable, $"The {proxy} made no connection to {host} (status {(int)status}). Check the address and the proxy's rules, or connect without the proxy (-NoProxy)."),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } =>
            (MailErrorCode.Unreachable, $"The {proxy} made no connection to {host}. Check the address and the proxy, or connect without the proxy (-NoProxy)."),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => DescribeNotSent(exception, host),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            (MailErrorCode.Unreachable, $"DNS does not know the {proxy}. Correct the proxy, or connect without it (-NoProxy)."),
        OperationCanceledException => (MailErrorCode.TimedOut, $"No connection to {host} was made in time through the {proxy}. Check the proxy, or connect without it (-NoProxy)."),
        _ => (MailErrorCode.Unreachable, $"The {proxy} does not answer, so that {host} is not reached. Check the proxy, or connect without it (-NoProxy)."),
    };

    private static string Capitalize(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
