using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Events;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>Traces the requests of the API itself. They are counted and timed; only live streams show them one by one.</summary>
internal sealed class RequestTracer(Tracer tracer, TimeProvider clock)
{
    private const int Port = 8080;

    private int _activeRequests;

    /// <summary>How many requests are being answered at this moment.</summary>
    public int ActiveRequests => Volatile.Read(ref _activeRequests);

    public async Task<SandboxResponse> TraceAsync(SandboxRequest request, Func<SandboxRequest, Task<SandboxResponse>> handle)
    {
        if (!tracer.IsEnabled)
        {
            return await handle(request).ConfigureAwait(false);
        }

        long startedAt = clock.GetTimestamp();
        Interlocked.Increment(ref _activeRequests);
        TraceSpan? span = Begin(request);
        SandboxResponse? response = null;
        try
        {
            return response = await handle(request with { Span = span }).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _activeRequests);
            End(span, clock.GetElapsedTime(startedAt), response);
        }
    }

    /// <summary>A caller signed in.</summary>
    public void TraceSignIn(SandboxRequest request, Caller caller) =>
        tracer.Add(request.Span, "auth.success", clock.GetUtcNow(), ("accountName", caller.Name), ("accountId", caller.Id));

    /// <summary>A sign-in failed.</summary>
    public void TraceSignInFailure(SandboxRequest request) => tracer.Add(request.Span, "auth.failed", clock.GetUtcNow(), ("remoteIp", request.CallerAddress));

    private TraceSpan? Begin(SandboxRequest request)
    {
        DateTimeOffset now = clock.GetUtcNow();
        TraceSpan? span = tracer.Start(
            "http.connection-start", now, isKept: false, ("listenerId", "http"), ("localPort", Port), ("remoteIp", request.CallerAddress));
        tracer.Add(span, "http.request-url", now, ("url", request.Target));
        return span;
    }

    /// <summary>A live stream has only begun.</summary>
    private void End(TraceSpan? span, TimeSpan elapsed, SandboxResponse? response)
    {
        DateTimeOffset now = clock.GetUtcNow();
        tracer.Measure("http.request-time", (long)elapsed.TotalMilliseconds, now);
        if (response is not { IsEventStream: true })
        {
            tracer.End(span, "http.connection-end", now, ("elapsed", elapsed));
        }
    }
}
