using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.SignIn;
using MailAdmin.Sandbox.Telemetry;

namespace MailAdmin.Sandbox.Routing;

/// <summary><c>/api/live/tracing</c> and <c>/api/live/metrics</c>: without a licence they are not there.</summary>
internal sealed class LiveTelemetryEndpoint(bool hasLicence, EventStreams streams, LiveTraces traces, LiveMetrics metrics)
{
    public SandboxResponse WatchTraces(JmapCall call, SignedInCaller caller)
    {
        Require(caller, StreamSignIn.TracingPermission);
        return streams.CreateResponse(traces.Subscribe(new LiveFilter(call.Query, isNewer: true)));
    }

    public SandboxResponse WatchMetrics(JmapCall call, SignedInCaller caller)
    {
        Require(caller, StreamSignIn.MetricsPermission);
        return streams.CreateResponse((events, cancellationToken) => metrics.RunAsync(call.Query, events, cancellationToken));
    }

    private void Require(SignedInCaller caller, string permission)
    {
        if (!hasLicence)
        {
            throw ApiException.NoSuchResource();
        }

        if (!caller.Has(permission))
        {
            throw ApiException.Forbidden();
        }
    }
}
