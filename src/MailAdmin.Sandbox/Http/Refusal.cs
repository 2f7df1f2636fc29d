using MailAdmin.Sandbox.Events;

namespace MailAdmin.Sandbox.Http;

/// <summary>A request that is answered by an error: carries that answer up to the router.</summary>
internal sealed class Refusal : Exception
{
    private Refusal(SandboxResponse answer, LogEvent? happened)
    {
        Answer = answer;
        Event = happened;
    }

    public SandboxResponse Answer { get; }

    /// <summary>Whether later versions name the schemes that they know in such an answer, whatever it was asked.</summary>
    public bool NamesSchemes { get; private init; }

    /// <summary>What the log says of it.</summary>
    public LogEvent? Event { get; }

    public static Refusal BadParameters(string detail = "The request is missing a parameter or has a malformed one.") =>
        new(Answers.Problem(400, "Invalid parameters", detail), LogEvents.BadParameters(detail));

    public static Refusal Unauthorized(string details = "Invalid credentials") =>
        new(Answers.Problem(401, "Unauthorized", "You have to authenticate first."), LogEvents.SignInFailed(details));

    /// <summary>The same for credentials of a kind that the server does not know, or a token that is none.</summary>
    public static Refusal UnknownCredentials(LogEvent happened) =>
        new(Answers.Problem(401, "Unauthorized", "You have to authenticate first."), happened) { NamesSchemes = true };

    public static Refusal TotpRequired() => new(Answers.Problem(402, "TOTP code required", "A TOTP code has to be sent with the password."), LogEvents.TotpMissing());

    public static Refusal Forbidden() => new(Answers.Problem(403, "Forbidden", "You do not have enough permissions to access this resource."), LogEvents.Forbidden());

    public static Refusal TenantQuota() => new(Answers.Problem(403, "Tenant quota exceeded", "The tenant has reached its limit."), LogEvents.TenantQuota());

    public static Refusal NoSuchResource() => new(Answers.Problem(404, "Not Found", "The requested resource does not exist on this server."), LogEvents.NoSuchResource());

    public static Refusal TooManyRequests() => new(Answers.Problem(429, "Too Many Requests", "Your request has been rate limited. Try again in a while."), LogEvents.TooManyRequests());

    public static Refusal TooManyLogins() => new(Answers.Problem(429, "Too Many Authentication Attempts", "Your address has been banned."), LogEvents.Banned());

    public static Refusal Concurrency() => new(Answers.Problem(400, null, "Too many requests at once.", "maxConcurrentRequests"), LogEvents.TooManyAtOnce());

    /// <summary>A PATCH that lost a race, a download that failed: the server says no more than that.</summary>
    public static Refusal InternalError() => new(Answers.Problem(500, "Internal Server Error", "There was a problem while processing your request."), LogEvents.Failed());

    public static Refusal FieldMissing(string field) => new(Answers.Error("fieldMissing", ("field", field)), LogEvents.FieldMissing(field));

    public static Refusal AlreadyExists(string field, string value) => new(Answers.Error("fieldAlreadyExists", ("field", field), ("value", value)), LogEvents.AlreadyExists(field));

    public static Refusal NotFound(string item) => new(Answers.Error("notFound", ("item", item)), LogEvents.NotFound(item));

    public static Refusal Unsupported(string details) => new(Answers.Error("unsupported", ("details", details)), LogEvents.Unsupported(details));

    public static Refusal Enterprise() => Unsupported("Enterprise feature");

    public static Refusal AssertFailed() => new(Answers.Error("assertFailed"), LogEvents.AssertionFailed());

    public static Refusal Other(string details, string? reason = null) => new(Answers.Error("other", ("details", details), ("reason", reason)), LogEvents.OtherFault(details));

    public static Refusal Banned() => new(SandboxResponse.Reset, null);
}
