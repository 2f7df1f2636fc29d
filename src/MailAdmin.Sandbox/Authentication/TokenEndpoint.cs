using System.Text;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary><c>/auth/token</c> and <c>/auth/device</c>: codes become tokens, refresh tokens become access tokens.</summary>
internal sealed class TokenEndpoint(OAuthCodes codes, ITokens tokens, IdTokens idTokens, RevokedTokens revoked, ITokenRules rules, string baseUri, TimeProvider clock)
{
    private const int MaxFormBytes = 2048;

    /// <summary>Answers <c>POST /auth/device</c>.</summary>
    public SandboxResponse StartDeviceFlow(SandboxRequest request)
    {
        var form = new OAuthForm(request, MaxFormBytes);
        if (form["client_id"] is not { } clientId || Encoding.UTF8.GetByteCount(clientId) > rules.MaxClientIdBytes)
        {
            throw ApiException.BadParameters();
        }

        (string deviceCode, string userCode) = codes.AddDeviceCode(clientId, form["nonce"], rules.GrantDeviceScope(form["scope"]));
        return Responses.Object(200, json =>
        {
            json.WriteString("device_code"u8, deviceCode);
            json.WriteString("user_code"u8, userCode);
            json.WriteString("verification_uri"u8, baseUri + rules.VerificationPath);
            json.WriteString("verification_uri_complete"u8, $"{baseUri}{rules.VerificationPath}/?code={userCode}");
            json.WriteNumber("expires_in"u8, codes.DeviceCodeLifetimeSeconds);
            json.WriteNumber("interval"u8, 5);
        });
    }

    /// <summary>Answers <c>POST /auth/token</c>.</summary>
    public SandboxResponse Grant(SandboxRequest request)
    {
        var form = new OAuthForm(request, MaxFormBytes);
        return (form["grant_type"] ?? "").ToLowerInvariant() switch
        {
            "authorization_code" => GrantForCode(form, request),
            "urn:ietf:params:oauth:grant-type:device_code" => GrantForDevice(form),
            "refresh_token" => GrantForRefreshToken(form, request),
            _ => Responses.OAuthError("invalid_grant"),
        };
    }

    private SandboxResponse GrantForCode(OAuthForm form, SandboxRequest request)
    {
        if (form["code"] is not { } code || rules.FindClientId(form, request) is not { } clientId || form["redirect_uri"] is not { } redirectUri)
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

        if ((rules.FindFault(clientId, found.Challenge, form, request) ?? rules.FindRegistrationFault(clientId, redirectUri, accountId)) is { } fault)
        {
            return Responses.OAuthError(fault);
        }

        codes.Remove(code);
        return Issue(accountId, found);
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

        if (rules.FindRegistrationFault(clientId, null, accountId) is { } fault)
        {
            return Responses.OAuthError(fault);
        }

        codes.Remove(code);
        return Issue(accountId, found);
    }

    private SandboxResponse GrantForRefreshToken(OAuthForm form, SandboxRequest request)
    {
        if (form["refresh_token"] is not { } refreshToken)
        {
            return Responses.OAuthError("invalid_request");
        }

        if (rules.FindClientId(form, request) is { } clientId && rules.FindFault(clientId, null, form, request) is { } fault)
        {
            return Responses.OAuthError(fault);
        }

        if (revoked.Contains(refreshToken) || tokens.Read(refreshToken, TokenKind.Refresh) is not { } info)
        {
            return Responses.OAuthError("invalid_grant");
        }

        bool isNearItsEnd = info.ExpiresAt - clock.GetUtcNow() <= rules.Lifetimes.Renewal;
        return Issue(info.AccountId, info.ClientId, withRefreshToken: isNearItsEnd, code: null);
    }

    private SandboxResponse Issue(uint accountId, OAuthCode code) => Issue(accountId, code.ClientId, withRefreshToken: true, code);

    /// <summary>An ID token comes with a code only.</summary>
    private SandboxResponse Issue(uint accountId, string clientId, bool withRefreshToken, OAuthCode? code)
    {
        TokenOwner owner = rules.FindOwner(accountId) ?? throw ApiException.Unauthorized();
        string? access = tokens.Issue(TokenKind.Access, accountId, clientId, rules.Lifetimes.Access);
        string? refresh = withRefreshToken ? tokens.Issue(TokenKind.Refresh, accountId, clientId, rules.Lifetimes.Refresh) ?? throw ApiException.Unauthorized() : null;
        return Responses.Object(200, json =>
        {
            json.WriteString("access_token"u8, access);
            json.WriteString("token_type"u8, "bearer"u8);
            json.WriteNumber("expires_in"u8, (int)rules.Lifetimes.Access.TotalSeconds);
            if (refresh is not null)
            {
                json.WriteString("refresh_token"u8, refresh);
            }

            if (code?.Scope is { } scope)
            {
                json.WriteString("scope"u8, scope);
            }

            if (code is not null)
            {
                json.WriteString("id_token"u8, idTokens.Issue(owner, clientId, code.Nonce, rules.Lifetimes.Id));
            }
        });
    }
}
