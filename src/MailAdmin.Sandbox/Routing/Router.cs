using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Faults;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Limits;
using MailAdmin.Sandbox.Logs;
using MailAdmin.Sandbox.Telemetry;

namespace MailAdmin.Sandbox.Routing;

/// <summary>Parses a request, applies faults and limits, and passes it to its handler.</summary>
/// <param name="routes">The handler of each operation.</param>
/// <param name="faults">The faults to inject.</param>
/// <param name="authenticator">Identifies the caller.</param>
/// <param name="streamTokens">The tokens that open streams.</param>
/// <param name="configuration">The settings that the server has loaded.</param>
/// <param name="callLog">Logs calls.</param>
/// <param name="tracer">Traces requests.</param>
/// <param name="dialect">The differences of this server version.</param>
/// <param name="clock">The sandbox's clock.</param>
/// <param name="enterprise">Whether the server has a licence.</param>
/// <param name="isExpanded">Whether a call makes a real server read many principals.</param>
/// <param name="expandedCalls">Limits those calls.</param>
/// <param name="catchUp">Processes what is due before a call is handled.</param>
internal sealed class Router(
    RouteTable routes,
    FaultInjector faults,
    Authenticator authenticator,
    StreamTokens streamTokens,
    RunningConfiguration configuration,
    CallLog callLog,
    RequestTracer tracer,
    ServerDialect dialect,
    TimeProvider clock,
    bool enterprise,
    Func<ApiCall, bool> isExpanded,
    ExpandedCallLimiter expandedCalls,
    Action catchUp)
{
    private const int MaxBodyBytes = 1024 * 1024;
    private const int MaxConcurrentCalls = 4;
    private const int MaxCallsPerMinute = 1000;

    private static readonly KeyValuePair<string, string>[] s_authenticateHeaders =
        [KeyValuePair.Create("WWW-Authenticate", "Bearer realm=\"Stalwart Server\""), KeyValuePair.Create("WWW-Authenticate", "Basic realm=\"Stalwart Server\"")];

    private readonly ConcurrencyLimiter _concurrency = new(MaxConcurrentCalls);
    private readonly RateLimiter<uint> _perMinute = new(clock, MaxCallsPerMinute, TimeSpan.FromMinutes(1));

    public async Task<SandboxResponse> HandleAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<TriggeredFault> triggered = faults.GetTriggered(request);
        if (faults.Intercept(request, triggered) is { } interception)
        {
            return interception;
        }

        if (authenticator.IsBanned(request))
        {
            return SandboxResponse.Reset;
        }

        CallLogScope logScope = callLog.Begin(request);
        SandboxResponse response = logScope.Complete(await ExecuteAsync(request, triggered, logScope, cancellationToken).ConfigureAwait(false));
        return response.IsReset ? response : faults.Apply(response, triggered);
    }

    private async Task<SandboxResponse> ExecuteAsync(
        SandboxRequest request, IReadOnlyList<TriggeredFault> triggered, CallLogScope logScope, CancellationToken cancellationToken)
    {
        (string path, string query) = SplitTarget(request.Target);
        Operation? operation = RouteTable.Find(request.Method, path);
        try
        {
            if (request.Method == "OPTIONS" && AllowsCrossOrigin(path))
            {
                return Responses.Empty(204);
            }

            if (IsApi(path))
            {
                return await ExecuteApiAsync(request, operation, path, query, triggered, logScope, cancellationToken).ConfigureAwait(false);
            }

            if (operation is not null && routes.Authenticated.TryGetValue(operation, out Func<SandboxRequest, Caller, SandboxResponse>? handleForCaller))
            {
                return await ExecuteAuthenticatedAsync(request, operation, handleForCaller, triggered, logScope, cancellationToken).ConfigureAwait(false);
            }

            await faults.DelayAsync(triggered, cancellationToken).ConfigureAwait(false);
            if (operation is null || !routes.Anonymous.TryGetValue(operation, out Func<SandboxRequest, SandboxResponse>? handle))
            {
                throw ApiException.NoSuchResource();
            }

            authenticator.CountAnonymousRequest(request);
            return handle(request);
        }
        catch (ApiException refusal)
        {
            if (refusal.Response.Status == 401)
            {
                tracer.TraceSignInFailure(request);
            }

            logScope.RecordRefusal(refusal);
            bool namesSchemes = dialect.SendsAuthenticateHeaders && (refusal.ListsAuthenticationSchemes || (refusal.Response.Status == 401 && !IsApi(path)));
            return namesSchemes ? refusal.Response.WithHeaders(s_authenticateHeaders) : refusal.Response;
        }
    }

    private async Task<SandboxResponse> ExecuteApiAsync(
        SandboxRequest request, Operation? operation, string path, string query, IReadOnlyList<TriggeredFault> triggered, CallLogScope logScope, CancellationToken cancellationToken)
    {
        var values = new QueryValues(query);
        Caller caller = SignIn(request, operation, values, logScope);
        tracer.TraceSignIn(request, caller);
        using IDisposable? slot = ApplyLimits(caller);
        await faults.DelayAsync(triggered, cancellationToken).ConfigureAwait(false);

        if (operation is null || !routes.Api.TryGetValue(operation, out Func<ApiCall, SandboxResponse>? handle))
        {
            throw ApiException.NoSuchResource();
        }

        if (operation == Operations.PatchPrincipal && triggered.Any(fault => fault.Fault.Kind == SandboxFaultKind.Conflict))
        {
            throw ApiException.InternalError();
        }

        // Mail that is delivered by now shows in mailboxes, not in the queue only.
        catchUp();
        ReadOnlyMemory<byte> body = request.Body.Length > MaxBodyBytes ? ReadOnlyMemory<byte>.Empty : request.Body;
        var call = new ApiCall(operation, request, path.Split('/')[2..], values, body, caller, dialect);
        if (expandedCalls.IsLimited && isExpanded(call))
        {
            await expandedCalls.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return handle(call);
    }

    /// <summary>Identifies the caller by the credentials or, for streams, by the token in the query.</summary>
    private Caller SignIn(SandboxRequest request, Operation? operation, QueryValues query, CallLogScope logScope)
    {
        try
        {
            return SignIn(request, allowApiKeys: true, logScope);
        }
        catch (ApiException refusal) when (refusal.Response.Status == 401)
        {
            if (streamTokens.FindCaller(request, operation, query["token"]) is { } caller)
            {
                return caller;
            }

            // Without a licence the token of a telemetry stream is not checked.
            if (query["token"] is { } token && StreamTokens.AcceptsToken(request, operation) && (enterprise || operation == Operations.TestDelivery))
            {
                throw ApiException.UnknownCredentials(LogEvents.TokenInvalid(token));
            }

            throw;
        }
    }

    private async Task<SandboxResponse> ExecuteAuthenticatedAsync(
        SandboxRequest request,
        Operation operation,
        Func<SandboxRequest, Caller, SandboxResponse> handle,
        IReadOnlyList<TriggeredFault> triggered,
        CallLogScope logScope,
        CancellationToken cancellationToken)
    {
        // The only operation outside /api that accepts API keys.
        Caller caller = SignIn(request, allowApiKeys: operation == Operations.RegisterClient, logScope);
        tracer.TraceSignIn(request, caller);
        using IDisposable? slot = ApplyLimits(caller);
        await faults.DelayAsync(triggered, cancellationToken).ConfigureAwait(false);
        return handle(request, caller);
    }

    private Caller SignIn(SandboxRequest request, bool allowApiKeys, CallLogScope logScope)
    {
        Caller caller = authenticator.Authenticate(request, allowApiKeys);
        logScope.RecordSignIn(caller.IsFallbackAdministrator ? configuration.FallbackUser ?? "" : caller.Name);
        return caller;
    }

    /// <summary>Four calls at once and a thousand a minute, for every account that is not exempt.</summary>
    private IDisposable? ApplyLimits(Caller caller)
    {
        if (caller.Permissions.Contains("unlimited-requests"))
        {
            return null;
        }

        if (!_perMinute.TryAcquire(caller.Id))
        {
            throw ApiException.TooManyRequests();
        }

        return _concurrency.TryEnter(caller.Id) ?? throw ApiException.TooManyConcurrentRequests();
    }

    private static bool IsApi(string path) => path.StartsWith("/api/", StringComparison.Ordinal) || path == "/api";

    /// <summary>The paths that answer a browser's CORS preflight request.</summary>
    private static bool AllowsCrossOrigin(string path) => path.Split('/') is [_, "api" or "auth" or ".well-known", ..];

    private static (string Path, string Query) SplitTarget(string target)
    {
        int separator = target.IndexOf('?', StringComparison.Ordinal);
        return separator < 0 ? (target, "") : (target[..separator], target[(separator + 1)..]);
    }
}
