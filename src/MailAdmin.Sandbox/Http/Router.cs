using MailAdmin.Sandbox.Accounts;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Dns;
using MailAdmin.Sandbox.Faults;
using MailAdmin.Sandbox.Limits;
using MailAdmin.Sandbox.Logs;
using MailAdmin.Sandbox.Maintenance;
using MailAdmin.Sandbox.Queue;
using MailAdmin.Sandbox.Reports;
using MailAdmin.Sandbox.Settings;
using MailAdmin.Sandbox.SpamFilter;
using MailAdmin.Sandbox.Troubleshooting;

namespace MailAdmin.Sandbox.Http;

/// <summary>Takes a request apart, lets faults and limits have their say, and hands it to whoever answers it.</summary>
internal sealed class Router
{
    private const int MaximumBodyBytes = 1024 * 1024;
    private const int CallsAtOnce = 4;
    private const int CallsPerMinute = 1000;
    private const string RegisterPath = "/auth/register";

    private static readonly KeyValuePair<string, string>[] Schemes =
        [KeyValuePair.Create("WWW-Authenticate", "Bearer realm=\"Stalwart Server\""), KeyValuePair.Create("WWW-Authenticate", "Basic realm=\"Stalwart Server\"")];

    private readonly SandboxServer server;
    private readonly Authenticator authenticator;
    private readonly CallLog callLog;
    private readonly StreamTokens streamTokens;
    private readonly bool enterprise;
    private readonly RevokedTokens revoked = new();
    private readonly ConcurrencyLimiter concurrency = new(CallsAtOnce);
    private readonly RateLimiter<uint> perMinute;
    private readonly Dictionary<string, IEndpoint> endpoints;
    private readonly Dictionary<(string Method, string Path), Func<SandboxRequest, SandboxResponse>> open;
    private readonly Dictionary<(string Method, string Path), Func<SandboxRequest, Caller, SandboxResponse>> signedIn;

    public Router(SandboxServer server, SandboxOptions options)
    {
        this.server = server;
        enterprise = options.Enterprise;
        var clock = server.Clock;
        var store = server.Store;
        var settings = server.Settings;
        var baseUri = (options.BaseUri ?? new Uri($"http://{options.HostName}:8080")).ToString().TrimEnd('/');
        var configuration = server.Configuration;
        var permissions = new PermissionBook(store, options.Enterprise);
        var codes = new OAuthCodes(clock);
        var tokens = new AccessTokens(clock, account => FirstSecret(account, configuration));
        var tenants = new TenantDomains(store);
        streamTokens = new StreamTokens(tokens);
        var dns = new DnsRecords(settings, options.HostName);
        var idTokens = new IdTokens(clock, baseUri);
        authenticator = new Authenticator(store, permissions, configuration, settings, tokens, revoked, clock, options.TreatCallersAsLoopback);
        callLog = new CallLog(server.Log, settings, server.Dialect, clock);
        perMinute = new RateLimiter<uint>(clock, CallsPerMinute, TimeSpan.FromMinutes(1));

        endpoints = new Dictionary<string, IEndpoint>(StringComparer.Ordinal)
        {
            ["oauth"] = new CodeEndpoint(codes, server.Dialect, options.Enterprise),
            ["principal"] = new PrincipalEndpoint(store, permissions, options.Enterprise, Created),
            ["account"] = new AccountEndpoint(store, settings, new EncryptionAtRest(server.Dialect)),
            ["queue"] = new QueueEndpoint(server.Queue, tenants, new OutgoingReportEndpoint(server.OutgoingReports, tenants)),
            ["reports"] = new IncomingReportEndpoint(server.IncomingReports, tenants),
            ["dkim"] = new DkimEndpoint(settings, clock),
            ["dns"] = new DnsEndpoint(dns),
            ["settings"] = new SettingsEndpoint(settings),
            ["reload"] = new ReloadEndpoint(configuration),
            ["store"] = new StoreEndpoint(store, server.Blobs, server.Queue, server.Deleted, server.SpamModels, options.Enterprise),
            ["spam-filter"] = new SpamEndpoint(
                new SpamClassifier(server.SpamModels, new TransportTags(server.Hosts, dns), store, configuration, clock),
                server.SpamModels,
                new SpamTraining(server.SpamModels, clock),
                store),
            ["logs"] = new LogsEndpoint(server.Log),
            ["telemetry"] = server.CreateTelemetryEndpoint(streamTokens),
            ["troubleshoot"] = new TroubleshootEndpoint(
                streamTokens,
                server.Streams,
                new DeliveryTest(server.Hosts, server.Dialect, clock, options.Empty ? TimeSpan.Zero : TimeSpan.FromMilliseconds(12)),
                new DmarcTest(server.Hosts, dns, clock)),
            ["update"] = new UpkeepEndpoint(),
            ["restart"] = new UpkeepEndpoint(),
        };

        var discovery = new Discovery(baseUri, server.Dialect);
        var token = new TokenEndpoint(codes, tokens, idTokens, revoked, authenticator, baseUri, clock);
        var identity = new IdentityEndpoint(store, tokens, authenticator);
        open = new Dictionary<(string, string), Func<SandboxRequest, SandboxResponse>>
        {
            [("GET", "/healthz/live")] = _ => Healthy(),
            [("GET", "/healthz/ready")] = _ => Healthy(),
            [("GET", "/.well-known/oauth-authorization-server")] = _ => discovery.AuthorizationServer(),
            [("GET", "/.well-known/openid-configuration")] = _ => discovery.OpenId(),
            [("GET", "/auth/jwks.json")] = _ => Answers.Object(200, idTokens.WriteKeySet, "application/json"),
            [("POST", "/auth/token")] = token.Grant,
            [("POST", "/auth/device")] = token.StartDevice,
        };
        signedIn = new Dictionary<(string, string), Func<SandboxRequest, Caller, SandboxResponse>>
        {
            [("POST", "/auth/introspect")] = identity.Introspect,
            [("GET", "/auth/userinfo")] = (_, caller) => identity.UserInfo(caller),
            [("POST", RegisterPath)] = identity.Register,
        };
    }

    public async Task<SandboxResponse> AnswerAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        var hits = server.Faults.Hits(request);
        foreach (var hit in hits)
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
            return SandboxResponse.Reset;
        var notes = callLog.Begin(request);
        var answer = notes.Answered(await ExecuteAsync(request, hits, notes, cancellationToken).ConfigureAwait(false));
        return answer.IsReset ? answer : Spoil(answer, hits);
    }

    private async Task<SandboxResponse> ExecuteAsync(
        SandboxRequest request, IReadOnlyList<FaultHit> hits, CallNotes notes, CancellationToken cancellationToken)
    {
        var (path, query) = Split(request.Target);
        try
        {
            if (request.Method == "OPTIONS" && IsCrossOrigin(path))
                return Answers.Empty(204);
            if (IsApi(path))
                return await ExecuteApiAsync(request, path, query, hits, notes, cancellationToken).ConfigureAwait(false);
            if (signedIn.TryGetValue((request.Method, path), out var forCaller))
                return await ExecuteSignedInAsync(request, path, forCaller, hits, notes, cancellationToken).ConfigureAwait(false);
            await DelayAsync(hits, cancellationToken).ConfigureAwait(false);
            if (!open.TryGetValue((request.Method, path), out var answer))
                throw Refusal.NoSuchResource();
            authenticator.CountAnonymous(request);
            return answer(request);
        }
        catch (Refusal refusal)
        {
            if (refusal.Answer.Status == 401)
                server.Requests.Refused(request);
            notes.Refused(refusal);
            var namesSchemes = server.Dialect.NamesSchemes && (refusal.NamesSchemes || (refusal.Answer.Status == 401 && !IsApi(path)));
            return namesSchemes ? refusal.Answer.WithHeaders(Schemes) : refusal.Answer;
        }
    }

    private async Task<SandboxResponse> ExecuteApiAsync(
        SandboxRequest request, string path, string query, IReadOnlyList<FaultHit> hits, CallNotes notes, CancellationToken cancellationToken)
    {
        var elements = path.Split('/')[2..];
        var values = new QueryValues(query);
        var caller = SignIn(request, elements, values, notes);
        server.Requests.SignedIn(request, caller);
        using var slot = EnterLimits(caller);
        await DelayAsync(hits, cancellationToken).ConfigureAwait(false);

        if (elements.Length == 0 || !endpoints.TryGetValue(elements[0], out var endpoint))
            throw Refusal.NoSuchResource();
        if (request.Method == "PATCH" && elements[0] == "principal" && hits.Any(hit => hit.Fault.Kind == SandboxFaultKind.Conflict))
            throw Refusal.InternalError();

        // Mail that is delivered by now shows in mailboxes, not in the queue only.
        server.Queue.CatchUp();
        var body = request.Body.Length > MaximumBodyBytes ? ReadOnlyMemory<byte>.Empty : request.Body;
        return endpoint.Answer(new ApiCall(request, elements, values, body, caller, server.Dialect));
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
                return caller;

            // Without a licence the token of a telemetry stream is not even looked at.
            if (query["token"] is { } token && StreamTokens.IsAsked(request, elements) && (enterprise || elements[0] != "telemetry"))
                throw Refusal.UnknownCredentials(LogEvents.TokenUnreadable(token));
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
        var caller = SignIn(request, allowApiKeys: path == RegisterPath, notes);
        server.Requests.SignedIn(request, caller);
        using var slot = EnterLimits(caller);
        await DelayAsync(hits, cancellationToken).ConfigureAwait(false);
        return answer(request, caller);
    }

    private Caller SignIn(SandboxRequest request, bool allowApiKeys, CallNotes notes)
    {
        var caller = authenticator.Authenticate(request, allowApiKeys);
        notes.SignedIn(caller.IsFallbackAdministrator ? server.Configuration.FallbackUser ?? "" : caller.Name);
        return caller;
    }

    /// <summary>Four calls at once and a thousand a minute, for every account that is not exempt.</summary>
    private IDisposable? EnterLimits(Caller caller)
    {
        if (caller.Permissions.Contains("unlimited-requests"))
            return null;
        if (!perMinute.TryCount(caller.Id))
            throw Refusal.TooManyRequests();
        return concurrency.TryEnter(caller.Id) ?? throw Refusal.Concurrency();
    }

    private async Task DelayAsync(IReadOnlyList<FaultHit> hits, CancellationToken cancellationToken)
    {
        foreach (var hit in hits.Where(hit => hit.Fault.Kind == SandboxFaultKind.Delay))
            await Task.Delay(hit.Delay, server.Clock, cancellationToken).ConfigureAwait(false);
    }

    private SandboxResponse Spoil(SandboxResponse answer, IReadOnlyList<FaultHit> hits)
    {
        foreach (var hit in hits)
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
                        ? BrokenStreams.Dripping(answer, hit.Delay, server.Clock)
                        : BrokenAnswers.Dripping(answer, hit.Delay, server.Clock);
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
        var answer = Answers.Problem(fault.Status, fault.Status == 429 ? "Too Many Requests" : "Service Unavailable", "Try again in a while.");
        return fault.RetryAfter is not { } seconds
            ? answer
            : new SandboxResponse(fault.Status, answer.ContentType, answer.Body) { Headers = [KeyValuePair.Create("Retry-After", $"{seconds}")] };
    }

    private SandboxResponse Healthy() => Answers.Problem(200, server.Dialect.TitlesHealth ? "OK" : null, "OK");

    private void Revoke(SandboxRequest request)
    {
        if (request.Authorization is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            revoked.Add(header[7..].Trim());
    }

    private string? FirstSecret(uint account, RunningConfiguration configuration) => account == Caller.FallbackAdministrator
        ? configuration.FallbackSecret
        : server.Store.Find(account)?.Secrets?.FirstOrDefault(secret => !server.Dialect.KeepsOnePassword || SecretKinds.IsPassword(secret));

    /// <summary>The first domain becomes the one that reports come from.</summary>
    private void Created(Principal principal)
    {
        if (principal.Type == PrincipalType.Domain && server.Settings["report.domain"] is null)
            server.Settings.Set("report.domain", principal.Name);
    }

    private static bool IsApi(string path) => path.StartsWith("/api/", StringComparison.Ordinal) || path == "/api";

    /// <summary>Browsers may ask beforehand whether they may call these.</summary>
    private static bool IsCrossOrigin(string path) => path.Split('/') is [_, "api" or "auth" or ".well-known", ..];

    private static (string Path, string Query) Split(string target)
    {
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        return mark < 0 ? (target, "") : (target[..mark], target[(mark + 1)..]);
    }
}
