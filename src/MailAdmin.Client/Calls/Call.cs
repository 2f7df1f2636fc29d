// What the handlers and the retry rules know of a request besides its bytes.
namespace MailAdmin.Client.Calls;

/// <summary>One call of the API. It travels with its request and remembers what happened to it.</summary>
internal sealed class Call(HttpMethod method, string route, CallSafety safety, CallIdentity identity = CallIdentity.Session)
{
    private static readonly HttpRequestOptionsKey<Call> s_key = new("MailAdmin.Call");

    /// <summary>Method and route template, such as <c>PATCH /principal/{name}</c>: fit for a message.</summary>
    public string Operation { get; } = $"{method} {route}";

    public HttpMethod Method { get; } = method;

    public CallSafety Safety { get; } = safety;

    public CallIdentity Identity { get; } = identity;

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
    public TimeSpan WaitedForRate { get; set; }

    public void Attach(HttpRequestMessage request) => request.Options.Set(s_key, this);

    public static Call? Of(HttpRequestMessage request) => request.Options.TryGetValue(s_key, out Call? call) ? call : null;
}

/// <summary>What may be done with a call whose outcome is unknown.</summary>
internal enum CallSafety
{
    /// <summary>Reads, or can be sent twice without harm: send again after any failure on the way.</summary>
    Repeatable,

    /// <summary>Changes the server: send again only when it surely was not executed.</summary>
    Once,
}

/// <summary>How a call proves who is asking.</summary>
internal enum CallIdentity
{
    /// <summary>With the connection's token or key; counts towards the account's limits.</summary>
    Session,

    /// <summary>With a header of its own: the one sign-in with a password. Never sent again after it was refused.</summary>
    SignIn,

    /// <summary>Not at all: the token endpoints, /.well-known and /healthz.</summary>
    None,
}
