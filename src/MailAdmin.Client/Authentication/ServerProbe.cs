using System.Globalization;
using System.Net;
using System.Text.Json;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Authentication;

/// <summary>Finds out without a credential which server answers at an address, and where none does, what is there instead.</summary>
internal sealed class ServerProbe(ApiChannel channel)
{
    private const int MaxLevels = 3;

    // Whose it is does not matter: the server has an answer for every address.
    private const string AnyAddress = "x";

    /// <summary>
    /// What the server is administered with: all from 0.16 on tell anybody how to sign in, also before they are set up, and older ones want a sign-in for whatever
    /// is below /api.
    /// </summary>
    /// <exception cref="MailServerException">Neither can be known by the answer; <c>NotStalwart</c> where that is of another server.</exception>
    public async Task<ServerFamily> FindFamilyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(channel.Uri, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (MayBeAnotherServer(e))
        {
            throw await ExplainAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether an error looks like that of another server: Stalwart answers 404 here only where it has no such API, and never with a web page or another 2xx than its own.</summary>
    public static bool MayBeAnotherServer(MailServerException e) => e.Code switch
    {
        MailErrorCode.NotFound or MailErrorCode.Unsupported => e.Status == HttpStatusCode.NotFound,
        MailErrorCode.UnexpectedResponse or MailErrorCode.Unknown => e.Status is not null && (int)e.Status < 500,
        _ => false,
    };

    /// <summary>Says what is at the address instead.</summary>
    public async Task<MailServerException> ExplainAsync(MailServerException refusal, CancellationToken cancellationToken)
    {
        (MailErrorCode code, string message) = await DescribeAsync(refusal, cancellationToken).ConfigureAwait(false);
        return new MailServerException(code, refusal.Operation, message, refusal) { Status = refusal.Status };
    }

    // Somebody waits for it: a question that was sent is not repeated.
    private async Task<ServerFamily> AskAsync(ApiUri uri, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.DiscoverSignIn, RequestAuthentication.None) { Idempotency = Idempotency.NotIdempotent };
        Uri address = uri.For(Operations.DiscoverSignIn, AnyAddress);
        using HttpResponseMessage response = await channel.SendAsync(context, address, null, cancellationToken).ConfigureAwait(false);
        switch (response.StatusCode)
        {
            case HttpStatusCode.Unauthorized when await IsOwnRefusalAsync(response, cancellationToken).ConfigureAwait(false) || await HasManagementApiAsync(uri, cancellationToken).ConfigureAwait(false):
                return ServerFamily.Rest;
            case HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new MailServerException(
                    MailErrorCode.UnexpectedResponse,
                    context.Operation,
                    $"A proxy or a firewall in front of the mail server, or a rule of the server, lets nobody ask which server it is (GET {address}, status {(int)response.StatusCode}). No credential was sent. What is below /api, /auth and /.well-known, and from 0.16 on /jmap, must be open to this machine without another sign-in.")
                {
                    Status = response.StatusCode,
                };
            default:
                await ResponseReader.ReadUnwrappedAsync(response, context, ReadTokenEndpoint, cancellationToken).ConfigureAwait(false);
                return ServerFamily.Jmap;
        }
    }

    // A proxy that wants a sign-in of its own says it otherwise. One that replaces the pages of errors hides what the server says: what is no error tells it then.
    private static async Task<bool> IsOwnRefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        ServerFault.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false))?.IsOwnProblem(response.StatusCode) == true;

    private async Task<(MailErrorCode Code, string Message)> DescribeAsync(MailServerException refusal, CancellationToken cancellationToken)
    {
        if (await FindAboveAsync(cancellationToken).ConfigureAwait(false) is { } above)
        {
            return (MailErrorCode.NotStalwart, $"The mail server is at {above}, not at {Format(channel.Uri.Base)}: '{channel.Uri.Base.AbsolutePath}' is a page or a part of it. Connect-MailServer {above}");
        }
        if (await HasManagementApiAsync(channel.Uri, cancellationToken).ConfigureAwait(false))
        {
            return (
                MailErrorCode.UnexpectedResponse,
                "The mail server is at this address, but its management API is not: a proxy in front of it does not pass on what is below /api, or changes the address. It must pass on /api, /auth, /.well-known and /healthz as they are.");
        }
        if (refusal.Status == HttpStatusCode.NotFound && await HasJmapAsync(cancellationToken).ConfigureAwait(false))
        {
            return (
                MailErrorCode.UnsupportedVersion,
                "The server supports JMAP and has no management REST API, but does not say how one signs in either (GET /api/discover): it is Stalwart 0.16 or later behind a proxy that does not pass on what is below /api, or a version that MailAdmin does not know. The proxy must pass on /api, /auth, /jmap, /.well-known and /healthz as they are.");
        }
        if (refusal.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return (refusal.Code, refusal.Message);
        }
        string seen = refusal.Code == MailErrorCode.UnexpectedResponse ? refusal.Message : string.Create(CultureInfo.InvariantCulture, $"The response has status {(int)refusal.Status!}.");
        return (MailErrorCode.NotStalwart, $"The server at this address is not a Stalwart server of version 0.11 or later. Check the host, port and path: use the address of the server's web administration. ({refusal.Operation}: {seen})");
    }

    // People copy the address from their browser: /login, /admin, /manage/directory/accounts, or /api from the documentation.
    private async Task<string?> FindAboveAsync(CancellationToken cancellationToken)
    {
        string[] elements = channel.Uri.Base.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int kept = 0; kept < Math.Min(elements.Length, MaxLevels); kept++)
        {
            var address = new Uri(channel.Uri.Base, "/" + string.Join('/', elements[..kept]));
            if (await IsMailServerAsync(new ApiUri(address), cancellationToken).ConfigureAwait(false))
            {
                return Format(address);
            }
        }
        return null;
    }

    private async Task<bool> IsMailServerAsync(ApiUri uri, CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(uri, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (MailServerException)
        {
            return false;
        }
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

    private static string ReadTokenEndpoint(ref Utf8JsonReader reader) =>
        JsonElement.ParseValue(ref reader).GetText("token_endpoint") ?? throw new JsonException("The response does not say how one signs in.");

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
