// /healthz: is the server there, and is it ready?
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client;

/// <summary>The server's liveness and readiness (GET /healthz/live, /healthz/ready; no credential needed).</summary>
public sealed class HealthResource
{
    private readonly ApiChannel _channel;

    internal HealthResource(ApiChannel channel) => _channel = channel;

    /// <summary>Whether the server answers (GET /healthz/live). No credential is sent.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>True when it answers with status 200.</returns>
    /// <exception cref="MailServerException"><c>UnexpectedResponse</c> for a web page; <c>Unreachable</c>, <c>TimedOut</c> or <c>CertificateInvalid</c> when nothing answers.</exception>
    public Task<bool> IsLiveAsync(CancellationToken cancellationToken) => CheckAsync(Operations.CheckLiveness, cancellationToken);

    /// <summary>Whether the server reports that it is ready (GET /healthz/ready). No credential is sent.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>False without its data store.</returns>
    /// <exception cref="MailServerException"><c>UnexpectedResponse</c> for a web page; <c>Unreachable</c>, <c>TimedOut</c> or <c>CertificateInvalid</c> when nothing answers.</exception>
    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => CheckAsync(Operations.CheckReadiness, cancellationToken);

    private async Task<bool> CheckAsync(Operation operation, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(operation, RequestAuthentication.None);
        using HttpResponseMessage response = await _channel.SendAsync(context, _channel.Uri.For(operation), null, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            return false;
        }
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        // A proxy or another web server answers every address with a page.
        return ResponseBodyClassifier.Classify(body, response) is not ResponseBodyKind.Html ? true : throw ResponseReader.CreateUnexpectedResponse(body, response, context, null);
    }
}
