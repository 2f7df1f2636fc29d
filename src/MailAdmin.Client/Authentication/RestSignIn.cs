using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>Signs in to a server up to 0.15. A password becomes tokens that are renewed, and is not kept; keys and tokens are sent as they are.</summary>
internal sealed class RestSignIn(ApiChannel channel, SessionHolder holder, string clientId, TimeProvider time)
{
    private readonly OAuthCodeEndpoint _codes = new(channel);
    private readonly TokenEndpoint _tokens = new(channel, clientId, holder.Renewals, time);

    public Task<SignInResult> SignInAsync(MailCredential credential, CancellationToken cancellationToken) => credential switch
    {
        PasswordCredential password => SignInWithPasswordAsync(password, cancellationToken),
        ApiKeyCredential key => SignInWithKeyAsync(key.Key.Trim(), null, cancellationToken),
        TokenCredential token => SignInWithKeyAsync(token.AccessToken.Trim(), token.RefreshToken, cancellationToken),
        DeviceCredential device => SignInWithDeviceAsync(device, cancellationToken),
        BrowserCredential => throw MailServerException.CreateUnsupported(
            Operations.ShowSignInPage, "browser", "a browser signs in to Stalwart 0.16.2 or later. This server is older than 0.16, and refuses to send a browser back to a program. Use -DeviceCode, or login and password."),
        _ => throw new ArgumentException("This kind of credential is not supported.", nameof(credential)),
    };

    private async Task<SignInResult> SignInWithPasswordAsync(PasswordCredential credential, CancellationToken cancellationToken)
    {
        string userName = credential.UserName.Trim();
        OAuthCode code = await RequestCodeWithPasswordAsync(userName, credential, cancellationToken).ConfigureAwait(false);
        TokenSet tokens = await _tokens.ExchangeAsync(code.Code, OAuthCodeEndpoint.RedirectUri, cancellationToken).ConfigureAwait(false);
        return new SignInResult(StartSession(tokens), userName, code.Server);
    }

    private async Task<OAuthCode> RequestCodeWithPasswordAsync(string userName, PasswordCredential credential, CancellationToken cancellationToken)
    {
        try
        {
            return await _codes.SignInAsync(CreateCodeRequest(), CreateBasicHeader(userName, credential.Secret), cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.TotpRequired && credential.TotpCode is not null)
        {
            string? totp = await credential.TotpCode(cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrWhiteSpace(totp))
            {
                throw;
            }
            return await _codes.SignInAsync(CreateCodeRequest(), CreateBasicHeader(userName, $"{credential.Secret}${TotpCode.Normalize(totp)}"), cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Unauthorized && userName.Contains('@', StringComparison.Ordinal))
        {
            throw new MailServerException(
                e.Code,
                e.Operation,
                $"The server rejected the login and password. '{userName}' looks like an e-mail address: sign in with the name of the account, not its address. The password was sent once; too many failures ban your IP address.",
                e)
            {
                Status = e.Status,
                Title = e.Title,
            };
        }
    }

    private async Task<SignInResult> SignInWithKeyAsync(string key, string? refreshToken, CancellationToken cancellationToken)
    {
        if (ApiKeyName.IsOfNewerServer(key))
        {
            // It would count as a failed sign-in here.
            throw MailServerException.CreateRefusal(
                Operations.RequestOAuthCode, "apiKey", $"The key was not sent: a key that begins with '{ApiKeyName.NewerPrefix}' is one of Stalwart 0.16 or later, and this server is older. The keys of this server begin with '{ApiKeyName.Prefix}'.");
        }
        Session session = StartSession(new TokenSet(key, string.IsNullOrWhiteSpace(refreshToken) ? null : refreshToken.Trim(), null));
        return new SignInResult(session, ApiKeyName.Parse(key), await GetServerInfoAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task<SignInResult> SignInWithDeviceAsync(DeviceCredential credential, CancellationToken cancellationToken)
    {
        TokenSet tokens = await new DeviceFlow(_tokens, channel.Uri, time).RunAsync(credential, cancellationToken).ConfigureAwait(false);
        return new SignInResult(StartSession(tokens), tokens.UserName, await GetServerInfoAsync(cancellationToken).ConfigureAwait(false));
    }

    private Session StartSession(TokenSet tokens) => holder.Current = _tokens.CreateSession(tokens);

    /// <summary>Version, edition and permissions; null for a key or token without the permission to ask.</summary>
    private async Task<ServerInfo?> GetServerInfoAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _codes.RequestCodeAsync(CreateCodeRequest(), cancellationToken).ConfigureAwait(false)).Server;
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.Forbidden or MailErrorCode.Unsupported)
        {
            return null;
        }
    }

    private OAuthRequest CreateCodeRequest() => new()
    {
        Type = "code",
        ClientId = clientId,
        RedirectUri = OAuthCodeEndpoint.RedirectUri,
        Nonce = RandomNumberGenerator.GetHexString(16, lowercase: true),
    };

    private static AuthenticationHeaderValue CreateBasicHeader(string userName, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{secret}")));
}
