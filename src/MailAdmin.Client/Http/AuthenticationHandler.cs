using System.Net;
using System.Net.Http.Headers;
using MailAdmin.Client.Calls;

namespace MailAdmin.Client.Http;

/// <summary>Puts the session's token on each call, and renews it once when the server no longer accepts it.</summary>
internal sealed class AuthenticationHandler(SessionHolder holder) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (ApiRequestContext.Get(request) is not { Authentication: RequestAuthentication.Session })
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        Session session = holder.Current;
        string token = await session.GetTokenAsync(cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await SendAsync(request, token, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !session.CanRenew)
        {
            return response;
        }
        response.Dispose();
        token = await session.RenewAsync(token, cancellationToken).ConfigureAwait(false);
        return await SendAsync(request, token, cancellationToken).ConfigureAwait(false);
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }
}
