using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Faults;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Routing;

/// <summary>Lets the faults that a test asked for happen to a request.</summary>
/// <param name="faults">The faults.</param>
/// <param name="revoked">Receives the tokens that a fault makes invalid.</param>
/// <param name="clock">The sandbox's clock.</param>
internal sealed class FaultInjector(SandboxFaults faults, RevokedTokens revoked, TimeProvider clock)
{
    public IReadOnlyList<TriggeredFault> GetTriggered(SandboxRequest request) => faults.GetTriggered(request);

    /// <summary>What comes in the place of an answer; null where the request is to be handled.</summary>
    public SandboxResponse? Intercept(SandboxRequest request, IReadOnlyList<TriggeredFault> triggered)
    {
        foreach (TriggeredFault fault in triggered)
        {
            switch (fault.Fault.Kind)
            {
                case SandboxFaultKind.Reset:
                    return SandboxResponse.Reset;
                case SandboxFaultKind.Status:
                    return CreateStatusResponse(fault.Fault);
                case SandboxFaultKind.ExpireToken:
                    Revoke(request);
                    break;
                default:
                    break;
            }
        }

        return null;
    }

    /// <summary>What a fault delays waits here, before the call is handled.</summary>
    public async Task DelayAsync(IReadOnlyList<TriggeredFault> triggered, CancellationToken cancellationToken)
    {
        foreach (TriggeredFault fault in triggered.Where(fault => fault.Fault.Kind == SandboxFaultKind.Delay))
        {
            await Task.Delay(fault.Delay, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The response as the faults leave it.</summary>
    public SandboxResponse Apply(SandboxResponse response, IReadOnlyList<TriggeredFault> triggered)
    {
        foreach (TriggeredFault fault in triggered)
        {
            switch (fault.Fault.Kind)
            {
                case SandboxFaultKind.Lost:
                    return SandboxResponse.Reset;
                case SandboxFaultKind.Truncate:
                    return response.IsEventStream ? BrokenStreams.Truncate(response, fault.Fault.Events) : BrokenResponses.Truncate(response);
                case SandboxFaultKind.Silence when response.IsEventStream:
                    response = BrokenStreams.Silence(response, fault.Fault.Events);
                    break;
                case SandboxFaultKind.Drip:
                    response = response.IsEventStream
                        ? BrokenStreams.Drip(response, fault.Delay, clock)
                        : BrokenResponses.Drip(response, fault.Delay, clock);
                    break;
                default:
                    break;
            }
        }

        return response;
    }

    /// <summary>What a proxy or an overloaded server responds before it reads the request.</summary>
    private static SandboxResponse CreateStatusResponse(SandboxFault fault)
    {
        SandboxResponse response = Responses.Problem(fault.Status, fault.Status == 429 ? "Too Many Requests" : "Service Unavailable", "Try again in a while.");
        return fault.RetryAfter is not { } seconds
            ? response
            : new SandboxResponse(fault.Status, response.ContentType, response.Body) { Headers = [KeyValuePair.Create("Retry-After", $"{seconds}")] };
    }

    private void Revoke(SandboxRequest request)
    {
        if (request.Authorization is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            revoked.Add(header[7..].Trim());
        }
    }
}
