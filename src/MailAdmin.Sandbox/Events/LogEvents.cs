namespace MailAdmin.Sandbox.Events;

/// <summary>The events that calls of the API cause, by the names that the server gives them.</summary>
internal static class LogEvents
{
    public static LogEvent ServerStarted(string version) => new(LogLevel.Info, "server.startup", "Starting Stalwart Server", LogDetail.Text("version", version));

    public static LogEvent SignedIn(string login) => new(LogLevel.Info, "auth.success", "Authentication successful", LogDetail.Text("accountName", login));

    public static LogEvent SignInFailed(string details) => new(LogLevel.Debug, "auth.failed", "Authentication failed", LogDetail.Words("details", details));

    public static LogEvent TokenUnreadable(string token) => new(
        LogLevel.Error, "auth.error", "Authentication error", LogDetail.Words("reason", "Failed to decode token"), LogDetail.Text("details", token));

    public static LogEvent TotpMissing() => new(LogLevel.Debug, "auth.missing-totp", "Missing TOTP for authentication");

    public static LogEvent Banned() => new(LogLevel.Warn, "security.authentication-ban", "Banned due to authentication errors");

    public static LogEvent Forbidden() => new(LogLevel.Info, "security.unauthorized", "Unauthorized access");

    public static LogEvent BadParameters(string details) => new(LogLevel.Error, "resource.bad-parameters", "Bad resource parameters", LogDetail.Words("details", details));

    public static LogEvent NoSuchResource() => new(LogLevel.Debug, "resource.not-found", "Resource not found");

    public static LogEvent Failed() => new(LogLevel.Error, "resource.error", "Resource error");

    public static LogEvent TooManyRequests() => new(LogLevel.Debug, "limit.too-many-requests", "Too many requests");

    public static LogEvent TooManyAtOnce() => new(LogLevel.Debug, "limit.concurrent-request", "Concurrent request limit reached");

    public static LogEvent TenantQuota() => new(LogLevel.Info, "limit.tenant-quota", "Tenant quota reached");

    public static LogEvent FieldMissing(string field) => new(LogLevel.Debug, "manage.missing-parameter", "Missing management parameter", LogDetail.Words("key", field));

    public static LogEvent AlreadyExists(string field) => new(LogLevel.Debug, "manage.already-exists", "Managed resource already exists", LogDetail.Words("key", field));

    public static LogEvent NotFound(string item) => new(LogLevel.Debug, "manage.not-found", "Managed resource not found", LogDetail.Text("key", item));

    public static LogEvent Unsupported(string details) => new(LogLevel.Debug, "manage.not-supported", "Management operation not supported", LogDetail.Words("details", details));

    public static LogEvent AssertionFailed() => new(LogLevel.Debug, "manage.assert-failed", "Management assertion failed");

    public static LogEvent OtherFault(string details) => new(LogLevel.Debug, "manage.error", "Management error", LogDetail.Words("details", details));
}
