using MailAdmin.Sandbox.Events;

namespace MailAdmin.Sandbox.Http;

/// <summary>A request that is refused: carries the response up to the router.</summary>
internal sealed class ApiException : Exception
{
    private const string BadParametersDetail = "The request is missing a parameter or has a malformed one.";

    private ApiException(SandboxResponse response, LogEvent? logEvent)
    {
        Response = response;
        LogEvent = logEvent;
    }

    public SandboxResponse Response { get; }

    /// <summary>Whether later versions list the authentication schemes in such a response, whatever the path.</summary>
    public bool ListsAuthenticationSchemes { get; private init; }

    /// <summary>Whether no version lists them in it.</summary>
    public bool HidesAuthenticationSchemes { get; private init; }

    /// <summary>The event for the log.</summary>
    public LogEvent? LogEvent { get; }

    /// <param name="detail">What the response says.</param>
    /// <param name="reason">What only the log says.</param>
    public static ApiException BadParameters(string detail = BadParametersDetail, string? reason = null) =>
        new(Responses.Problem(400, "Invalid parameters", detail), LogEvents.BadParameters(detail, reason));

    public static ApiException Unauthorized(string details = "Invalid credentials") =>
        new(Responses.Problem(401, "Unauthorized", "You have to authenticate first."), LogEvents.SignInFailed(details));

    /// <summary>The same for credentials of an unknown scheme, or an invalid token.</summary>
    public static ApiException UnknownCredentials(LogEvent logEvent) =>
        new(Responses.Problem(401, "Unauthorized", "You have to authenticate first."), logEvent) { ListsAuthenticationSchemes = true };

    /// <summary>The credential is right, and has expired.</summary>
    public static ApiException CredentialExpired() =>
        new(Responses.Problem(401, "Unauthorized", "The credential has expired."), LogEvents.SignInFailed("Credential expired")) { HidesAuthenticationSchemes = true };

    public static ApiException TotpRequired() => new(Responses.Problem(402, "TOTP code required", "A TOTP code has to be sent with the password."), LogEvents.TotpMissing());

    /// <summary>From 0.16.</summary>
    public static ApiException CodeRequired() => new(Responses.Problem(402, "MFA code required", "A code is required to sign in."), LogEvents.TotpMissing());

    public static ApiException Forbidden() => new(Responses.Problem(403, "Forbidden", "You do not have enough permissions to access this resource."), LogEvents.Forbidden());

    public static ApiException TenantQuotaExceeded() => new(Responses.Problem(403, "Tenant quota exceeded", "The tenant has reached its limit."), LogEvents.TenantQuotaExceeded());

    public static ApiException NoSuchResource() => new(Responses.Problem(404, "Not Found", "The requested resource does not exist on this server."), LogEvents.NoSuchResource());

    public static ApiException TooManyRequests() => new(Responses.Problem(429, "Too Many Requests", "Your request has been rate limited. Try again in a while."), LogEvents.TooManyRequests());

    /// <summary>The same with what a client may do about it.</summary>
    public static ApiException TooManyRequests(int limit, int secondsLeft) => WithHeaders(
        TooManyRequests(),
        ("Retry-After", $"{secondsLeft}"),
        ("RateLimit", $"\"requests\";r=0;t={secondsLeft}"),
        ("RateLimit-Policy", $"\"requests\";q={limit}"));

    public static ApiException TooManyLogins() => new(Responses.Problem(429, "Too Many Authentication Attempts", "Your address has been banned."), LogEvents.Banned());

    public static ApiException TooManyConcurrentRequests() => new(Responses.Problem(400, null, "Too many requests at once.", "maxConcurrentRequests"), LogEvents.TooManyConcurrentRequests());

    /// <summary>The same with the limit in a header.</summary>
    public static ApiException TooManyConcurrentRequests(int limit) => WithHeaders(
        TooManyConcurrentRequests(),
        ("RateLimit", "\"concurrent-requests\";r=0"),
        ("RateLimit-Policy", $"\"concurrent-requests\";q={limit};qu=\"concurrent-requests\""));

    /// <summary>A PATCH that lost a race, a download that failed: the server gives no detail.</summary>
    public static ApiException InternalError() => new(Responses.Problem(500, "Internal Server Error", "There was a problem while processing your request."), LogEvents.InternalError());

    public static ApiException FieldMissing(string field) => new(Responses.Error("fieldMissing", ("field", field)), LogEvents.FieldMissing(field));

    public static ApiException AlreadyExists(string field, string value) => new(Responses.Error("fieldAlreadyExists", ("field", field), ("value", value)), LogEvents.AlreadyExists(field));

    public static ApiException NotFound(string item) => new(Responses.Error("notFound", ("item", item)), LogEvents.NotFound(item));

    public static ApiException Unsupported(string details) => new(Responses.Error("unsupported", ("details", details)), LogEvents.Unsupported(details));

    public static ApiException EnterpriseRequired() => Unsupported("Enterprise feature");

    public static ApiException AssertFailed() => new(Responses.Error("assertFailed"), LogEvents.AssertionFailed());

    public static ApiException Other(string details, string? reason = null) => new(Responses.Error("other", ("details", details), ("reason", reason)), LogEvents.OtherError(details));

    public static ApiException Banned() => new(SandboxResponse.Reset, null);

    private static ApiException WithHeaders(ApiException refusal, params (string Name, string Value)[] headers) =>
        new(refusal.Response.WithHeaders([.. headers.Select(header => KeyValuePair.Create(header.Name, header.Value))]), refusal.LogEvent);
}
