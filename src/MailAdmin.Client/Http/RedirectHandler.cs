using System.Net;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>
/// Follows redirects within the origin and from http to https of the same host, and returns any other unfollowed: the Authorization header
/// goes to the server that the user named, or nowhere.
/// </summary>
internal sealed class RedirectHandler : DelegatingHandler
{
    private const int MaxRedirects = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (int hops = 0; ; hops++)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (GetRedirectTarget(request, response) is not { } target)
            {
                return response;
            }
            if (hops == MaxRedirects)
            {
                ApiRequestContext.Get(request)?.IsRedirectedInCircle = true;
                return response;
            }
            response.Dispose();
            request.RequestUri = target;
        }
    }

    private static Uri? GetRedirectTarget(HttpRequestMessage request, HttpResponseMessage response)
    {
        if (ApiRequestContext.Get(request) is { ReturnsRedirect: true } || !KeepsMethod(response.StatusCode, request.Method) || response.Headers.Location is not { } location)
        {
            return null;
        }
        Uri from = request.RequestUri!;
        Uri to = location.IsAbsoluteUri ? location : new Uri(from, location);
        return IsSameServer(from, to) ? to : null;
    }

    // A 303 asks for a GET of something else, which would not repeat a write.
    private static bool KeepsMethod(HttpStatusCode status, HttpMethod method) => status switch
    {
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect => true,
        HttpStatusCode.SeeOther => method == HttpMethod.Get,
        _ => false,
    };

    private static bool IsSameServer(Uri from, Uri to) =>
        string.Equals(from.IdnHost, to.IdnHost, StringComparison.OrdinalIgnoreCase)
        && ((from.Scheme == to.Scheme && from.Port == to.Port)
            || (from.Scheme == Uri.UriSchemeHttp && to.Scheme == Uri.UriSchemeHttps));
}
