using System.Net;

namespace MailAdmin.Client.Calls;

/// <summary>The sentences of the exceptions. They never quote a request's secret, a header or a query.</summary>
internal static class FaultMessages
{
    public static string Management(MailErrorCode code, ServerFault fault, Call call) => code switch
    {
        MailErrorCode.FieldMissing => $"The field '{fault.Field}' is missing or empty.",
        MailErrorCode.AlreadyExists => Taken(fault, call),
        MailErrorCode.NotFound when string.IsNullOrEmpty(fault.Item) => "What the call names does not exist on the server.",
        MailErrorCode.NotFound => $"'{Redaction.Of(fault.Item, call)}' does not exist on the server, or is of another kind than is needed here.",
        MailErrorCode.Unsupported => "The server cannot do this: " + (Said(fault, call) ?? "it needs an Enterprise licence, or is switched off") + ".",
        MailErrorCode.AssertFailed => "The settings to be added exist already; nothing after that point was written.",
        MailErrorCode.Refused => "The server refuses: " + (Said(fault, call) ?? "it does not say why") + ".",
        _ => $"The server answers with an error that this version does not know ('{fault.Error}'): " + (Said(fault, call) ?? "no details") + ".",
    };

    public static string Status(MailErrorCode code, ServerFault fault, Call call, HttpStatusCode status) => code switch
    {
        MailErrorCode.TooManyConcurrentRequests => "The account has too many calls under way at once, from here or elsewhere; nothing was executed. Try again, or give the account the permission unlimited-requests.",
        MailErrorCode.InvalidRequest => "The server finds the request malformed or a parameter invalid" + Appended(fault, call) + ".",
        MailErrorCode.Unauthorized => Unauthorized(call),
        MailErrorCode.SessionExpired => "The server no longer accepts this connection's token or key: it has ended, or the account was changed. Connect again.",
        MailErrorCode.TotpRequired => "The account asks for a one-time code (TOTP). Send the call again with the code of your authenticator.",
        MailErrorCode.QuotaExceeded => "A quota is exceeded" + Appended(fault, call) + ".",
        MailErrorCode.Forbidden when call is { Identity: CallIdentity.SignIn, Operation: "POST /oauth" } => "The account may not sign in here: it lacks the permission 'authenticate' or 'authenticate-oauth'. An account without a role has neither.",
        MailErrorCode.Forbidden => $"The account lacks the permission that {call.Operation} needs; the server does not say which.",
        MailErrorCode.NotFound => "The server does not have this: what the call names does not exist, or this version does not offer the operation.",
        MailErrorCode.RateLimited => "The server refuses more calls for now (1,000 a minute without the permission unlimited-requests). Wait a minute and try again.",
        MailErrorCode.Banned => "The server refuses to look at this sign-in: after too many failed ones it bans the address, or the account has used up its calls of this minute. Wait a minute and try once; if it stays so, an administrator must lift the ban. More attempts make it worse.",
        MailErrorCode.TimedOut => "A proxy before the server gave up waiting for it. Look whether a change was made before you repeat it.",
        MailErrorCode.ServerError => $"The server failed (status {(int)status}). Its log tells why.",
        _ => $"The server answers with status {(int)status}, which this version does not know" + Appended(fault, call) + ".",
    };

    public static string OAuth(string? error) => error switch
    {
        "invalid_client" => "The server does not accept this OAuth client, or the code belongs to another one. Check -ClientId.",
        "invalid_grant" => "The code or token is no longer valid. Connect again.",
        "invalid_request" => "The server accepts registered OAuth clients only. Connect with the id of a registered client, or with an API key.",
        "access_denied" => "The code is unknown, used or too old. Connect again.",
        "authorization_pending" => "The sign-in has not been approved yet.",
        "expired_token" => "The code was not approved in time, or is used up. Connect again for a new one.",
        _ => $"The sign-in was refused ('{error}').",
    };

    public static string Unexpected(BodyForm form, int status) => form switch
    {
        BodyForm.Html => $"A page for browsers came instead of the mail server's answer (status {status}). A proxy, a sign-in page or another web server stands at this address: check it.",
        BodyForm.Empty => $"The answer is empty (status {status}). Is this the mail server's address?",
        BodyForm.BrokenJson => $"The answer ends too early or is no proper JSON (status {status}). The connection, or a proxy on the way, damaged it.",
        BodyForm.OtherJson => $"The answer is JSON, but not of the management API (status {status}). Is this the mail server's address?",
        _ => $"The answer is not what the management API sends (status {status}). Is this the mail server's address?",
    };

    private static string Unauthorized(Call call) => call.Identity switch
    {
        CallIdentity.SignIn => "The server does not accept login and password (or the one-time code). They were sent once and will not be repeated: too many failures ban the address.",
        CallIdentity.Session => "The server does not accept the token or key: it is wrong, has ended, or its account is gone.",
        _ => "The server asks for a sign-in.",
    };

    private static string Taken(ServerFault fault, Call call)
    {
        string? value = Redaction.Of(fault.Value, call);
        return fault.Field switch
        {
            "name" => $"The name '{value}' is taken.",
            "emails" => $"The address '{value}' is taken.",
            _ when value is null => $"'{fault.Field}' exists already.",
            _ => $"'{fault.Field}' exists already with the value '{value}'.",
        };
    }

    private static string? Said(ServerFault fault, Call call)
    {
        string text = string.Join(": ", new[] { fault.Details, fault.Reason }.Where(part => !string.IsNullOrWhiteSpace(part)).Select(part => part!.Trim().TrimEnd('.')));
        return text.Length == 0 ? null : Redaction.Of(text, call);
    }

    private static string Appended(ServerFault fault, Call call) => Said(fault, call) is { } said ? ": " + said : "";
}
