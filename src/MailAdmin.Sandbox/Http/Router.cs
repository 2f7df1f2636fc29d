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

    private static readonly KeyValuePair<string, string>[] s_schemes =
        [KeyValuePair.Create("WWW-Authenticate", "Bearer realm=\"Stalwart Server\""), KeyValuePair.Create("WWW-Authenticate", "Basic realm=\"Stalwart Server\"")];

    private readonly SandboxServer _server;
    private readonly Authenticator _authenticator;
    private readonly CallLog _callLog;
    private readonly StreamTokens _streamTokens;
    private readonly bool _enterprise;
    private readonly RevokedTokens _revoked = new();
    private readonly ConcurrencyLimiter _concurrency = new(CallsAtOnce);
    private readonly RateLimiter<uint> _perMinute;
    private readonly Dictionary<string, IEndpoint> _endpoints;
    private readonly Dictionary<(string Method, string Path), Func<SandboxRequest, SandboxResponse>> _open;
    private readonly Dictionary<(string Method, string Path), Func<SandboxRequest, Caller, SandboxResponse>> _signedIn;

    public Router(SandboxServer server, SandboxOptions options)
    {
        _server = server;
        _enterprise = options.Enterprise;
        SandboxClock clock = server.Clock;
        PrincipalStore store = server.Store;
        SettingsStore settings = server.Settings;
        string baseUri = (options.BaseUri ?? new Uri($"http://{options.HostName}:8080")).ToString().TrimEnd('/');
        RunningConfiguration configuration = server.Configuration;
        var permissions = new PermissionBook(store, options.Enterprise);
        var codes = new OAuthCodes(clock);
        var tokens = new AccessTokens(clock, account => FirstSecret(account, configuration));
        var tenants = new TenantDomains(store);
        _streamTokens = new StreamTokens(tokens);
        var dns = new DnsRecords(settings, options.HostName);
        var idTokens = new IdTokens(clock, baseUri);
        _authenticator = new Authenticator(store, permissions, configuration, settings, tokens, _revoked, clock, options.TreatCallersAsLoopback);
        _callLog = new CallLog(server.Log, settings, server.Dialect, clock);
        _perMinute = new RateLimiter<uint>(clock, CallsPerMinute, TimeSpan.FromMinutes(1));

        _endpoints = new Dictionary<string, IEndpoint>(StringComparer.Ordinal)
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
            ["telemetry"] = server.CreateTelemetryEndpoint(_streamTokens),
            ["troubleshoot"] = new TroubleshootEndpoint(
                _streamTokens,
                server.Streams,
                new DeliveryTest(server.Hosts, server.Dialect, clock, options.Empty ? TimeSpan.Zero : TimeSpan.FromMilliseconds(12)),
                new DmarcTest(server.Hosts, dns, clock)),
            ["update"] = new UpkeepEndpoint(),
            ["restart"] = new UpkeepEndpoint(),
        };

        var discovery = new Discovery(baseUri, server.Dialect);
        var token = new TokenEndpoint(codes, tokens, idTokens, _revoked, _authenticator, baseUri, clock);
        var identity = new IdentityEndpoint(store, tokens, _authenticator);
        _open = new Dictionary<(string, string), Func<SandboxRequest, SandboxResponse>>
        {
            [("GET", "/healthz/live")] = _ => Healthy(),
            [("GET", "/healthz/ready")] = _ => Healthy(),
            [("GET", "/.well-known/oauth-authorization-server")] = _ => discovery.AuthorizationServer(),
            [("GET", "/.well-known/openid-configuration")] = _ => discovery.OpenId(),
            [("GET", "/auth/jwks.json")] = _ => Answers.Object(200, idTokens.WriteKeySet, "application/json"),
            [("POST", "/auth/token")] = token.Grant,
            [("POST", "/auth/device")] = token.StartDevice,
        };
        _signedIn = new Dictionary<(string, string), Func<SandboxRequest, Caller, SandboxResponse>>
        {
            [("POST", "/auth/introspect")] = identity.Introspect,
            [("GET", "/auth/userinfo")] = (_, caller) => identity.UserInfo(caller),
            [("POST", RegisterPath)] = identity.Register,
        };
    }

    public async Task<SandboxResponse> AnswerAsync(SandboxRequest request, CancellationToken cancellationToken)
    {
        IReadOnlyList<FaultHit> hits = _server.Faults.Hits(request);
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

        if (_authenticator.IsBanned(request))
        {
            return SandboxResponse.Reset;
        }

        CallNotes notes = _callLog.Begin(request);
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

            if (_signedIn.TryGetValue((request.Method, path), out Func<SandboxRequest, Caller, SandboxResponse>? forCaller))
            {
                return await ExecuteSignedInAsync(request, path, forCaller, hits, notes, cancellationToken).ConfigureAwait(false);
            }

            await DelayAsync(hits, cancellationToken).ConfigureAwait(false);
            if (!_open.TryGetValue((request.Method, path), out Func<SandboxRequest, SandboxResponse>? answer))
            {
                throw Refusal.NoSuchResource();
            }

            _authenticator.CountAnonymous(request);
            return answer(request);
        }
        catch (Refusal refusal)
        {
            if (refusal.Answer.Status == 401)
            {
                _server.Requests.Refused(request);
            }

            notes.Refused(refusal);
            bool namesSchemes = _server.Dialect.NamesSchemes && (refusal.NamesSchemes || (refusal.Answer.Status == 401 && !IsApi(path)));
            return namesSchemes ? refusal.Answer.WithHeaders(s_schemes) : refusal.Answer;
        }
    }

    private async Task<SandboxResponse> ExecuteApiAsync(
        SandboxRequest request, string path, string query, IReadOnlyList<FaultHit> hits, CallNotes notes, CancellationToken cancellationToken)
    {
        string[] elements = path.Split('/')[2..];
        var values = new QueryValues(query);
        Caller caller = SignIn(request, elements, values, notes);
        _server.Requests.SignedIn(request, caller);
        using IDisposable? slot = EnterLimits(caller);
        await DelayAsync(hits, cancellationToken).ConfigureAwait(false);

        if (elements.Length == 0 || !_endpoints.TryGetValue(elements[0], out IEndpoint? endpoint))
        {
            throw Refusal.NoSuchResource();
        }

        if (request.Method == "PATCH" && elements[0] == "principal" && hits.Any(hit => hit.Fault.Kind == SandboxFaultKind.Conflict))
        {
            throw Refusal.InternalError();
        }

        // Mail that is delivered by now shows in mailboxes, not in the queue only.
        _server.Queue.CatchUp();
        ReadOnlyMemory<byte> body = request.Body.Length > MaximumBodyBytes ? ReadOnlyMemory<byte>.Empty : request.Body;
        return endpoint.Answer(new ApiCall(request, elements, values, body, caller, _server.Dialect));
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
            if (_streamTokens.Find(request, elements, query["token"]) is { } caller)
            {
                return caller;
            }

            // Without a licence the token of a telemetry stream is not even looked at.
            if (query["token"] is { } token && StreamTokens.IsAsked(request, elements) && (_enterprise || elements[0] != "telemetry"))
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
        _server.Requests.SignedIn(request, caller);
        using IDisposable? slot = EnterLimits(caller);
        await DelayAsync(hits, cancellationToken).ConfigureAwait(false);
        return answer(request, caller);
    }

    private Caller SignIn(SandboxRequest request, bool allowApiKeys, CallNotes notes)
    {
        Caller caller = _authenticator.Authenticate(request, allowApiKeys);
        notes.SignedIn(caller.IsFallbackAdministrator ? _server.Configuration.FallbackUser ?? "" : caller.Name);
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
            await Task.Delay(hit.Delay, _server.Clock, cancellationToken).ConfigureAwait(false);
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
                        ? BrokenStreams.Dripping(answer, hit.Delay, _server.Clock)
                        : BrokenAnswers.Dripping(answer, hit.Delay, _server.Clock);
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

    private SandboxResponse Healthy() => Answers.Problem(200, _server.Dialect.TitlesHealth ? "OK" : null, "OK");

    private void Revoke(SandboxRequest request)
    {
        if (request.Authorization is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            _revoked.Add(header[7..].Trim());
        }
    }

    private string? FirstSecret(uint account, RunningConfiguration configuration) => account == Caller.FallbackAdministrator
        ? configuration.FallbackSecret
        : _server.Store.Find(account)?.Secrets?.FirstOrDefault(secret => !_server.Dialect.KeepsOnePassword || SecretKinds.IsPassword(secret));

    /// <summary>The first domain becomes the one that reports come from.</summary>
    private void Created(Principal principal)
    {
        if (principal.Type == PrincipalType.Domain && _server.Settings["report.domain"] is null)
        {
            _server.Settings.Set("report.domain", principal.Name);
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
