using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Configuration;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Faults;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Limits;
using MailAdmin.Sandbox.Logs;
using MailAdmin.Sandbox.Telemetry;
using MailAdmin.Sandbox.Versions;

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
    /// <summary>The one path beside <c>/api</c> that takes API keys.</summary>
    public const string RegisterPath = "/auth/register";

    private const int MaximumBodyBytes = 1024 * 1024;
    private const int CallsAtOnce = 4;
    private const int CallsPerMinute = 1000;

    private static readonly KeyValuePair<string, string>[] s_schemes =
        [KeyValuePair.Create("WWW-Authenticate", "Bearer realm=\"Stalwart Server\""), KeyValuePair.Create("WWW-Authenticate", "Basic realm=\"Stalwart Server\"")];

    private readonly ConcurrencyLimiter _concurrency = new(CallsAtOnce);
    private readonly RateLimiter<uint> _perMinute = new(clock, CallsPerMinute, TimeSpan.FromMinutes(1));

    public async Task<SandboxResponse> AnswerAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<FaultHit> hits = faults.Hits(request);
        foreach (FaultHit hit in hits)
        {
            switch (hit.Fault.Kind)
            {
                case SandboxFaultKind.Reset:
                    return SandboxResponse.Reset;
                case SandboxFaultKind.Status:
                    return StatusAnswer(hit.Fault);
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

        CallNotes notes = callLog.Begin(request);
        SandboxResponse answer = notes.Answered(await ExecuteAsync(request, hits, notes, cancellationToken).ConfigureAwait(false));
        return answer.IsReset ? answer : Spoil(answer, hits);
    }

    private async Task<SandboxResponse> ExecuteAsync(
        SandboxRequest request, IReadOnlyList<FaultHit> hits, CallNotes notes, CancellationToken cancellationToken)
    {
        (string? path, string? query) = Split(request.Target);
        try
        {
            if (request.Method == "OPTIONS" && IsCrossOrigin(path))
            {
                return Answers.Empty(204);
            }

            if (IsApi(path))
            {
                return await ExecuteApiAsync(request, path, query, hits, notes, cancellationToken).ConfigureAwait(false);
            }

            if (routes.SignedIn.TryGetValue((request.Method, path), out Func<SandboxRequest, Caller, SandboxResponse>? forCaller))
            {
                return await ExecuteSignedInAsync(request, path, forCaller, hits, notes, cancellationToken).ConfigureAwait(false);
            }

            await DelayAsync(hits, cancellationToken).ConfigureAwait(false);
            if (!routes.Open.TryGetValue((request.Method, path), out Func<SandboxRequest, SandboxResponse>? answer))
            {
                throw Refusal.NoSuchResource();
            }

            authenticator.CountAnonymous(request);
            return answer(request);
        }
        catch (Refusal refusal)
        {
            if (refusal.Answer.Status == 401)
            {
                tracer.Refused(request);
            }

            notes.Refused(refusal);
            bool namesSchemes = dialect.NamesSchemes && (refusal.NamesSchemes || (refusal.Answer.Status == 401 && !IsApi(path)));
            return namesSchemes ? refusal.Answer.WithHeaders(s_schemes) : refusal.Answer;
        }
    }

    private async Task<SandboxResponse> ExecuteApiAsync(
        SandboxRequest request, string path, string query, IReadOnlyList<FaultHit> hits, CallNotes notes, CancellationToken cancellationToken)
    {
        string[] elements = path.Split('/')[2..];
        var values = new QueryValues(query);
        Caller caller = SignIn(request, elements, values, notes);
        tracer.SignedIn(request, caller);
        using IDisposable? slot = EnterLimits(caller);
        await DelayAsync(hits, cancellationToken).ConfigureAwait(false);

        if (elements.Length == 0 || !routes.Endpoints.TryGetValue(elements[0], out IEndpoint? endpoint))
        {
            throw Refusal.NoSuchResource();
        }

        if (request.Method == "PATCH" && elements[0] == "principal" && hits.Any(hit => hit.Fault.Kind == SandboxFaultKind.Conflict))
        {
            throw Refusal.InternalError();
        }

        // Mail that is delivered by now shows in mailboxes, not in the queue only.
        catchUp();
        ReadOnlyMemory<byte> body = request.Body.Length > MaximumBodyBytes ? ReadOnlyMemory<byte>.Empty : request.Body;
        return endpoint.Answer(new ApiCall(request, elements, values, body, caller, dialect));
    }

    /// <summary>Who calls; where the credentials do not say, for streams also by the token in the query.</summary>
    private Caller SignIn(SandboxRequest request, string[] elements, QueryValues query, CallNotes notes)
    {
        try
        {
            return SignIn(request, allowApiKeys: true, notes);
        }
        catch (Refusal refusal) when (refusal.Answer.Status == 401)
        {
            if (streamTokens.Find(request, elements, query["token"]) is { } caller)
            {
                return caller;
            }

            // Without a licence the token of a telemetry stream is not even looked at.
            if (query["token"] is { } token && StreamTokens.IsAsked(request, elements) && (enterprise || elements[0] != "telemetry"))
            {
                throw Refusal.UnknownCredentials(LogEvents.TokenUnreadable(token));
            }

            throw;
        }
    }

    private async Task<SandboxResponse> ExecuteSignedInAsync(
        SandboxRequest request,
        string path,
        Func<SandboxRequest, Caller, SandboxResponse> answer,
        IReadOnlyList<FaultHit> hits,
        CallNotes notes,
        CancellationToken cancellationToken)
    {
        Caller caller = SignIn(request, allowApiKeys: path == RegisterPath, notes);
        tracer.SignedIn(request, caller);
        using IDisposable? slot = EnterLimits(caller);
        await DelayAsync(hits, cancellationToken).ConfigureAwait(false);
        return answer(request, caller);
    }

    private Caller SignIn(SandboxRequest request, bool allowApiKeys, CallNotes notes)
    {
        Caller caller = authenticator.Authenticate(request, allowApiKeys);
        notes.SignedIn(caller.IsFallbackAdministrator ? configuration.FallbackUser ?? "" : caller.Name);
        return caller;
    }

    /// <summary>Four calls at once and a thousand a minute, for every account that is not exempt.</summary>
    private IDisposable? EnterLimits(Caller caller)
    {
        if (caller.Permissions.Contains("unlimited-requests"))
        {
            return null;
        }

        if (!_perMinute.TryCount(caller.Id))
        {
            throw Refusal.TooManyRequests();
        }

        return _concurrency.TryEnter(caller.Id) ?? throw Refusal.Concurrency();
    }

    private async Task DelayAsync(IReadOnlyList<FaultHit> hits, CancellationToken cancellationToken)
    {
        foreach (FaultHit? hit in hits.Where(hit => hit.Fault.Kind == SandboxFaultKind.Delay))
        {
            await Task.Delay(hit.Delay, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private SandboxResponse Spoil(SandboxResponse answer, IReadOnlyList<FaultHit> hits)
    {
        foreach (FaultHit hit in hits)
        {
            switch (hit.Fault.Kind)
            {
                case SandboxFaultKind.Lost:
                    return SandboxResponse.Reset;
                case SandboxFaultKind.Truncate:
                    return answer.IsEventStream ? BrokenStreams.Cut(answer, hit.Fault.Events) : BrokenAnswers.Truncated(answer);
                case SandboxFaultKind.Silence when answer.IsEventStream:
                    answer = BrokenStreams.Silenced(answer, hit.Fault.Events);
                    break;
                case SandboxFaultKind.Drip:
                    answer = answer.IsEventStream
                        ? BrokenStreams.Dripping(answer, hit.Delay, clock)
                        : BrokenAnswers.Dripping(answer, hit.Delay, clock);
                    break;
                default:
                    break;
            }
        }

        return answer;
    }

    /// <summary>What a proxy or an overloaded server says before it looks at the request.</summary>
    private static SandboxResponse StatusAnswer(SandboxFault fault)
    {
        SandboxResponse answer = Answers.Problem(fault.Status, fault.Status == 429 ? "Too Many Requests" : "Service Unavailable", "Try again in a while.");
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
    private static bool IsCrossOrigin(string path) => path.Split('/') is [_, "api" or "auth" or ".well-known", ..];

    private static (string Path, string Query) Split(string target)
    {
        int mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }
}
