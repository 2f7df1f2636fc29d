using System.Text;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary><c>/auth/token</c> and <c>/auth/device</c>: codes become tokens, refresh tokens become access tokens.</summary>
internal sealed class TokenEndpoint(OAuthCodes codes, AccessTokens tokens, IdTokens idTokens, RevokedTokens revoked, Authenticator authenticator, string baseUri, TimeProvider clock)
{
    private const int MaxFormBytes = 2048;

    private static readonly TimeSpan s_accessTokenLifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_refreshTokenLifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_refreshTokenRenewalWindow = TimeSpan.FromDays(4);

    /// <summary>Answers <c>POST /auth/device</c>.</summary>
    public SandboxResponse StartDeviceFlow(SandboxRequest request)
    {
        var form = new OAuthForm(request, MaxFormBytes);
        if (form["client_id"] is not { } clientId || Encoding.UTF8.GetByteCount(clientId) > OAuthCodeEndpoint.MaxClientIdBytes)
        {
            throw ApiException.BadParameters();
        }

        (string deviceCode, string userCode) = codes.AddDeviceCode(clientId, form["nonce"]);
        return Responses.Object(200, json =>
        {
            json.WriteString("device_code"u8, deviceCode);
            json.WriteString("user_code"u8, userCode);
            json.WriteString("verification_uri"u8, $"{baseUri}/authorize");
            json.WriteString("verification_uri_complete"u8, $"{baseUri}/authorize/?code={userCode}");
            json.WriteNumber("expires_in"u8, OAuthCodes.DeviceCodeLifetimeSeconds);
            json.WriteNumber("interval"u8, 5);
        });
    }

    /// <summary>Answers <c>POST /auth/token</c>.</summary>
    public SandboxResponse Grant(SandboxRequest request)
    {
        var form = new OAuthForm(request, MaxFormBytes);
        return (form["grant_type"] ?? "").ToLowerInvariant() switch
        {
            "authorization_code" => GrantForCode(form),
            "urn:ietf:params:oauth:grant-type:device_code" => GrantForDevice(form),
            "refresh_token" => GrantForRefreshToken(form["refresh_token"]),
            _ => Responses.OAuthError("invalid_grant"),
        };
    }

    private SandboxResponse GrantForCode(OAuthForm form)
    {
        if (form["code"] is not { } code || form["client_id"] is not { } clientId || form["redirect_uri"] is not { } redirectUri)
        {
            return Responses.OAuthError("invalid_client");
        }

        if (codes.Find(code) is not { } found)
        {
            return Responses.OAuthError("access_denied");
        }

        if (found.ClientId != clientId || found.Target != redirectUri)
        {
            return Responses.OAuthError("invalid_client");
        }

        if (found.AccountId is not { } accountId)
        {
            return Responses.OAuthError("invalid_grant");
        }

        codes.Remove(code);
        return Issue(accountId, clientId, found.Nonce, withRefreshToken: true, withIdToken: true);
    }

    private SandboxResponse GrantForDevice(OAuthForm form)
    {
        if (form["device_code"] is not { } code || form["client_id"] is not { } clientId || codes.Find(code) is not { } found)
        {
            return Responses.OAuthError("expired_token");
        }

        if (found.ClientId != clientId)
        {
            return Responses.OAuthError("invalid_client");
        }

        if (found.AccountId is not { } accountId)
        {
            return Responses.OAuthError("authorization_pending");
        }

        codes.Remove(code);
        return Issue(accountId, clientId, found.Nonce, withRefreshToken: true, withIdToken: true);
    }

    private SandboxResponse GrantForRefreshToken(string? refreshToken)
    {
        if (refreshToken is null)
        {
            return Responses.OAuthError("invalid_request");
        }

        if (revoked.Contains(refreshToken) || tokens.Read(refreshToken, TokenKind.Refresh) is not { } info)
        {
            return Responses.OAuthError("invalid_grant");
        }

        bool isNearItsEnd = info.ExpiresAt - clock.GetUtcNow() <= s_refreshTokenRenewalWindow;
        return Issue(info.AccountId, info.ClientId, null, withRefreshToken: isNearItsEnd, withIdToken: false);
    }

    private SandboxResponse Issue(uint accountId, string clientId, string? nonce, bool withRefreshToken, bool withIdToken)
    {
        Caller caller = authenticator.GetCaller(accountId) ?? throw ApiException.Unauthorized();
        string? access = tokens.Issue(TokenKind.Access, accountId, clientId, s_accessTokenLifetime);
        string? refresh = withRefreshToken ? tokens.Issue(TokenKind.Refresh, accountId, clientId, s_refreshTokenLifetime) ?? throw ApiException.Unauthorized() : null;
        return Responses.Object(200, json =>
        {
            json.WriteString("access_token"u8, access);
            json.WriteString("token_type"u8, "bearer"u8);
            json.WriteNumber("expires_in"u8, (int)s_accessTokenLifetime.TotalSeconds);
            if (refresh is not null)
            {
                json.WriteString("refresh_token"u8, refresh);
            }

            if (withIdToken)
            {
                json.WriteString("id_token"u8, idTokens.Issue(caller, clientId, nonce));
            }
        });
    }
}
