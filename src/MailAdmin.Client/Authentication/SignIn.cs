// The ways to sign in, each once, each ending in a session and what the server tells of the account.
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>Turns a credential into a session.</summary>
internal sealed class SignIn(ApiChannel channel, SessionHolder holder, string clientId, TimeProvider time)
{
    private readonly OAuthCodes _codes = new(channel);
    private readonly TokenEndpoint _endpoint = new(channel, clientId, time);

    public async Task<SignedIn> WithAsync(MailCredential credential, CancellationToken cancellationToken)
    {
        try
        {
            return credential switch
            {
                PasswordCredential password => await WithPasswordAsync(password, cancellationToken).ConfigureAwait(false),
                ApiKeyCredential key => await WithKeyAsync(key, cancellationToken).ConfigureAwait(false),
                TokenCredential token => await WithTokenAsync(token, cancellationToken).ConfigureAwait(false),
                DeviceCredential device => await WithDeviceAsync(device, cancellationToken).ConfigureAwait(false),
                _ => throw new ArgumentException("There is no such way to sign in.", nameof(credential)),
            };
        }
        catch (MailServerException e) when (MayBeAnotherServer(e))
        {
            throw await new ServerProbe(channel).ExplainAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    // Stalwart answers 404 here only where the API is gone, and never with a page or another 2xx than its own.
    private static bool MayBeAnotherServer(MailServerException e) => e.Code switch
    {
        MailErrorCode.NotFound => e.Status == HttpStatusCode.NotFound,
        MailErrorCode.UnexpectedAnswer or MailErrorCode.Unknown => e.Status is not null && (int)e.Status < 500,
        _ => false,
    };

    private async Task<SignedIn> WithPasswordAsync(PasswordCredential credential, CancellationToken cancellationToken)
    {
        string userName = credential.UserName.Trim();
        if (userName.Length == 0 || userName.Contains(':', StringComparison.Ordinal))
        {
            throw Refused("userName", "A login must not be empty and holds no colon.");
        }
        OAuthCode code = await CodeForPasswordAsync(userName, credential, cancellationToken).ConfigureAwait(false);
        Tokens tokens = await _endpoint.ExchangeAsync(code.Code, OAuthCodes.RedirectUri, cancellationToken).ConfigureAwait(false);
        return new SignedIn(Hold(tokens), userName, code.Server);
    }

    private async Task<OAuthCode> CodeForPasswordAsync(string userName, PasswordCredential credential, CancellationToken cancellationToken)
    {
        try
        {
            return await _codes.SignInAsync(CodeRequest(), Basic(userName, credential.Secret), cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.TotpRequired && credential.TotpCode is not null)
        {
            string? totp = await credential.TotpCode(cancellationToken).ConfigureAwait(false);
            if (string.IsNullOrWhiteSpace(totp))
            {
                throw;
            }
            return await _codes.SignInAsync(CodeRequest(), Basic(userName, $"{credential.Secret}${totp.Trim()}"), cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Unauthorized && userName.Contains('@', StringComparison.Ordinal))
        {
            throw new MailServerException(
                e.Code,
                e.Operation,
                $"The server does not accept login and password. '{userName}' looks like an address: logins are the names of accounts, not their addresses. They were sent once; too many failures ban the address you call from.",
                e)
            {
                Status = e.Status,
                Title = e.Title,
            };
        }
    }

    private async Task<SignedIn> WithKeyAsync(ApiKeyCredential credential, CancellationToken cancellationToken)
    {
        string key = credential.Key.Trim();
        if (!key.StartsWith(ApiKeyName.Prefix, StringComparison.Ordinal) || !IsHeaderSafe(key))
        {
            throw Refused("apiKey", "An API key begins with 'api_', followed by the key as the server's console shows it.");
        }
        Session session = holder.Current = new FixedSession(key);
        return new SignedIn(session, ApiKeyName.Of(key), await AskAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task<SignedIn> WithTokenAsync(TokenCredential credential, CancellationToken cancellationToken)
    {
        string token = credential.AccessToken.Trim();
        if (token.Length == 0 || !IsHeaderSafe(token))
        {
            throw Refused("accessToken", "The access token is empty or holds characters that no token has.");
        }
        Session session = string.IsNullOrWhiteSpace(credential.RefreshToken)
            ? holder.Current = new FixedSession(token)
            : Hold(new Tokens(token, credential.RefreshToken.Trim(), null));
        return new SignedIn(session, ApiKeyName.Of(token), await AskAsync(cancellationToken).ConfigureAwait(false));
    }

    private async Task<SignedIn> WithDeviceAsync(DeviceCredential credential, CancellationToken cancellationToken)
    {
        Tokens tokens = await new DeviceFlow(_endpoint, channel.Uri, time).RunAsync(credential, cancellationToken).ConfigureAwait(false);
        return new SignedIn(Hold(tokens), tokens.UserName, await AskAsync(cancellationToken).ConfigureAwait(false));
    }

    private Session Hold(Tokens tokens) => holder.Current = tokens.RefreshToken is null
        ? new FixedSession(tokens.AccessToken)
        : new RenewableSession(tokens, _endpoint, time);

    /// <summary>Version, edition and permissions; null for a key or token that may not ask.</summary>
    private async Task<ServerInfo?> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await _codes.RequestAsync(CodeRequest(), cancellationToken).ConfigureAwait(false)).Server;
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.Forbidden or MailErrorCode.Unsupported)
        {
            return null;
        }
    }

    private OAuthRequest CodeRequest() => new()
    {
        Type = "code",
        ClientId = clientId,
        RedirectUri = OAuthCodes.RedirectUri,
        Nonce = RandomNumberGenerator.GetHexString(16, lowercase: true),
    };

    private static AuthenticationHeaderValue Basic(string userName, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{userName}:{secret}")));

    private static bool IsHeaderSafe(string text) => text.All(c => c is > ' ' and < '\x7f');

    private static MailServerException Refused(string field, string message) => new(MailErrorCode.RefusedByClient, "POST /oauth", message) { Field = field };
}
