using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.SignIn;

/// <summary><c>GET /api/token/…</c>: opens one kind of stream for a minute, for callers that cannot send headers.</summary>
internal sealed class StreamToken(ITokens tokens)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(60);

    public SandboxResponse Issue(SignedInCaller caller, TokenKind kind, string permission)
    {
        if (!caller.Has(permission))
        {
            throw ApiException.Forbidden();
        }

        // A token of this kind is bound to no secret, so there always is one.
        string token = tokens.Issue(kind, caller.AccountId, "", s_lifetime)!;
        return Caching.Forbid(new SandboxResponse(200, null, System.Text.Encoding.ASCII.GetBytes(token)));
    }
}
