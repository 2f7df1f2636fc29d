// What the handlers and the retry rules know of a request besides its bytes.
namespace MailAdmin.Client.Calls;

/// <summary>One call of the API. It travels with its request and remembers what happened to it.</summary>
internal sealed class ApiRequestContext(Operation operation, RequestAuthentication authentication = RequestAuthentication.Session)
{
    private static readonly HttpRequestOptionsKey<ApiRequestContext> s_key = new("MailAdmin.ApiRequestContext");

    public Operation Operation { get; } = operation;

    /// <summary>That of the operation. Where it depends on what the call says, the call sets it, and says why.</summary>
    public Idempotency Idempotency { get; init; } = operation.Idempotency;

    public RequestAuthentication Authentication { get; } = authentication;

    /// <summary>Whether the answer is read as it arrives rather than whole.</summary>
    public bool Streams { get; init; }

    /// <summary>Whether the answer is to be server-sent events.</summary>
    public bool ReadsEvents { get; init; }

    /// <summary>Whether it speaks to /auth, whose errors have a form of their own.</summary>
    public bool IsOAuth { get; init; }

    /// <summary>Whether the last answer says that nothing was executed, so that any call may be sent again.</summary>
    public bool WasRefusedUnexecuted { get; set; }

    /// <summary>Whether the server had taken the credential before this call's last answer.</summary>
    public bool CredentialAccepted { get; set; }

    /// <summary>Secrets that the request holds: the server may quote what it refuses, and no message may.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>How long the call has waited for rate limits altogether.</summary>
    public TimeSpan RateLimitWait { get; set; }

    public void Attach(HttpRequestMessage request) => request.Options.Set(s_key, this);

    public static ApiRequestContext? Get(HttpRequestMessage request) => request.Options.TryGetValue(s_key, out ApiRequestContext? context) ? context : null;
}

/// <summary>How a call proves who is asking.</summary>
internal enum RequestAuthentication
{
    /// <summary>With the connection's token or key; counts towards the account's limits.</summary>
    Session,

    /// <summary>With a header of its own: the one sign-in with a password. Never sent again after it was refused.</summary>
    SignIn,

    /// <summary>Not at all: the token endpoints, /.well-known and /healthz.</summary>
    None,
}
