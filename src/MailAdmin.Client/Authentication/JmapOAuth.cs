using System.Net;
using System.Text;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>Codes and tokens of a server from 0.16 on: codes are given out for login and password alone, neither for a token nor for an API key (docs/api-0.16.md §2.2, §2.5).</summary>
internal sealed class JmapOAuth(ApiChannel channel, SignInResult signedIn) : IOAuth
{
    private const int MaxClientIdBytes = 2048;
    private const string ClientIdOfApproval = "mailadmin";
    private readonly JmapSignInEndpoint _endpoint = new(channel);

    public bool RequiresPassword => true;

    public string DefaultRedirectUri => OAuthCodeEndpoint.RedirectUri;

    public async Task<OAuthCode> RequestCodeAsync(OAuthCodeOrder order, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(order.ClientId) || Encoding.UTF8.GetByteCount(order.ClientId) > MaxClientIdBytes)
        {
            throw MailServerException.CreateRefusal(Operations.SignIn, "clientId", $"An OAuth client id must have 1 to {MaxClientIdBytes} bytes.");
        }
        string redirectUri = order.RedirectUri ?? DefaultRedirectUri;
        if (order.CodeChallenge is null && redirectUri.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            throw MailServerException.CreateRefusal(Operations.SignIn, "redirectUri", "A redirect URI that begins with http:// needs the challenge of the tool (PKCE): otherwise whoever sees the code on its way could exchange it. Specify -CodeChallenge.");
        }
        return new OAuthCode(await SignInAsync(order with { RedirectUri = redirectUri }, cancellationToken).ConfigureAwait(false), signedIn.Server!);
    }

    // The server has one answer for a wrong password and for an unknown code: with a code of OAuth, which nobody uses, the password is known to be right.
    public async Task<bool> ApproveDeviceAsync(string userCode, PasswordCredential? credential, CancellationToken cancellationToken)
    {
        PasswordCredential proof = GetProof(credential);
        string? oneTimeCode = null;
        var remembered = new PasswordCredential(
            proof.UserName, proof.Secret, proof.TotpCode is null ? null : async token => oneTimeCode = await proof.TotpCode(token).ConfigureAwait(false));
        await SignInAsync(new OAuthCodeOrder(ClientIdOfApproval, DefaultRedirectUri, null, null, remembered), cancellationToken).ConfigureAwait(false);
        JmapSignInResponse response = await _endpoint.ApproveDeviceAsync(
            CreateRequest(proof) with { Type = JmapSignInRequest.DeviceType, DeviceCode = userCode, OneTimeCode = oneTimeCode is null ? null : TotpCode.Normalize(oneTimeCode) }, cancellationToken).ConfigureAwait(false);
        return response.Type == JmapSignInResponse.Verified;
    }

    public async Task<string> RequestStreamTokenAsync(StreamPurpose purpose, CancellationToken cancellationToken)
    {
        string stream = purpose switch
        {
            StreamPurpose.Metrics => "metrics",
            StreamPurpose.Tracing => "tracing",
            StreamPurpose.Troubleshooting => "delivery",
            _ => throw new ArgumentOutOfRangeException(nameof(purpose)),
        };
        if (purpose != StreamPurpose.Troubleshooting && signedIn.Server is { IsEnterprise: false })
        {
            throw new MailServerException(MailErrorCode.Unsupported, Operations.RequestStreamToken, $"Nothing was sent: {GetFeature(purpose)} are part of Stalwart Enterprise, and this server has no licence for it.");
        }
        try
        {
            return await RequestStreamTokenAsync(stream, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (purpose != StreamPurpose.Troubleshooting && e.Status == HttpStatusCode.NotFound)
        {
            throw MissingLicence.CreateError(e, $"The server gives out no token for {GetFeature(purpose)}, which are part of Stalwart Enterprise: its licence has ended since this connection was made, or a proxy in front of it changes the address.");
        }
    }

    private static string GetFeature(StreamPurpose purpose) => purpose == StreamPurpose.Metrics ? "metrics" : "traces";

    private async Task<string> RequestStreamTokenAsync(string stream, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.RequestStreamToken);
        using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.For(Operations.RequestStreamToken, stream), null, cancellationToken).ConfigureAwait(false);
        byte[] body = await ResponseReader.ReadBytesAsync(response, context, cancellationToken).ConfigureAwait(false);
        string token = Encoding.UTF8.GetString(body);
        // A page of something in between is no token.
        return token.Length > 0 && token.All(letter => letter is > ' ' and < '\x7f') ? token : throw ResponseReader.CreateUnexpectedResponse(body, response, context, null);
    }

    private async Task<string> SignInAsync(OAuthCodeOrder order, CancellationToken cancellationToken)
    {
        PasswordCredential proof = GetProof(order.Credential);
        JmapSignInRequest request = CreateRequest(proof) with { ClientId = order.ClientId, RedirectUri = order.RedirectUri, Nonce = order.Nonce, CodeChallenge = order.CodeChallenge };
        JmapSignInResponse response = await SendAsync(request).ConfigureAwait(false);
        if (response.Type == JmapSignInResponse.OneTimeCodeRequired && proof.TotpCode is not null
            && await proof.TotpCode(cancellationToken).ConfigureAwait(false) is { } code && !string.IsNullOrWhiteSpace(code))
        {
            response = await SendAsync(request with { OneTimeCode = TotpCode.Normalize(code) }).ConfigureAwait(false);
        }
        return response.Type == JmapSignInResponse.Authenticated ? response.Code! : throw JmapSignInEndpoint.CreateFailure(response);

        async Task<JmapSignInResponse> SendAsync(JmapSignInRequest sent)
        {
            try
            {
                return await _endpoint.SignInAsync(sent, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e) when (e.Code == MailErrorCode.Unauthorized)
            {
                throw new MailServerException(
                    e.Code,
                    e.Operation,
                    $"The server does not give out a code for the client '{sent.ClientId}' with the redirect URI '{sent.RedirectUri}'{(sent.CodeChallenge is null ? " and without a challenge" : "")}. A client that is registered there needs the redirect URI that it registered, and a challenge (-CodeChallenge).",
                    e)
                {
                    Status = e.Status,
                };
            }
        }
    }

    private static JmapSignInRequest CreateRequest(PasswordCredential proof) => new() { AccountName = proof.UserName.Trim(), AccountSecret = proof.Secret };

    private PasswordCredential GetProof(PasswordCredential? credential)
    {
        string? problem = credential is null ? "From 0.16 on the server gives out a code for login and password, and not for the session of a connection: these must be specified."
            : credential.Secret.Length == 0 ? "The password is empty: the server would count it as a failed sign-in."
            : signedIn.UserName is { } userName && !JmapLogin.IsOf(credential.UserName.Trim(), userName.Trim())
                ? $"The connection is that of '{userName}', and the password is that of '{credential.UserName.Trim()}': the tool would sign in as another account. Connect as that account first."
            : null;
        return problem is null ? credential! : throw MailServerException.CreateRefusal(Operations.SignIn, "credential", problem);
    }
}
