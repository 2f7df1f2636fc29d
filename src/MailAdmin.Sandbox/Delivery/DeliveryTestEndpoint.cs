using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Delivery;

/// <summary><c>/api/troubleshoot/delivery</c>, in every edition.</summary>
internal sealed class DeliveryTestEndpoint(StreamTokens tokens, EventStreams streams, DeliveryTest deliveryTest)
{
    public SandboxResponse IssueToken(ApiCall call) => tokens.Issue(call, TokenKind.Troubleshooting, "troubleshoot");

    public SandboxResponse Test(ApiCall call)
    {
        call.Caller.Require("troubleshoot");
        string target = call.GetDecodedSegment(2).ToLowerInvariant();
        TimeSpan timeout = DeliveryTimeout.From(call.Query);
        return streams.CreateResponse((events, cancellationToken) => deliveryTest.RunAsync(target, timeout, events, cancellationToken));
    }
}
