using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>
/// The code flow with a browser (docs/api-0.16.md §2.4): a person signs in on the server's own page, which sends the browser back to this machine with a code. Login and password are
/// never here, and a code that somebody else reads is of no use without the verifier.
/// </summary>
internal sealed class BrowserFlow(ApiChannel channel, TokenEndpoint endpoint, string clientId, TimeProvider time)
{
    /// <summary>How long a person may take to sign in.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(5);

    private const int StateBytes = 32;

    public async Task<TokenSet> RunAsync(BrowserCredential credential, CancellationToken cancellationToken)
    {
        await EnsurePageAsync(cancellationToken).ConfigureAwait(false);
        var pkce = new PkceChallenge();
        string state = RandomNumberGenerator.GetHexString(StateBytes * 2, lowercase: true);
        await using var listener = new RedirectListener(state, time);
        DateTimeOffset end = time.GetUtcNow() + TimeLimit;
        await credential.Open(new BrowserAuthorization(CreatePage(listener.RedirectUri, state, pkce), listener.RedirectUri, end), cancellationToken).ConfigureAwait(false);
        string code = await WaitForCodeAsync(listener, end, cancellationToken).ConfigureAwait(false);
        return await endpoint.ExchangeAsync(code, listener.RedirectUri.OriginalString, cancellationToken, pkce.Verifier).ConfigureAwait(false);
    }

    // Better no browser than one that shows an error while the command waits for somebody who signs in. A redirect elsewhere is the browser's to follow.
    private async Task EnsurePageAsync(CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.ShowSignInPage, RequestAuthentication.None);
        Uri page = channel.Uri.For(Operations.ShowSignInPage);
        using HttpResponseMessage response = await channel.SendAsync(context, page, null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError)
        {
            await ResponseReader.EnsureSuccessAsync(response, context, cancellationToken).ConfigureAwait(false);
        }
        if (response.StatusCode >= HttpStatusCode.BadRequest)
        {
            throw new MailServerException(
                MailErrorCode.UnexpectedResponse,
                context.Operation,
                $"No browser was opened: there is no page to sign in at {page} (status {(int)response.StatusCode}). A proxy in front of the server must pass on {page.AbsolutePath}. Without it, sign in with login and password.")
            {
                Status = response.StatusCode,
            };
        }
    }

    private Uri CreatePage(Uri redirectUri, string state, PkceChallenge pkce) => channel.Uri.ForQuery(
        Operations.ShowSignInPage,
        [
            new("response_type", "code"),
            new("client_id", clientId),
            new("redirect_uri", redirectUri.OriginalString),
            new("state", state),
            new("code_challenge", pkce.Challenge),
            new("code_challenge_method", PkceChallenge.Method),
        ]);

    private async Task<string> WaitForCodeAsync(RedirectListener listener, DateTimeOffset end, CancellationToken cancellationToken)
    {
        TimeSpan left = end - time.GetUtcNow();
        try
        {
            AuthorizationResponse response = await listener.Response.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, time, cancellationToken).ConfigureAwait(false);
            return response.Code ?? throw CreateRefusal(response);
        }
        catch (TimeoutException e)
        {
            throw new MailServerException(MailErrorCode.TimedOut, Operations.ShowSignInPage, FormatTimeout(listener.RefusedCount), e);
        }
    }

    private static MailServerException CreateRefusal(AuthorizationResponse response)
    {
        string description = response.ErrorDescription is { Length: > 0 } text ? $": {text}" : "";
        return new MailServerException(MailErrorCode.OAuthError, Operations.ShowSignInPage, $"The sign-in in the browser was refused ('{response.Error}'{description}).")
        {
            ServerCode = response.Error,
            Details = response.Error,
        };
    }

    private static string FormatTimeout(int refused)
    {
        string others = refused == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" What came to this machine and was not the answer to this sign-in was refused (requests: {refused}).");
        return string.Create(CultureInfo.InvariantCulture, $"Nobody signed in with the browser within {TimeLimit.TotalMinutes:0} minutes.{others}")
            + " The browser has to run on this machine: if it is elsewhere, use -DeviceCode. If the page says 'Temporary server failure', the server is older than 0.16.2, or accepts registered OAuth clients only: see -ClientId.";
    }
}
