using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Delivery;

/// <summary><c>/api/troubleshoot</c>: in every edition.</summary>
internal sealed class TroubleshootEndpoint(StreamTokens tokens, EventStreams streams, DeliveryTest delivery, IEndpoint dmarc) : IEndpoint
{
    private const int UsualTimeout = 30;
    private const int LongestTimeout = 60 * 60;

    public SandboxResponse Answer(ApiCall call) => (call.Method, call.Element(1), call.Path.Length) switch
    {
        ("GET", "token", 2) => tokens.Issue(call, TokenKind.Troubleshooting, "troubleshoot"),
        ("GET", "delivery", 3) => TestDelivery(call),
        ("POST", "dmarc", 2) => dmarc.Answer(call),
        _ => throw Refusal.NoSuchResource(),
    };

    private SandboxResponse TestDelivery(ApiCall call)
    {
        call.Caller.Require("troubleshoot");
        string target = call.Decoded(2).ToLowerInvariant();
        int seconds = call.Query.Number("timeout");
        var timeout = TimeSpan.FromSeconds(seconds > 0 ? Math.Min(seconds, LongestTimeout) : UsualTimeout);
        return streams.Start((events, cancellationToken) => delivery.RunAsync(target, timeout, events, cancellationToken));
    }
}
