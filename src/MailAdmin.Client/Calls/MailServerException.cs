using System.Net;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>What went wrong, in words that stay the same between versions.</summary>
public enum MailErrorCode
{
    /// <summary>An error the client does not know.</summary>
    Unknown,
    /// <summary>A required field is missing (<c>fieldMissing</c>).</summary>
    FieldMissing,
    /// <summary>The name or address is taken (<c>fieldAlreadyExists</c>).</summary>
    AlreadyExists,
    /// <summary>The thing addressed or named does not exist (<c>notFound</c>, or 404 of a known route).</summary>
    NotFound,
    /// <summary>The server cannot do this: an Enterprise feature, or something switched off (<c>unsupported</c>).</summary>
    Unsupported,
    /// <summary>An <c>assert_empty</c> found something (<c>assertFailed</c>).</summary>
    PreconditionFailed,
    /// <summary>The server rejected the request for a reason of its own (<c>other</c>).</summary>
    RejectedByServer,
    /// <summary>The request was malformed or its parameters invalid (400).</summary>
    InvalidRequest,
    /// <summary>Too many requests in flight for the account (400 with <c>limit</c>); nothing was executed.</summary>
    TooManyConcurrentRequests,
    /// <summary>Not signed in, or the credentials are wrong (401).</summary>
    Unauthorized,
    /// <summary>The account requires a TOTP code (402).</summary>
    TotpRequired,
    /// <summary>Signed in, but a permission is missing (403).</summary>
    Forbidden,
    /// <summary>A quota is exceeded (403 of that title).</summary>
    QuotaExceeded,
    /// <summary>Too many requests (429).</summary>
    RateLimited,
    /// <summary>Too many failed sign-ins: the address is banned (429 on a sign-in).</summary>
    Banned,
    /// <summary>The server failed (500 and above).</summary>
    ServerError,
    /// <summary>A PATCH lost a race with another one (500); nothing of it was applied.</summary>
    WriteConflict,
    /// <summary>An OAuth endpoint returned an error; <see cref="MailServerException.Details"/> holds its code.</summary>
    OAuthError,
    /// <summary>The answer is not what the API sends: an HTML page, truncated JSON, another server.</summary>
    UnexpectedResponse,
    /// <summary>The server redirects elsewhere; no credential follows.</summary>
    Redirected,
    /// <summary>No connection: refused, unknown host, reset.</summary>
    Unreachable,
    /// <summary>The server's certificate is not valid.</summary>
    CertificateInvalid,
    /// <summary>No answer in time.</summary>
    TimedOut,
    /// <summary>The session has expired and cannot be renewed: connect again.</summary>
    SessionExpired,
    /// <summary>The server is 0.16 or later, which has no management REST API.</summary>
    UnsupportedVersion,
    /// <summary>The host is not a Stalwart server.</summary>
    NotStalwart,
    /// <summary>Rejected before anything was sent, since the server would accept it and do harm.</summary>
    RejectedByClient,
    /// <summary>The outcome of a write is unknown: its answer was lost.</summary>
    OutcomeUnknown,
    /// <summary>Not sent: the server failed several times in a row, or was away for too long, and the batch was stopped.</summary>
    NotSent,
    /// <summary>It cannot be removed, since others refer to it (<c>objectIsLinked</c>); <see cref="MailServerException.LinkedObjects"/> names them.</summary>
    InUse,
}

/// <summary>The one exception of the client: an error of the server or of what is in front of it, or no answer at all. Its message never holds a secret.</summary>
public sealed class MailServerException : Exception
{
    /// <summary>Makes the exception.</summary>
    public MailServerException(MailErrorCode code, Operation operation, string message, Exception? innerException = null)
        // It may quote the server, or whoever answered in its place.
        : base(DisplayText.Clean(message), innerException) => (Code, Operation) = (code, operation);

    /// <summary>An error of the client's own: the call is not sent, because the server would accept it and someone would be harmed.</summary>
    /// <param name="operation">What was asked for.</param>
    /// <param name="field">The parameter or field at issue; null where it is none alone.</param>
    /// <param name="message">What is wrong and what to do instead.</param>
    internal static MailServerException CreateRefusal(Operation operation, string? field, string message) =>
        new(MailErrorCode.RejectedByClient, operation, message) { Field = field };

    /// <summary>The same failure of a JMAP call in other words.</summary>
    /// <param name="message">What is wrong and what to do instead.</param>
    internal MailServerException WithMessage(string message) => Copy(message, Item);

    /// <summary>The same failure of a JMAP call, which says what it is about.</summary>
    /// <param name="item">What the call was about.</param>
    internal MailServerException WithItem(string item) => Copy(Message, item);

    private MailServerException Copy(string message, string? item) => new(Code, Operation, message, this)
    {
        Status = Status,
        ServerCode = ServerCode,
        Field = Field,
        Item = item,
        Reason = Reason,
        Details = Details,
        Method = Method,
        ConflictingObject = ConflictingObject,
        LinkedObjects = LinkedObjects,
        MissingPermissions = MissingPermissions,
        MayHaveBeenExecuted = MayHaveBeenExecuted,
    };

    /// <summary>The error of a parameter that the servers of a family have nothing like. Nothing is sent.</summary>
    /// <param name="operation">What was asked for.</param>
    /// <param name="field">The parameter.</param>
    /// <param name="message">Why, and what to use instead.</param>
    internal static MailServerException CreateUnsupported(Operation operation, string field, string message) =>
        new(MailErrorCode.Unsupported, operation, $"Nothing was sent: {message}") { Field = field };

    /// <summary>The stable code.</summary>
    public MailErrorCode Code { get; }
    /// <summary>The operation it came from, such as <c>POST /principal</c>: method and route, never a query or a secret.</summary>
    public Operation Operation { get; }
    /// <summary>The HTTP status; null when there was no answer.</summary>
    public HttpStatusCode? Status { get; init; }
    /// <summary>The server's word for the error, such as <c>fieldAlreadyExists</c> or <c>invalid_grant</c>.</summary>
    public string? ServerCode { get; init; }
    /// <summary>The server's <c>field</c>.</summary>
    public string? Field { get; init; }
    /// <summary>The server's <c>value</c>; a private key is never kept.</summary>
    public string? Value { get; init; }
    /// <summary>The server's <c>item</c>: what was not found; or what is in use.</summary>
    public string? Item { get; init; }
    /// <summary>The server's <c>details</c> or <c>detail</c>.</summary>
    public string? Details { get; init; }
    /// <summary>The server's <c>reason</c>.</summary>
    public string? Reason { get; init; }
    /// <summary>The server's <c>title</c>.</summary>
    public string? Title { get; init; }
    /// <summary>The limit that was exceeded (<c>maxConcurrentRequests</c>).</summary>
    public string? Limit { get; init; }
    /// <summary>The JMAP method that failed, such as <c>x:Account/set</c>; null before 0.16.</summary>
    public string? Method { get; init; }

    /// <summary>The type of the objects that the method is about, such as <c>Account</c>; null where that is not known, and before 0.16.</summary>
    public string? ObjectType => Method is { } method && ObjectTypeName.IsOne(method) ? ObjectTypeName.Trim(method.Split('/')[0]) : null;
    /// <summary>Where a name stands in the place of an id: the property by which <c>Get-MailObject -Filter</c> finds it; null where there is none.</summary>
    public string? NameProperty { get; init; }
    /// <summary>The object that stands in the way: who has the name that is taken, what a reference leads to; null where that is none.</summary>
    public ObjectReference? ConflictingObject { get; init; }
    /// <summary>The objects that refer to one that cannot be removed.</summary>
    public IReadOnlyList<ObjectReference> LinkedObjects { get; init; } = [];
    /// <summary>The permissions that the signed-in account lacks for it, from 0.16 on; empty where that is not known, and where it is not the cause.</summary>
    public IReadOnlyList<string> MissingPermissions { get; init; } = [];
    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }
    /// <summary>Where a redirect points.</summary>
    public Uri? Location { get; init; }
    /// <summary>The SHA-256 fingerprint of the certificate that was refused; null where that is not the cause.</summary>
    public string? CertificateFingerprint { get; init; }
    /// <summary>Whether the request was sent and the server's own answer to it did not come: the server may have executed it.</summary>
    public bool MayHaveBeenExecuted { get; init; }
}
