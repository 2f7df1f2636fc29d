using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.SignIn;

/// <summary><c>/auth/userinfo</c> and <c>/auth/introspect</c>: about accounts and their tokens.</summary>
/// <param name="tokens">The tokens.</param>
/// <param name="rules">Knows whose they are.</param>
internal sealed class IdentityDocuments(ITokens tokens, ITokenRules rules)
{
    private const int MaxFormBytes = 1024;

    public SandboxResponse GetUserInfo(SignedInCaller caller)
    {
        TokenOwner owner = rules.FindOwner(caller.AccountId) ?? throw ApiException.Forbidden();
        return Caching.Forbid(Responses.Object(200, json =>
        {
            json.WriteString("sub"u8, owner.Id.ToString(null, null));
            if (owner.Description is not null)
            {
                json.WriteString("name"u8, owner.Description);
            }

            json.WriteString("preferred_username"u8, owner.Name);
            json.WriteString("email"u8, owner.Address);
            json.WriteBoolean("email_verified"u8, true);
        }));
    }

    /// <summary>The name is that of who asks, whosever token it is.</summary>
    public SandboxResponse Introspect(SandboxRequest request, SignedInCaller caller)
    {
        string token = new OAuthForm(request, MaxFormBytes)["token"] ?? throw ApiException.BadParameters();
        TokenInfo? info = tokens.Read(token, null);
        return Caching.Forbid(Responses.Object(200, json =>
        {
            json.WriteBoolean("active"u8, info is not null);
            if (info is null)
            {
                return;
            }

            json.WriteString("username"u8, caller.Name);
            json.WriteString("token_type"u8, "bearer"u8);
            json.WriteNumber("exp"u8, info.ExpiresAt.ToUnixTimeSeconds());
            json.WriteNumber("iat"u8, info.IssuedAt.ToUnixTimeSeconds());
        }));
    }
}
