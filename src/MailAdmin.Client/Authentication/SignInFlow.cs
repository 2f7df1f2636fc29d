using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>
/// Turns a credential into a session and what the server reports about the account. A credential is tried once. The first request is that of the servers with
/// the management API; only where it finds none is it looked, without a credential, whether the server is one from 0.16 on.
/// </summary>
internal sealed class SignInFlow(ApiChannel channel, SessionHolder holder, string clientId, TimeProvider time)
{
    private readonly OAuthCodeEndpoint _codes = new(channel);
    private readonly TokenEndpoint _endpoint = new(channel, clientId, holder.Renewals, time);
    private readonly ServerProbe _probe = new(channel);
    private readonly JmapSignIn _jmap = new(channel, holder, clientId, time);

    public async Task<SignInResult> SignInAsync(MailCredential credential, CancellationToken cancellationToken)
    {
        if (credential is BrowserCredential)
        {
            // What fails here is no sign of another server: its kind was found out first.
            return await SignInToNewerServerAsync(credential, cancellationToken).ConfigureAwait(false);
        }
        try
        {
            return credential switch
            {
                ApiKeyCredential { Key: var key } when ApiKeyName.IsOfNewerServer(key.Trim()) => await SignInToNewerServerAsync(credential, cancellationToken).ConfigureAwait(false),
                TokenCredential { AccessToken: var token } when ApiKeyName.IsOfNewerServer(token.Trim()) => await SignInToNewerServerAsync(credential, cancellationToken).ConfigureAwait(false),
                PasswordCredential password => await SignInWithPasswordAsync(password, cancellationToken).ConfigureAwait(false),
                ApiKeyCredential key => await SignInWithApiKeyAsync(key, cancellationToken).ConfigureAwait(false),
                TokenCredential token => await SignInWithTokenAsync(token, cancellationToken).ConfigureAwait(false),
                DeviceCredential device => await SignInWithDeviceAsync(device, cancellationToken).ConfigureAwait(false),
                _ => throw new ArgumentException("This kind of credential is not supported.", nameof(credential)),
            };
        }
        catch (MailServerException e) when (MayBeAnotherServer(e))
        {
            return e.Status == HttpStatusCode.NotFound && await _probe.FindFamilyAsync(cancellationToken).ConfigureAwait(false) == ServerFamily.Jmap
                ? await _jmap.SignInAsync(credential, cancellationToken).ConfigureAwait(false)
                : throw await _probe.ExplainAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Signs in to the server of an earlier sign-in: its family is known, so that the credential goes where it belongs at once.</summary>
    public Task<SignInResult> SignInAgainAsync(MailCredential credential, SignInResult earlier, CancellationToken cancellationToken) =>
        earlier.Jmap is null ? SignInAsync(credential, cancellationToken) : _jmap.SignInAsync(credential, cancellationToken);

    /// <summary>What a server from 0.16 on reports about itself and the account now.</summary>
    public Task<ServerInfo> DescribeNewerServerAsync(CancellationToken cancellationToken) => _jmap.DescribeServerAsync(cancellationToken);

    // A key of these goes to no other server: an older one would count it as a failed sign-in. Nor is a browser opened for one.
    private async Task<SignInResult> SignInToNewerServerAsync(MailCredential credential, CancellationToken cancellationToken) =>
        await _probe.FindFamilyAsync(cancellationToken).ConfigureAwait(false) switch
        {
            ServerFamily.Jmap => await _jmap.SignInAsync(credential, cancellationToken).ConfigureAwait(false),
            ServerFamily.Rest when credential is BrowserCredential => throw MailServerException.CreateUnsupported(
                Operations.ShowSignInPage, "browser", "a browser signs in to Stalwart 0.16.2 or later. This server is older than 0.16, and refuses to send a browser back to a program. Use -DeviceCode, or login and password."),
            ServerFamily.Rest => throw MailServerException.CreateRefusal(
                Operations.DiscoverSignIn, "apiKey", "The key was not sent: a key that begins with 'API_' is one of Stalwart 0.16 or later, and this server is older. The keys of this server begin with 'api_'."),
            _ => throw new MailServerException(
                MailErrorCode.NotStalwart, Operations.DiscoverSignIn, $"{(credential is BrowserCredential ? "No browser was opened" : "The key was not sent")}: the server at this address is not a Stalwart server of version 0.16 or later. Check the host, port and path."),
        };

    // Stalwart answers 404 here only when it has no such API, and never with a web page or another 2xx than its own.
    private static bool MayBeAnotherServer(MailServerException e) => e.Code switch
    {
        MailErrorCode.NotFound => e.Status == HttpStatusCode.NotFound,
        MailErrorCode.UnexpectedResponse or MailErrorCode.Unknown => e.Status is not null && (int)e.Status < 500,
        _ => false,
    };

    private async Task<SignInResult> SignInWithPasswordAsync(PasswordCredential credential, CancellationToken cancellationToken)
    {
        string userName = credential.UserName.Trim();
        if (userName.Length == 0 || userName.Contains(':', StringComparison.Ordinal))
        {
            throw MailServerException.CreateRefusal(Operations.RequestOAuthCode, "userName", "A login must not be empty or contain a colon.");
        }
        if (credential.Secret.Length == 0)
        {
            throw MailServerException.CreateRefusal(Operations.RequestOAuthCode, "password", $"The password of '{userName}' is empty, so nothing was sent: the server would count it as a failed sign-in, and ban your IP address after too many.");
        }
        OAuthCode code = await RequestCodeWithPasswordAsync(userName, credential, cancellationToken).ConfigureAwait(false);
        TokenSet tokens = await _endpoint.ExchangeAsync(code.Code, OAuthCodeEndpoint.RedirectUri, cancellationToken).ConfigureAwait(false);
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

    private async Task<SignInResult> SignInWithApiKeyAsync(ApiKeyCredential credential, CancellationToken cancellationToken)
    {
        string key = credential.Key.Trim();
        if (!key.StartsWith(ApiKeyName.Prefix, StringComparison.Ordinal) || !IsHeaderSafe(key))
        {
            throw MailServerException.CreateRefusal(Operations.RequestOAuthCode, "apiKey", "The API key is not valid: an API key begins with 'api_'. Copy it as the server's console shows it.");
        }
        Session session = holder.Current = new FixedSession(key);
        return new SignInResult(session, ApiKeyName.Parse(key), await GetServerInfoAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task<SignInResult> SignInWithTokenAsync(TokenCredential credential, CancellationToken cancellationToken)
    {
        string token = credential.AccessToken.Trim();
        if (token.Length == 0 || !IsHeaderSafe(token))
        {
            throw MailServerException.CreateRefusal(Operations.RequestOAuthCode, "accessToken", "The access token is not valid: it is empty or contains characters that a token cannot have.");
        }
        Session session = string.IsNullOrWhiteSpace(credential.RefreshToken)
            ? holder.Current = new FixedSession(token)
            : StartSession(new TokenSet(token, credential.RefreshToken.Trim(), null));
        return new SignInResult(session, ApiKeyName.Parse(token), await GetServerInfoAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task<SignInResult> SignInWithDeviceAsync(DeviceCredential credential, CancellationToken cancellationToken)
    {
        await _probe.RequireManagementApiAsync(cancellationToken).ConfigureAwait(false);
        TokenSet tokens = await new DeviceFlow(_endpoint, channel.Uri, time).RunAsync(credential, cancellationToken).ConfigureAwait(false);
        return new SignInResult(StartSession(tokens), tokens.UserName, await GetServerInfoAsync(cancellationToken).ConfigureAwait(false));
    }

    private Session StartSession(TokenSet tokens) => holder.Current = _endpoint.CreateSession(tokens);

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

    private static bool IsHeaderSafe(string text) => text.All(c => c is > ' ' and < '\x7f');
}
