using System.Diagnostics.CodeAnalysis;
using MailAdmin.Sandbox.Access;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Tokens that open one kind of stream for one minute, for callers that cannot send headers.</summary>
internal sealed class StreamTokens(AccessTokens tokens)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(60);

    /// <summary>A token for a live stream gets as far as the list of what it streams, and is refused there.</summary>
    private static readonly Dictionary<Operation, (TokenKind Kind, string Permission)> s_streams = new()
    {
        [Operations.WatchTraces] = (TokenKind.LiveTracing, "tracing-live"),
        [Operations.ListTraces] = (TokenKind.LiveTracing, "tracing-live"),
        [Operations.WatchMetrics] = (TokenKind.LiveMetrics, "metrics-live"),
        [Operations.ListMetrics] = (TokenKind.LiveMetrics, "metrics-live"),
        [Operations.TestDelivery] = (TokenKind.Troubleshooting, "troubleshoot"),
    };

    public SandboxResponse Issue(ApiCall call, TokenKind kind, string permission)
    {
        call.Caller.Require(permission);

        // A lifetime this short is bound to no secret, so there always is a token.
        return Responses.Data(tokens.Issue(kind, call.Caller.Id, "web", s_lifetime)!);
    }

    /// <summary>
    /// The caller that a token in the query authenticates, who may only open its stream; null where the operation accepts no token, or it is
    /// not valid. It is used only for a request without credentials or with a wrong password.
    /// </summary>
    public Caller? FindCaller(SandboxRequest request, Operation? operation, string? token)
    {
        if (token is null || !AcceptsToken(request, operation))
        {
            return null;
        }

        (TokenKind kind, string permission) = s_streams[operation];
        return tokens.Read(token, kind) is { } info
            ? new Caller(info.AccountId, "", null, null, default(PermissionSet).With(Permissions.GetNumber(permission)))
            : null;
    }

    /// <summary>Whether a request would be accepted with a valid token.</summary>
    public static bool AcceptsToken(SandboxRequest request, [NotNullWhen(true)] Operation? operation) =>
        operation is not null && s_streams.ContainsKey(operation) && AllowsTokenWith(request.Authorization);

    private static bool AllowsTokenWith(string? authorization) =>
        string.IsNullOrEmpty(authorization)
        || authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
        || authorization.StartsWith("Bearer api_", StringComparison.OrdinalIgnoreCase);
}
