namespace MailAdmin.Sandbox.Http;

/// <summary>A request that is answered by an error: carries that answer up to the router.</summary>
internal sealed class Refusal : Exception
{
    private Refusal(SandboxResponse answer) => Answer = answer;

    public SandboxResponse Answer { get; }

    public static Refusal BadParameters(string detail = "The request is missing a parameter or has a malformed one.") =>
        new(Answers.Problem(400, "Invalid parameters", detail));

    public static Refusal Unauthorized() => new(Answers.Problem(401, "Unauthorized", "You have to authenticate first."));

    public static Refusal TotpRequired() => new(Answers.Problem(402, "TOTP code required", "A TOTP code has to be sent with the password."));

    public static Refusal Forbidden() => new(Answers.Problem(403, "Forbidden", "You do not have enough permissions to access this resource."));

    public static Refusal TenantQuota() => new(Answers.Problem(403, "Tenant quota exceeded", "The tenant has reached its limit."));

    public static Refusal NoSuchResource() => new(Answers.Problem(404, "Not Found", "The requested resource does not exist on this server."));

    public static Refusal TooManyRequests() => new(Answers.Problem(429, "Too Many Requests", "Your request has been rate limited. Try again in a while."));

    public static Refusal TooManyLogins() => new(Answers.Problem(429, "Too Many Authentication Attempts", "Your address has been banned."));

    public static Refusal Concurrency() => new(Answers.Problem(400, null, "Too many requests at once.", "maxConcurrentRequests"));

    /// <summary>A PATCH that lost a race, a download that failed: the server says no more than that.</summary>
    public static Refusal InternalError() => new(Answers.Problem(500, "Internal Server Error", "There was a problem while processing your request."));

    public static Refusal FieldMissing(string field) => new(Answers.Error("fieldMissing", ("field", field)));

    public static Refusal AlreadyExists(string field, string value) => new(Answers.Error("fieldAlreadyExists", ("field", field), ("value", value)));

    public static Refusal NotFound(string item) => new(Answers.Error("notFound", ("item", item)));

    public static Refusal Unsupported(string details) => new(Answers.Error("unsupported", ("details", details)));

    public static Refusal Enterprise() => Unsupported("This takes an Enterprise licence.");

    public static Refusal AssertFailed() => new(Answers.Error("assertFailed"));

    public static Refusal Other(string details, string? reason = null) => new(Answers.Error("other", ("details", details), ("reason", reason)));

    public static Refusal Banned() => new(SandboxResponse.Reset);
}
