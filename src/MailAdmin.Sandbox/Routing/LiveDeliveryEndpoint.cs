using MailAdmin.Sandbox.Delivery;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.SignIn;

namespace MailAdmin.Sandbox.Routing;

/// <summary><c>/api/live/delivery/…</c>, in every edition.</summary>
internal sealed class LiveDeliveryEndpoint(EventStreams streams, DeliveryTest deliveryTest)
{
    public SandboxResponse Test(JmapCall call, SignedInCaller caller)
    {
        if (!caller.Has(StreamSignIn.DeliveryPermission))
        {
            throw ApiException.Forbidden();
        }

        string target = call.Decode(3).ToLowerInvariant();
        return streams.CreateResponse((events, cancellationToken) => deliveryTest.RunAsync(target, DeliveryTimeout.From(call.Query), events, cancellationToken));
    }
}
