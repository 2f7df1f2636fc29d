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

/// <summary>Takes a request apart, lets faults and limits have their say, and hands it to whoever answers it.</summary>
/// <param name="routes">Who answers what.</param>
/// <param name="faults">What goes wrong on purpose.</param>
/// <param name="authenticator">Tells who calls.</param>
/// <param name="streamTokens">The tokens by which streams are opened.</param>
/// <param name="revoked">Where tokens go that a fault makes invalid.</param>
/// <param name="configuration">What the server works with.</param>
/// <param name="callLog">Logs calls.</param>
/// <param name="tracer">Traces them.</param>
/// <param name="dialect">How this version puts it.</param>
/// <param name="clock">The sandbox's clock.</param>
/// <param name="enterprise">Whether the server has a licence.</param>
/// <param name="catchUp">Lets happen what is due, before a call is answered.</param>
internal sealed class Router(
    RouteTable routes,
    SandboxFaults faults,
    Authenticator authenticator,
    StreamTokens streamTokens,
    RevokedTokens revoked,
    RunningConfiguration configuration,
    CallLog callLog,
    RequestTracer tracer,
    ServerDialect dialect,
    TimeProvider clock,
    bool enterprise,
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
        IReadOnlyList<TriggeredFault> hits = faults.GetTriggered(request);
        foreach (TriggeredFault hit in hits)
        {
            switch (hit.Fault.Kind)
            {
                case SandboxFaultKind.Reset:
                    return SandboxResponse.Reset;
                case SandboxFaultKind.Status:
                    return CreateStatusResponse(hit.Fault);
                case SandboxFaultKind.ExpireToken:
                    Revoke(request);
                    break;
                default:
                    break;
            }
        }

        if (authenticator.IsBanned(request))
        {
            return SandboxResponse.Reset;
        }

        CallLogScope notes = callLog.Begin(request);
        SandboxResponse answer = notes.Complete(await ExecuteAsync(request, hits, notes, cancellationToken).ConfigureAwait(false));
        return answer.IsReset ? answer : ApplyResponseFaults(answer, hits);
    }

    private async Task<SandboxResponse> ExecuteAsync(
        SandboxRequest request, IReadOnlyList<TriggeredFault> hits, CallLogScope notes, CancellationToken cancellationToken)
    {
        (string? path, string? query) = SplitTarget(request.Target);
        Operation? operation = RouteTable.Find(request.Method, path);
        try
        {
            if (request.Method == "OPTIONS" && AllowsCrossOrigin(path))
            {
                return Responses.Empty(204);
            }

            if (IsApi(path))
            {
                return await ExecuteApiAsync(request, operation, path, query, hits, notes, cancellationToken).ConfigureAwait(false);
            }

            if (operation is not null && routes.Authenticated.TryGetValue(operation, out Func<SandboxRequest, Caller, SandboxResponse>? forCaller))
            {
                return await ExecuteAuthenticatedAsync(request, operation, forCaller, hits, notes, cancellationToken).ConfigureAwait(false);
            }

            await DelayAsync(hits, cancellationToken).ConfigureAwait(false);
            if (operation is null || !routes.Anonymous.TryGetValue(operation, out Func<SandboxRequest, SandboxResponse>? answer))
            {
                throw ApiException.NoSuchResource();
            }

            authenticator.CountAnonymousRequest(request);
            return answer(request);
        }
        catch (ApiException refusal)
        {
            if (refusal.Response.Status == 401)
            {
                tracer.TraceSignInFailure(request);
            }

            notes.RecordRefusal(refusal);
            bool namesSchemes = dialect.SendsAuthenticateHeaders && (refusal.ListsAuthenticationSchemes || (refusal.Response.Status == 401 && !IsApi(path)));
            return namesSchemes ? refusal.Response.WithHeaders(s_authenticateHeaders) : refusal.Response;
        }
    }

    private async Task<SandboxResponse> ExecuteApiAsync(
        SandboxRequest request, Operation? operation, string path, string query, IReadOnlyList<TriggeredFault> hits, CallLogScope notes, CancellationToken cancellationToken)
    {
        var values = new QueryValues(query);
        Caller caller = SignIn(request, operation, values, notes);
        tracer.TraceSignIn(request, caller);
        using IDisposable? slot = ApplyLimits(caller);
        await DelayAsync(hits, cancellationToken).ConfigureAwait(false);

        if (operation is null || !routes.Api.TryGetValue(operation, out Func<ApiCall, SandboxResponse>? handle))
        {
            throw ApiException.NoSuchResource();
        }

        if (operation == Operations.PatchPrincipal && hits.Any(hit => hit.Fault.Kind == SandboxFaultKind.Conflict))
        {
            throw ApiException.InternalError();
        }

        // Mail that is delivered by now shows in mailboxes, not in the queue only.
        catchUp();
        ReadOnlyMemory<byte> body = request.Body.Length > MaxBodyBytes ? ReadOnlyMemory<byte>.Empty : request.Body;
        return handle(new ApiCall(request, path.Split('/')[2..], values, body, caller, dialect));
    }

    /// <summary>Who calls; where the credentials do not say, for streams also by the token in the query.</summary>
    private Caller SignIn(SandboxRequest request, Operation? operation, QueryValues query, CallLogScope notes)
    {
        try
        {
            return SignIn(request, allowApiKeys: true, notes);
        }
        catch (ApiException refusal) when (refusal.Response.Status == 401)
        {
            if (streamTokens.FindCaller(request, operation, query["token"]) is { } caller)
            {
                return caller;
            }

            // Without a licence the token of a telemetry stream is not even looked at.
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
        Func<SandboxRequest, Caller, SandboxResponse> answer,
        IReadOnlyList<TriggeredFault> hits,
        CallLogScope notes,
        CancellationToken cancellationToken)
    {
        // The one operation beside /api that takes API keys.
        Caller caller = SignIn(request, allowApiKeys: operation == Operations.RegisterClient, notes);
        tracer.TraceSignIn(request, caller);
        using IDisposable? slot = ApplyLimits(caller);
        await DelayAsync(hits, cancellationToken).ConfigureAwait(false);
        return answer(request, caller);
    }

    private Caller SignIn(SandboxRequest request, bool allowApiKeys, CallLogScope notes)
    {
        Caller caller = authenticator.Authenticate(request, allowApiKeys);
        notes.RecordSignIn(caller.IsFallbackAdministrator ? configuration.FallbackUser ?? "" : caller.Name);
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

    private async Task DelayAsync(IReadOnlyList<TriggeredFault> hits, CancellationToken cancellationToken)
    {
        foreach (TriggeredFault? hit in hits.Where(hit => hit.Fault.Kind == SandboxFaultKind.Delay))
        {
            await Task.Delay(hit.Delay, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private SandboxResponse ApplyResponseFaults(SandboxResponse answer, IReadOnlyList<TriggeredFault> hits)
    {
        foreach (TriggeredFault hit in hits)
        {
            switch (hit.Fault.Kind)
            {
                case SandboxFaultKind.Lost:
                    return SandboxResponse.Reset;
                case SandboxFaultKind.Truncate:
                    return answer.IsEventStream ? BrokenStreams.Truncate(answer, hit.Fault.Events) : BrokenResponses.Truncate(answer);
                case SandboxFaultKind.Silence when answer.IsEventStream:
                    answer = BrokenStreams.Silence(answer, hit.Fault.Events);
                    break;
                case SandboxFaultKind.Drip:
                    answer = answer.IsEventStream
                        ? BrokenStreams.Drip(answer, hit.Delay, clock)
                        : BrokenResponses.Drip(answer, hit.Delay, clock);
                    break;
                default:
                    break;
            }
        }

        return answer;
    }

    /// <summary>What a proxy or an overloaded server says before it looks at the request.</summary>
    private static SandboxResponse CreateStatusResponse(SandboxFault fault)
    {
        SandboxResponse answer = Responses.Problem(fault.Status, fault.Status == 429 ? "Too Many Requests" : "Service Unavailable", "Try again in a while.");
        return fault.RetryAfter is not { } seconds
            ? answer
            : new SandboxResponse(fault.Status, answer.ContentType, answer.Body) { Headers = [KeyValuePair.Create("Retry-After", $"{seconds}")] };
    }

    private void Revoke(SandboxRequest request)
    {
        if (request.Authorization is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            revoked.Add(header[7..].Trim());
        }
    }

    private static bool IsApi(string path) => path.StartsWith("/api/", StringComparison.Ordinal) || path == "/api";

    /// <summary>Browsers may ask beforehand whether they may call these.</summary>
    private static bool AllowsCrossOrigin(string path) => path.Split('/') is [_, "api" or "auth" or ".well-known", ..];

    private static (string Path, string Query) SplitTarget(string target)
    {
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }
}
