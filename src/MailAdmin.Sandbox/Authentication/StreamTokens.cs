using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Tokens that open one kind of stream for a minute, for callers that cannot send headers with it.</summary>
internal sealed class StreamTokens(AccessTokens tokens)
{
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(60);

    public SandboxResponse Issue(ApiCall call, TokenKind kind, string permission)
    {
        call.Caller.Require(permission);

        // A life this short is bound to no secret, so that there always is a token.
        return Answers.Data(tokens.Issue(kind, call.Caller.Id, "web", Life)!);
    }
}
