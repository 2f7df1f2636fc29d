using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Tokens that open one kind of stream for one minute, for callers that cannot send headers.</summary>
internal sealed class StreamTokens(AccessTokens tokens)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(60);

    public SandboxResponse Issue(ApiCall call, TokenKind kind, string permission)
    {
        call.Caller.Require(permission);

        // A lifetime this short is bound to no secret, so there always is a token.
        return Responses.Data(tokens.Issue(kind, call.Caller.Id, "web", s_lifetime)!);
    }

    /// <summary>
    /// The caller that a token in the query authenticates, who may only open its stream; null where the path accepts no token, or it is
    /// not valid. It is used only for a request without credentials or with a wrong password.
    /// </summary>
    public Caller? FindCaller(SandboxRequest request, string[] path, string? token)
    {
        if (token is null || GetKind(path) is not var (kind, permission) || !AcceptsToken(request, path))
        {
            return null;
        }

        return tokens.Read(token, kind) is { } info
            ? new Caller(info.AccountId, "", null, null, default(PermissionSet).With(Permissions.GetNumber(permission)))
            : null;
    }

    /// <summary>Whether a request would be accepted with a valid token.</summary>
    public static bool AcceptsToken(SandboxRequest request, string[] path) => GetKind(path) is not null && AllowsTokenWith(request.Authorization);

    /// <summary>The first two segments decide: a token for the live stream gets as far as the list of traces, and is refused there.</summary>
    private static (TokenKind Kind, string Permission)? GetKind(string[] path) => path switch
    {
        ["telemetry", "traces", ..] => (TokenKind.LiveTracing, "tracing-live"),
        ["telemetry", "metrics", ..] => (TokenKind.LiveMetrics, "metrics-live"),
        ["troubleshoot", "delivery", ..] => (TokenKind.Troubleshooting, "troubleshoot"),
        _ => null,
    };

    private static bool AllowsTokenWith(string? authorization) =>
        string.IsNullOrEmpty(authorization)
        || authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
        || authorization.StartsWith("Bearer api_", StringComparison.OrdinalIgnoreCase);
}
