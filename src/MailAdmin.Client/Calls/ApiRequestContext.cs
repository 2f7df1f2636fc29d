namespace MailAdmin.Client.Calls;

/// <summary>What the handlers and the retry rules know about one API call. It travels with its request and records what happened to it.</summary>
internal sealed class ApiRequestContext(Operation operation, RequestAuthentication authentication = RequestAuthentication.Session)
{
    private static readonly HttpRequestOptionsKey<ApiRequestContext> s_key = new("MailAdmin.ApiRequestContext");

    public Operation Operation { get; } = operation;

    /// <summary>By default that of the operation. Where it depends on the content of the call, the call sets it, and says why.</summary>
    public Idempotency Idempotency { get; init; } = operation.Idempotency;

    /// <summary>Whether it changes the server. By default as the operation does; where that depends on the content of the call, the call sets it.</summary>
    public bool ChangesServer { get; init; } = operation.ChangesServer;

    /// <summary>Whether the server's own failure (500) says that nothing was done. Of most calls it may come after the work.</summary>
    public bool OwnFailureMeansUndone { get; init; }

    /// <summary>What is being done, as the beginning of a sentence; null = what the operation is for.</summary>
    public string? Action { get; init; }

    public RequestAuthentication Authentication { get; } = authentication;

    /// <summary>
    /// Whether the server reads many principals for it (groups, lists, roles, tenants, domains, listings with memberships), or may do so. More than a few of
    /// these at once hang the server (docs/api.md trap 59).
    /// </summary>
    public bool IsExpanded { get; init; }

    /// <summary>Whether it is never sent again by the retry.</summary>
    public bool IsSentOnce { get; init; }

    /// <summary>The command for many items that the call belongs to, if any.</summary>
    public Batch? Batch { get; set; }

    /// <summary>Whether the response is read as it arrives rather than as a whole.</summary>
    public bool Streams { get; init; }

    /// <summary>Whether the response is to be server-sent events.</summary>
    public bool ReadsEvents { get; init; }

    /// <summary>Whether a redirect is the answer, and is not followed.</summary>
    public bool ReturnsRedirect { get; init; }

    /// <summary>Whether the call goes to /auth, whose errors have a format of their own.</summary>
    public bool IsOAuth { get; init; }

    /// <summary>Whether the last response says that nothing was executed, so that any call may be sent again.</summary>
    public bool WasRefusedUnexecuted { get; set; }

    /// <summary>Whether an earlier attempt got no answer and may have been executed: that the last one was not sent does not undo it.</summary>
    public bool WasLost { get; private set; }

    /// <summary>Tells whether the server is known to be away, where the call is then not to be sent.</summary>
    public Func<bool>? IsServerAway { get; set; }

    /// <summary>Told that the server is away: why, and the pause that is asked for; before the slot of the call is free for the next one.</summary>
    public Action<string, TimeSpan?>? OnServerAway { get; set; }

    /// <summary>Whether the last attempt was not sent because the server is known to be away.</summary>
    public bool WasHeldBack { get; set; }

    /// <summary>Whether the server had accepted the credential before this call's last response.</summary>
    public bool CredentialAccepted { get; set; }

    /// <summary>Secrets in the request: the server may quote what it rejects, and no message may contain them.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>When a rate limit first rejected the call; null where none has.</summary>
    public DateTimeOffset? RateLimitedSince { get; set; }

    /// <summary>What the connection that sends the call knows of its server; null where that is nothing.</summary>
    public ServerInfo? Server { get; set; }

    /// <summary>The host that the call goes to, and its port where that is not the usual one, for messages.</summary>
    public string? Host { get; set; }

    /// <summary>How messages call the proxy that the call goes through; null where there is none.</summary>
    public string? Proxy { get; set; }

    /// <summary>Whether the server redirects on and on.</summary>
    public bool IsRedirectedInCircle { get; set; }

    /// <summary>How long nothing of a response may arrive that is read as it arrives.</summary>
    public TimeSpan IdleTimeout { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>How large a response may be that is read as a whole.</summary>
    public long MaxResponseBytes { get; init; } = ResponseSize.MaxBuffered;

    /// <summary>The clock of the connection that sends the call.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Takes note of a failed attempt. A write whose answer was lost stays one, whatever becomes of the attempts after it.</summary>
    public void RecordLoss(HttpResponseMessage? response, Exception? exception) =>
        WasLost |= ChangesServer
            && (response is null
                ? TransportErrorClassifier.MayHaveBeenExecuted(TransportErrorClassifier.Classify(exception))
                : !response.IsSuccessStatusCode && !OutcomeRules.IsRefusal(response, this));

    public void Attach(HttpRequestMessage request) => request.Options.Set(s_key, this);

    public static ApiRequestContext? Get(HttpRequestMessage request) => request.Options.TryGetValue(s_key, out ApiRequestContext? context) ? context : null;
}

/// <summary>How a call authenticates.</summary>
internal enum RequestAuthentication
{
    /// <summary>With the connection's token or key; counts towards the account's limits.</summary>
    Session,

    /// <summary>With a header of its own: the only sign-in with a password. Never sent again after it was rejected.</summary>
    SignIn,

    /// <summary>Not at all: the token endpoints, /.well-known and /healthz.</summary>
    None,
}
