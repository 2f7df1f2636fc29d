using System.Net;

namespace MailAdmin.Client.Calls;

/// <summary>The sentences of the exceptions. They never quote a request's secret, a header or a query.</summary>
internal static class FaultMessages
{
    public static string FormatManagement(MailErrorCode code, ServerFault fault, ApiRequestContext context) => code switch
    {
        MailErrorCode.FieldMissing => $"The field '{fault.Field}' is missing or empty.",
        MailErrorCode.AlreadyExists => FormatAlreadyExists(fault, context),
        MailErrorCode.NotFound when string.IsNullOrEmpty(fault.Item) => "What the call names does not exist on the server.",
        MailErrorCode.NotFound => $"'{Redaction.Redact(fault.Item, context)}' does not exist on the server, or is of another kind than is needed here.",
        MailErrorCode.Unsupported => "The server cannot do this: " + (GetDetails(fault, context) ?? "it needs an Enterprise licence, or is switched off") + ".",
        MailErrorCode.AssertFailed => "The settings to be added exist already; nothing after that point was written.",
        MailErrorCode.Refused => "The server refuses: " + (GetDetails(fault, context) ?? "it does not say why") + ".",
        _ => $"The server answers with an error that this version does not know ('{fault.Error}'): " + (GetDetails(fault, context) ?? "no details") + ".",
    };

    public static string FormatStatus(MailErrorCode code, ServerFault fault, ApiRequestContext context, HttpStatusCode status) => code switch
    {
        MailErrorCode.TooManyConcurrentRequests => "The account has too many calls under way at once, from here or elsewhere; nothing was executed. Try again, or give the account the permission unlimited-requests.",
        MailErrorCode.InvalidRequest => "The server finds the request malformed or a parameter invalid" + FormatDetailsSuffix(fault, context) + ".",
        MailErrorCode.Unauthorized => FormatUnauthorized(context),
        MailErrorCode.SessionExpired => "The server no longer accepts this connection's token or key: it has ended, or the account was changed. Connect again.",
        MailErrorCode.TotpRequired => "The account asks for a one-time code (TOTP). Send the call again with the code of your authenticator.",
        MailErrorCode.QuotaExceeded => "A quota is exceeded" + FormatDetailsSuffix(fault, context) + ".",
        MailErrorCode.Forbidden when context.Authentication == RequestAuthentication.SignIn && context.Operation == Operations.RequestOAuthCode => "The account may not sign in here: it lacks the permission 'authenticate' or 'authenticate-oauth'. An account without a role has neither.",
        MailErrorCode.Forbidden => $"The account lacks the permission that {context.Operation} needs; the server does not say which.",
        MailErrorCode.NotFound => "The server does not have this: what the call names does not exist, or this version does not offer the operation.",
        MailErrorCode.RateLimited => "The server refuses more calls for now (1,000 a minute without the permission unlimited-requests). Wait a minute and try again.",
        MailErrorCode.Banned => "The server refuses to look at this sign-in: after too many failed ones it bans the address, or the account has used up its calls of this minute. Wait a minute and try once; if it stays so, an administrator must lift the ban. More attempts make it worse.",
        MailErrorCode.TimedOut => "A proxy before the server gave up waiting for it. Look whether a change was made before you repeat it.",
        MailErrorCode.ServerError => $"The server failed (status {(int)status}). Its log tells why.",
        _ => $"The server answers with status {(int)status}, which this version does not know" + FormatDetailsSuffix(fault, context) + ".",
    };

    public static string FormatOAuth(string? error) => error switch
    {
        "invalid_client" => "The server does not accept this OAuth client, or the code belongs to another one. Check -ClientId.",
        "invalid_grant" => "The code or token is no longer valid. Connect again.",
        "invalid_request" => "The server accepts registered OAuth clients only. Connect with the id of a registered client, or with an API key.",
        "access_denied" => "The code is unknown, used or too old. Connect again.",
        "authorization_pending" => "The sign-in has not been approved yet.",
        "expired_token" => "The code was not approved in time, or is used up. Connect again for a new one.",
        _ => $"The sign-in was refused ('{error}').",
    };

    public static string FormatUnexpected(ResponseBodyKind form, int status) => form switch
    {
        ResponseBodyKind.Html => $"A page for browsers came instead of the mail server's answer (status {status}). A proxy, a sign-in page or another web server stands at this address: check it.",
        ResponseBodyKind.Empty => $"The answer is empty (status {status}). Is this the mail server's address?",
        ResponseBodyKind.BrokenJson => $"The answer ends too early or is no proper JSON (status {status}). The connection, or a proxy on the way, damaged it.",
        ResponseBodyKind.OtherJson => $"The answer is JSON, but not of the management API (status {status}). Is this the mail server's address?",
        _ => $"The answer is not what the management API sends (status {status}). Is this the mail server's address?",
    };

    private static string FormatUnauthorized(ApiRequestContext context) => context.Authentication switch
    {
        RequestAuthentication.SignIn => "The server does not accept login and password (or the one-time code). They were sent once and will not be repeated: too many failures ban the address.",
        RequestAuthentication.Session => "The server does not accept the token or key: it is wrong, has ended, or its account is gone.",
        _ => "The server asks for a sign-in.",
    };

    private static string FormatAlreadyExists(ServerFault fault, ApiRequestContext context)
    {
        string? value = Redaction.Redact(fault.Value, context);
        return fault.Field switch
        {
            "name" => $"The name '{value}' is taken.",
            "emails" => $"The address '{value}' is taken.",
            _ when value is null => $"'{fault.Field}' exists already.",
            _ => $"'{fault.Field}' exists already with the value '{value}'.",
        };
    }

    private static string? GetDetails(ServerFault fault, ApiRequestContext context)
    {
        string text = string.Join(": ", new[] { fault.Details, fault.Reason }.Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => part!.Trim().TrimEnd('.')));
        return text.Length == 0 ? null : Redaction.Redact(text, context);
    }

    private static string FormatDetailsSuffix(ServerFault fault, ApiRequestContext context) => GetDetails(fault, context) is { } said ? ": " + said : "";
}
