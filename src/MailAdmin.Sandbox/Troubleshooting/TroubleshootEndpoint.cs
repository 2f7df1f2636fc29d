using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Troubleshooting;

/// <summary><c>/api/troubleshoot</c>: in every edition.</summary>
internal sealed class TroubleshootEndpoint(StreamTokens tokens) : IEndpoint
{
    public SandboxResponse Answer(ApiCall call) => (call.Method, call.Element(1), call.Path.Length) switch
    {
        ("GET", "token", 2) => tokens.Issue(call, TokenKind.Troubleshooting, "troubleshoot"),
        _ => throw Refusal.NoSuchResource(),
    };
}
