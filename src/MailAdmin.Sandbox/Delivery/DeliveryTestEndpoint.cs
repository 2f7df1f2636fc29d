using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Delivery;

/// <summary><c>/api/troubleshoot/delivery</c>, in every edition.</summary>
internal sealed class DeliveryTestEndpoint(StreamTokens tokens, EventStreams streams, DeliveryTest deliveryTest)
{
    private const int DefaultTimeoutSeconds = 30;
    private const int MaxTimeoutSeconds = 60 * 60;

    public SandboxResponse IssueToken(ApiCall call) => tokens.Issue(call, TokenKind.Troubleshooting, "troubleshoot");

    public SandboxResponse Test(ApiCall call)
    {
        call.Caller.Require("troubleshoot");
        string target = call.GetDecodedSegment(2).ToLowerInvariant();
        int seconds = call.Query.GetInt32("timeout");
        var timeout = TimeSpan.FromSeconds(seconds > 0 ? Math.Min(seconds, MaxTimeoutSeconds) : DefaultTimeoutSeconds);
        return streams.CreateResponse((events, cancellationToken) => deliveryTest.RunAsync(target, timeout, events, cancellationToken));
    }
}
