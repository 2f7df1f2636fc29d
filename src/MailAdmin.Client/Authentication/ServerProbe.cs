using System.Net;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Authentication;

/// <summary>Finds out which server answers at an address without the management API: a Stalwart too new to have one, or another server.</summary>
internal sealed class ServerProbe(ApiChannel channel)
{
    private const int MaxLevels = 3;

    // Whose it is does not matter: the server has an answer for every address.
    private const string AnyAddress = "x";

    /// <summary>
    /// Looks without a credential, before a person is asked to do something: servers with the management API answer 401, and every other one fails
    /// here. A 0.16 hands out device codes that lead nowhere.
    /// </summary>
    public async Task RequireManagementApiAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.ListPrincipals, RequestAuthentication.None);
        using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.For(Operations.ListPrincipals), null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized && (int)response.StatusCode < 500)
        {
            await ResponseReader.ReadNothingAsync(response, context, cancellationToken).ConfigureAwait(false);
            // Nobody may list principals without signing in: what allows it is another server.
            throw new MailServerException(MailErrorCode.UnexpectedResponse, context.Operation, "The server lists principals without a sign-in.") { Status = response.StatusCode };
        }
    }

    /// <summary>
    /// Finds out without a credential what the server is administered with: all from 0.16 on tell anybody how to sign in, and older ones want a sign-in for
    /// whatever is below /api. Null where it is neither.
    /// </summary>
    public async Task<ServerFamily?> FindFamilyAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.DiscoverSignIn, RequestAuthentication.None);
        using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.For(Operations.DiscoverSignIn, AnyAddress), null, cancellationToken).ConfigureAwait(false);
        switch (response.StatusCode)
        {
            case HttpStatusCode.Unauthorized:
                return ServerFamily.Rest;
            case HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError:
                await ResponseReader.EnsureSuccessAsync(response, context, cancellationToken).ConfigureAwait(false);
                return null;
            case HttpStatusCode.OK when ResponseBodyClassifier.IsJson(response):
                return await ResponseReader.ReadUnwrappedAsync(response, context, ReadTokenEndpoint, cancellationToken).ConfigureAwait(false) is null ? null : ServerFamily.Jmap;
            default:
                return null;
        }
    }

    public async Task<MailServerException> ExplainAsync(MailServerException refusal, CancellationToken cancellationToken)
    {
        if (await FindAboveAsync(cancellationToken).ConfigureAwait(false) is { } above)
        {
            return new MailServerException(
                MailErrorCode.NotStalwart,
                refusal.Operation,
                $"The mail server is at {above}, not at {Format(channel.Uri.Base)}: '{channel.Uri.Base.AbsolutePath}' is a page or a part of it. Connect-MailServer {above}",
                refusal)
            {
                Status = refusal.Status,
            };
        }
        if (refusal.Status == HttpStatusCode.NotFound && await HasManagementApiAsync(channel.Uri, cancellationToken).ConfigureAwait(false))
        {
            return new MailServerException(
                MailErrorCode.UnexpectedResponse,
                refusal.Operation,
                "The mail server is at this address, but its management API is not: a proxy in front of it does not pass on what is below /api, or changes the address. It must pass on /api, /auth, /.well-known and /healthz as they are.",
                refusal)
            {
                Status = refusal.Status,
            };
        }
        bool isNewer = refusal.Status == HttpStatusCode.NotFound && await HasJmapAsync(cancellationToken).ConfigureAwait(false);
        (MailErrorCode code, string message) = isNewer
            ? (MailErrorCode.UnsupportedVersion, "The server supports JMAP and has no management REST API, but does not say how one signs in either (GET /api/discover): it is Stalwart 0.16 or later behind a proxy that does not pass on what is below /api, or a version that MailAdmin does not know. The proxy must pass on /api, /auth, /jmap, /.well-known and /healthz as they are.")
            : (MailErrorCode.NotStalwart, "The server at this address is not a Stalwart server of version 0.11 or later. Check the host, port and path: use the address of the server's web administration.");
        return new MailServerException(code, refusal.Operation, message, refusal) { Status = refusal.Status };
    }

    // People copy the address from their browser: /login, /admin, /manage/directory/accounts, or /api from the documentation.
    private async Task<string?> FindAboveAsync(CancellationToken cancellationToken)
    {
        string[] elements = channel.Uri.Base.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int kept = 0; kept < Math.Min(elements.Length, MaxLevels); kept++)
        {
            var address = new Uri(channel.Uri.Base, "/" + string.Join('/', elements[..kept]));
            if (await HasManagementApiAsync(new ApiUri(address), cancellationToken).ConfigureAwait(false))
            {
                return Format(address);
            }
        }
        return null;
    }

    private static string Format(Uri address) => address.GetLeftPart(UriPartial.Path).TrimEnd('/');

    // Servers from 0.11 to 0.15 name the page of their web administration; later ones name /login.
    private async Task<bool> HasManagementApiAsync(ApiUri uri, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.DescribeAuthorizationServer, RequestAuthentication.None);
        try
        {
            using HttpResponseMessage response = await channel.SendAsync(context, uri.For(Operations.DescribeAuthorizationServer), null, cancellationToken).ConfigureAwait(false);
            string? page = await ResponseReader.ReadUnwrappedAsync(response, context, ReadAuthorizationEndpoint, cancellationToken).ConfigureAwait(false);
            return page?.EndsWith("/authorize/code", StringComparison.Ordinal) == true;
        }
        catch (MailServerException)
        {
            return false;
        }
    }

    private static string? ReadAuthorizationEndpoint(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader).GetText("authorization_endpoint");

    private static string? ReadTokenEndpoint(ref Utf8JsonReader reader) => JsonElement.ParseValue(ref reader).GetText("token_endpoint");

    private async Task<bool> HasJmapAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.DescribeJmap, RequestAuthentication.None);
        try
        {
            using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.For(Operations.DescribeJmap), null, cancellationToken).ConfigureAwait(false);
            return response.StatusCode == HttpStatusCode.Unauthorized
                || (response.IsSuccessStatusCode && ResponseBodyClassifier.IsJson(response))
                || response.Headers.Location?.ToString().Contains("jmap", StringComparison.OrdinalIgnoreCase) == true;
        }
        catch (MailServerException)
        {
            return false;
        }
    }
}
