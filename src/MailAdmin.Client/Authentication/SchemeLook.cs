using System.Net;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>
/// After a connection that failed, looks once whether the port speaks the other one of http and https, and says so. The look carries no credential,
/// and nothing is connected by it.
/// </summary>
internal sealed class SchemeLook(MailClientOptions options)
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    /// <summary>The failure, told with the address that works where there is one.</summary>
    public async Task<MailServerException> ExplainAsync(MailServerException failure, CancellationToken cancellationToken)
    {
        bool isHttps = options.BaseUri.Scheme == Uri.UriSchemeHttps;
        if (options.Transport is not null || !(isHttps ? IsFailedHandshake(failure) : MayBeTls(failure)))
        {
            return failure;
        }
        Uri other = new UriBuilder(options.BaseUri) { Scheme = isHttps ? Uri.UriSchemeHttp : Uri.UriSchemeHttps, Port = options.BaseUri.Port }.Uri;
        return await AnswersAsync(other, cancellationToken).ConfigureAwait(false)
            ? new MailServerException(failure.Code, failure.Operation, isHttps ? DescribePlain(other) : DescribeTls(other), failure)
            {
                Status = failure.Status,
                MayHaveBeenExecuted = failure.MayHaveBeenExecuted,
            }
            : failure;
    }

    // A certificate that is refused proves that it is TLS.
    private static bool IsFailedHandshake(MailServerException failure) =>
        failure is { Code: MailErrorCode.Unreachable, InnerException: HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } };

    // An alert instead of an answer, or a proxy that says in plain text that it wants TLS.
    private static bool MayBeTls(MailServerException failure) =>
        failure is { Code: MailErrorCode.Unreachable, MayHaveBeenExecuted: true } || failure.Status == HttpStatusCode.BadRequest;

    private async Task<bool> AnswersAsync(Uri address, CancellationToken cancellationToken)
    {
        // Any certificate will do to see that it is TLS, and no client certificate is shown.
        MailClientOptions bare = options with { SkipCertificateCheck = true, CertificateThumbprint = null, Certificate = null };
        using SocketsHttpHandler handler = SocketTransport.Create(bare);
        using var client = new HttpClient(handler) { Timeout = s_timeout };
        try
        {
            using HttpResponseMessage response = await client.GetAsync(new ApiUri(address).For(Operations.CheckLiveness), HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return response.StatusCode != HttpStatusCode.BadRequest;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is HttpRequestException or OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private string DescribePlain(Uri address)
    {
        string clear = options.BaseUri.IsLoopback
            ? $"Connect-MailServer {Format(address)}"
            : $"Only where you trust the network, since it sends the credential in clear: Connect-MailServer {Format(address)} -AllowUnencryptedAuthentication. Otherwise find the port that uses TLS.";
        return $"The service at port {address.Port} speaks plain http, not TLS. Nothing was sent but a look without a credential. {Format(address)} answers. {clear}";
    }

    private static string DescribeTls(Uri address) =>
        $"The service at port {address.Port} speaks TLS, not plain http. {Format(address)} answers. Connect-MailServer {Format(address)}";

    private static string Format(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');
}
