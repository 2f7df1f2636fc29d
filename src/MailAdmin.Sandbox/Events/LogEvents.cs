namespace MailAdmin.Sandbox.Events;

/// <summary>The events that calls of the API cause, by the names that the server gives them.</summary>
internal static class LogEvents
{
    public static LogEvent ServerStarted(string version) => new(LogLevel.Info, "server.startup", "Starting Stalwart Server", LogDetail.ExternalText("version", version));

    public static LogEvent SignedIn(string login) => new(LogLevel.Info, "auth.success", "Authentication successful", LogDetail.ExternalText("accountName", login));

    public static LogEvent SignInFailed(string details) => new(LogLevel.Debug, "auth.failed", "Authentication failed", LogDetail.ServerText("details", details));

    public static LogEvent TokenInvalid(string token) => new(
        LogLevel.Error, "auth.error", "Authentication error", LogDetail.ServerText("reason", "Failed to decode token"), LogDetail.ExternalText("details", token));

    public static LogEvent TotpMissing() => new(LogLevel.Debug, "auth.missing-totp", "Missing TOTP for authentication");

    public static LogEvent Banned() => new(LogLevel.Warn, "security.authentication-ban", "Banned due to authentication errors");

    public static LogEvent Forbidden() => new(LogLevel.Info, "security.unauthorized", "Unauthorized access");

    public static LogEvent BadParameters(string details, string? reason) => new(
        LogLevel.Error,
        "resource.bad-parameters",
        "Bad resource parameters",
        [.. reason is null ? [] : new[] { LogDetail.ExternalText("reason", reason) }, LogDetail.ServerText("details", details)]);

    public static LogEvent NoSuchResource() => new(LogLevel.Debug, "resource.not-found", "Resource not found");

    public static LogEvent InternalError() => new(LogLevel.Error, "resource.error", "Resource error");

    public static LogEvent TooManyRequests() => new(LogLevel.Debug, "limit.too-many-requests", "Too many requests");

    public static LogEvent TooManyConcurrentRequests() => new(LogLevel.Debug, "limit.concurrent-request", "Concurrent request limit reached");

    public static LogEvent TenantQuotaExceeded() => new(LogLevel.Info, "limit.tenant-quota", "Tenant quota reached");

    public static LogEvent FieldMissing(string field) => new(LogLevel.Debug, "manage.missing-parameter", "Missing management parameter", LogDetail.ServerText("key", field));

    public static LogEvent AlreadyExists(string field) => new(LogLevel.Debug, "manage.already-exists", "Managed resource already exists", LogDetail.ServerText("key", field));

    public static LogEvent NotFound(string item) => new(LogLevel.Debug, "manage.not-found", "Managed resource not found", LogDetail.ExternalText("key", item));

    public static LogEvent Unsupported(string details) => new(LogLevel.Debug, "manage.not-supported", "Management operation not supported", LogDetail.ServerText("details", details));

    public static LogEvent AssertionFailed() => new(LogLevel.Debug, "manage.assert-failed", "Management assertion failed");

    public static LogEvent OtherError(string details) => new(LogLevel.Debug, "manage.error", "Management error", LogDetail.ServerText("details", details));
}
