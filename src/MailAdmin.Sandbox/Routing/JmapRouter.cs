using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Faults;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Limits;
using MailAdmin.Sandbox.SignIn;

namespace MailAdmin.Sandbox.Routing;

/// <summary>Takes a request to a server from 0.16 to who answers it, through faults, bans, limits and signing in.</summary>
/// <param name="routes">The paths, those that match more last.</param>
/// <param name="faults">The faults to inject.</param>
/// <param name="signIn">Signs in the caller.</param>
/// <param name="streamTokens">The tokens that open streams.</param>
/// <param name="limits">How often somebody may call.</param>
/// <param name="blocked">Who gets no answer.</param>
/// <param name="exempt">Who always gets one.</param>
internal sealed class JmapRouter(
    IReadOnlyList<JmapRoute> routes, FaultInjector faults, RequestSignIn signIn, StreamSignIn streamTokens, CallerLimits limits, BlockedAddresses blocked, ExemptAddresses exempt)
{
    private static readonly KeyValuePair<string, string>[] s_challenges =
    [
        KeyValuePair.Create("WWW-Authenticate", $"Bearer realm=\"Stalwart Server\", resource_metadata=\"{JmapOperations.DescribeProtectedResource.Path}\""),
        KeyValuePair.Create("WWW-Authenticate", "Basic realm=\"Stalwart Server\""),
    ];

    public async Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<TriggeredFault> triggered = faults.GetTriggered(request);
        if (faults.Intercept(request, triggered) is { } interception)
        {
            return interception;
        }

        if (!exempt.Contains(request.CallerAddress) && blocked.Contains(request.CallerAddress))
        {
            return SandboxResponse.Reset;
        }

        SandboxResponse response = await ExecuteAsync(JmapCall.From(request), triggered, cancellationToken).ConfigureAwait(false);
        return response.IsReset ? response : faults.Apply(response, triggered);
    }

    private async Task<SandboxResponse> ExecuteAsync(JmapCall call, IReadOnlyList<TriggeredFault> triggered, CancellationToken cancellationToken)
    {
        try
        {
            if (call is { Request.Method: "OPTIONS", Path: ["api" or "auth" or "jmap" or ".well-known", ..] })
            {
                return Responses.NoContent();
            }

            JmapRoute route = routes.FirstOrDefault(route => route.Matches(call)) ?? throw ApiException.NoSuchResource();
            if (route.SignedIn is { } handle)
            {
                SignedInCaller caller = streamTokens.Find(call.Request, call.Query["token"]) ?? signIn.Authenticate(call.Request);
                using IDisposable? slot = limits.Enter(caller);
                await faults.DelayAsync(triggered, cancellationToken).ConfigureAwait(false);
                return handle(call, caller);
            }

            if (route.IsCounted)
            {
                limits.CountAnonymous(call.Request.CallerAddress);
            }

            await faults.DelayAsync(triggered, cancellationToken).ConfigureAwait(false);
            return route.Anonymous!(call);
        }
        catch (ApiException refusal)
        {
            return refusal.Response.Status == 401 && !refusal.HidesAuthenticationSchemes ? refusal.Response.WithHeaders(s_challenges) : refusal.Response;
        }
    }
}
