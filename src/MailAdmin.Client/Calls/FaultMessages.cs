using System.Globalization;
using System.Net;

namespace MailAdmin.Client.Calls;

/// <summary>The sentences of the exceptions. They never quote a request's secret, a header or a query.</summary>
internal static class FaultMessages
{
    public static string FormatManagement(MailErrorCode code, ServerFault fault, ApiRequestContext context) => code switch
    {
        MailErrorCode.FieldMissing => $"The field '{Redaction.Redact(fault.Field, context)}' is missing or empty.",
        MailErrorCode.AlreadyExists => FormatAlreadyExists(fault, context),
        MailErrorCode.NotFound when string.IsNullOrEmpty(fault.Item) => "The requested item does not exist on the server.",
        MailErrorCode.NotFound => $"'{Redaction.Redact(fault.Item, context)}' does not exist on the server, or is not of the kind that is needed here.",
        MailErrorCode.Unsupported => "The server cannot do this: " + (GetDetails(fault, context) ?? "it needs an Enterprise licence, or is disabled") + ".",
        MailErrorCode.PreconditionFailed => "The settings to add exist already; nothing after that point was written.",
        MailErrorCode.RejectedByServer => "The server rejected the request: " + (GetDetails(fault, context) ?? "it does not say why") + ".",
        _ => $"The server returned an error that this version of MailAdmin does not know ('{Redaction.Redact(fault.Error, context)}'): " + (GetDetails(fault, context) ?? "no details") + ".",
    };

    public static string FormatStatus(MailErrorCode code, ServerFault fault, ApiRequestContext context, HttpStatusCode status) => code switch
    {
        MailErrorCode.TooManyConcurrentRequests => "The account has too many calls in progress at once, from here or elsewhere; nothing was executed. Try again, or give the account the permission unlimited-requests.",
        MailErrorCode.InvalidRequest when fault.Limit is not null => $"The request exceeds a limit of the server ({Redaction.Redact(fault.Limit, context)}). Nothing was executed.",
        MailErrorCode.InvalidRequest => "The request is malformed or a parameter is not valid" + FormatDetailsSuffix(fault, context) + ".",
        MailErrorCode.Unauthorized => FormatUnauthorized(context),
        MailErrorCode.SessionExpired => "The server no longer accepts this connection's token or key: it has expired, or the account was changed. Connect again.",
        MailErrorCode.TotpRequired => "The account requires a one-time code (TOTP). Try again with the code from your authenticator app.",
        MailErrorCode.QuotaExceeded => "A quota is exceeded" + FormatDetailsSuffix(fault, context) + ".",
        MailErrorCode.Forbidden when context.Authentication == RequestAuthentication.SignIn && context.Operation == Operations.RequestOAuthCode => "The account may not sign in here: it lacks the permission 'authenticate' or 'authenticate-oauth'. An account without a role has neither.",
        MailErrorCode.Forbidden => $"The account lacks the permission that {context.Operation} needs; the server does not say which.",
        MailErrorCode.RateLimited => FormatRateLimited(fault, context, status),
        MailErrorCode.Banned => "The server did not check this sign-in: it has banned your IP address after too many failed sign-ins, or the account has used up its calls of this minute. Wait a minute and try once. If it fails again, an administrator must lift the ban; more attempts make it worse.",
        MailErrorCode.TimedOut => "A proxy in front of the server stopped waiting for it. Check whether the change was made before you repeat it.",
        MailErrorCode.ServerError => $"The server failed (status {(int)status}). Its log has the cause.",
        _ => $"The server returned status {(int)status}, which this version of MailAdmin does not know" + FormatDetailsSuffix(fault, context) + ".",
    };

    public static string FormatOAuth(string? error) => error switch
    {
        "invalid_client" => "The server does not accept this OAuth client, or the code belongs to another one. Check -ClientId.",
        "invalid_grant" => "The code or token is no longer valid. Connect again.",
        "invalid_request" => "The server accepts registered OAuth clients only. Connect with the id of a registered client, or with an API key.",
        "access_denied" => "The code is unknown, used or too old. Connect again.",
        "authorization_pending" => "The sign-in has not been approved yet.",
        "expired_token" => "The code was not approved in time, or was used already. Connect again for a new one.",
        _ => $"The server rejected the sign-in ('{error}').",
    };

    public static string FormatUnexpected(ResponseBodyKind form, int status) => form switch
    {
        ResponseBodyKind.Html => $"A web page came instead of the mail server's response (status {status}). A proxy, a sign-in page or another web server answers at this address.",
        ResponseBodyKind.Empty => $"The response is empty (status {status}). Another server or a proxy may answer at this address.",
        ResponseBodyKind.BrokenJson => $"The response ends too early or is not valid JSON (status {status}). The connection, or a proxy on the way, damaged it.",
        ResponseBodyKind.OtherJson => $"The response is JSON, but not of the management API, or not of this call (status {status}). Another server, a proxy or another version of the server may answer at this address.",
        _ => $"The response is not what the management API sends (status {status}). Another server or a proxy may answer at this address.",
    };

    private static string FormatRateLimited(ServerFault fault, ApiRequestContext context, HttpStatusCode status)
    {
        string said = $"status {(int)status}" + (string.IsNullOrWhiteSpace(fault.Title) ? "" : $", '{Redaction.Redact(fault.Title, context)}'");
        return context.RateLimitedSince is { } since && context.Time.GetUtcNow() - since is { TotalSeconds: >= 1 } waited
            ? string.Create(CultureInfo.InvariantCulture, $"The server, or a proxy in front of it, has accepted no call for {waited.TotalSeconds:0} seconds ({said}). Nothing was executed. See what limits the calls of this account, and try again later.")
            : $"The server accepts no more calls for now ({said}): 1,000 a minute without the permission unlimited-requests. Wait a minute and try again.";
    }

    private static string FormatUnauthorized(ApiRequestContext context) => context.Authentication switch
    {
        RequestAuthentication.SignIn => "The server rejected the login and password (or the one-time code). They were sent once and are not sent again: too many failures ban your IP address.",
        RequestAuthentication.Session => "The server rejected the token or key: it is wrong or has expired, or its account no longer exists.",
        _ => "The server requires a sign-in.",
    };

    private static string FormatAlreadyExists(ServerFault fault, ApiRequestContext context)
    {
        string? value = Redaction.Redact(fault.Value, context);
        return fault.Field switch
        {
            "name" => $"The name '{value}' is taken.",
            "emails" => $"The address '{value}' is taken.",
            _ when value is null => $"'{Redaction.Redact(fault.Field, context)}' exists already.",
            _ => $"'{Redaction.Redact(fault.Field, context)}' exists already with the value '{value}'.",
        };
    }

    private static string? GetDetails(ServerFault fault, ApiRequestContext context)
    {
        string text = string.Join(": ", new[] { fault.Details, fault.Reason }.Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => part!.Trim().TrimEnd('.')));
        return text.Length == 0 ? null : Redaction.Redact(text, context);
    }

    private static string FormatDetailsSuffix(ServerFault fault, ApiRequestContext context) => GetDetails(fault, context) is { } details ? ": " + details : "";
}
