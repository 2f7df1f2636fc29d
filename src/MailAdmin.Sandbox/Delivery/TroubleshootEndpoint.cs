using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Delivery;

/// <summary><c>/api/troubleshoot</c>: in every edition.</summary>
internal sealed class TroubleshootEndpoint(StreamTokens tokens, EventStreams streams, DeliveryTest deliveryTest, IEndpoint dmarc) : IEndpoint
{
    private const int DefaultTimeoutSeconds = 30;
    private const int MaxTimeoutSeconds = 60 * 60;

    public SandboxResponse Handle(ApiCall call) => (call.Method, call.GetSegment(1), call.Path.Length) switch
    {
        ("GET", "token", 2) => tokens.Issue(call, TokenKind.Troubleshooting, "troubleshoot"),
        ("GET", "delivery", 3) => TestDelivery(call),
        ("POST", "dmarc", 2) => dmarc.Handle(call),
        _ => throw ApiException.NoSuchResource(),
    };

    private SandboxResponse TestDelivery(ApiCall call)
    {
        call.Caller.Require("troubleshoot");
        string target = call.GetDecodedSegment(2).ToLowerInvariant();
        int seconds = call.Query.GetInt32("timeout");
        var timeout = TimeSpan.FromSeconds(seconds > 0 ? Math.Min(seconds, MaxTimeoutSeconds) : DefaultTimeoutSeconds);
        return streams.CreateResponse((events, cancellationToken) => deliveryTest.RunAsync(target, timeout, events, cancellationToken));
    }
}
