// From an answer that is an error to the exception: the code, the server's fields, and a sentence that says what to do next.
using System.Net;

namespace MailAdmin.Client.Calls;

/// <summary>Makes the exception for each form in which an answer says no.</summary>
internal static class FaultExceptions
{
    /// <summary>The error of an HTTP-200 body (contract §2.2).</summary>
    public static MailServerException FromManagement(ServerFault fault, Call call, HttpStatusCode status)
    {
        MailErrorCode code = fault.Error switch
        {
            "fieldMissing" => MailErrorCode.FieldMissing,
            "fieldAlreadyExists" => MailErrorCode.AlreadyExists,
            "notFound" => MailErrorCode.NotFound,
            "unsupported" => MailErrorCode.Unsupported,
            "assertFailed" => MailErrorCode.AssertFailed,
            "other" => MailErrorCode.Refused,
            _ => MailErrorCode.Unknown,
        };
        return Make(code, fault, call, status, null, FaultMessages.Management(code, fault, call));
    }

    /// <summary>A problem document (contract §2.3).</summary>
    public static MailServerException FromStatus(ServerFault fault, Call call, HttpStatusCode status, TimeSpan? retryAfter)
    {
        MailErrorCode code = CodeOf(status, call, fault);
        return Make(code, fault, call, status, retryAfter, FaultMessages.Status(code, fault, call, status));
    }

    /// <summary>An error of /auth (contract §2.4): its code is in <c>ServerCode</c> and in <c>Details</c>.</summary>
    public static MailServerException FromOAuth(ServerFault fault, Call call, HttpStatusCode status) =>
        new(MailErrorCode.OAuth, call.Operation, FaultMessages.OAuth(fault.Error))
        {
            Status = status,
            ServerCode = fault.Error,
            Details = fault.Error,
        };

    /// <summary>An error status whose body is none of the server's: a proxy, or another server.</summary>
    public static MailServerException FromForeign(BodyForm form, Call call, HttpStatusCode status, TimeSpan? retryAfter)
    {
        bool page = form == BodyForm.Html && (int)status < 500 && status != HttpStatusCode.TooManyRequests;
        if (page)
        {
            return Unexpected(form, call, status, null);
        }
        var fault = new ServerFault();
        MailErrorCode code = CodeOf(status, call, fault);
        string message = (int)status >= 500
            ? $"Status {(int)status} came without a word of the mail server: a proxy answers in its place, or the server failed. Try again later, and look at the logs of both."
            : FaultMessages.Status(code, fault, call, status);
        return new MailServerException(code, call.Operation, message) { Status = status, RetryAfter = retryAfter };
    }

    /// <summary>An answer that is none of the API's.</summary>
    public static MailServerException Unexpected(BodyForm form, Call call, HttpStatusCode status, Exception? cause) =>
        new(MailErrorCode.UnexpectedAnswer, call.Operation, FaultMessages.Unexpected(form, (int)status), cause) { Status = status };

    /// <summary>A redirect that is not followed.</summary>
    public static MailServerException Redirected(Call call, HttpStatusCode status, HttpResponseMessage response)
    {
        Uri? location = response.Headers.Location;
        if (location is { IsAbsoluteUri: false } && response.RequestMessage?.RequestUri is { } from)
        {
            location = new Uri(from, location);
        }
        string target = location is null ? "somewhere else" : $"to {Shown(location)}";
        return new MailServerException(
            MailErrorCode.Redirected,
            call.Operation,
            $"The server redirects {target}. No credential was sent there. Connect to that address instead, if it is the mail server's.")
        {
            Status = status,
            Location = location,
        };
    }

    // A query may hold a token.
    private static string Shown(Uri location) => location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.OriginalString.Split('?')[0];

    private static MailErrorCode CodeOf(HttpStatusCode status, Call call, ServerFault fault) => status switch
    {
        HttpStatusCode.BadRequest when fault.Limit is not null => MailErrorCode.TooManyConcurrentRequests,
        HttpStatusCode.BadRequest => MailErrorCode.InvalidRequest,
        HttpStatusCode.Unauthorized => HasEnded(call) ? MailErrorCode.SessionExpired : MailErrorCode.Unauthorized,
        HttpStatusCode.PaymentRequired => MailErrorCode.TotpRequired,
        HttpStatusCode.Forbidden => IsQuota(fault) ? MailErrorCode.QuotaExceeded : MailErrorCode.Forbidden,
        HttpStatusCode.NotFound => MailErrorCode.NotFound,
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => MailErrorCode.TimedOut,
        HttpStatusCode.TooManyRequests => call.CredentialAccepted || call.Identity == CallIdentity.None ? MailErrorCode.RateLimited : MailErrorCode.Banned,
        >= HttpStatusCode.InternalServerError => MailErrorCode.ServerError,
        _ => MailErrorCode.Unknown,
    };

    private static bool HasEnded(Call call) => call is { Identity: CallIdentity.Session, CredentialAccepted: true };

    // The one place where a title decides: both are a 403 and nothing else tells them apart.
    private static bool IsQuota(ServerFault fault) => fault.Title?.Contains("quota", StringComparison.OrdinalIgnoreCase) == true;

    private static MailServerException Make(MailErrorCode code, ServerFault fault, Call call, HttpStatusCode status, TimeSpan? retryAfter, string message) =>
        new(code, call.Operation, message)
        {
            Status = status,
            ServerCode = fault.Error,
            Field = fault.Field,
            Value = Redaction.Of(fault.Value, call),
            Item = Redaction.Of(fault.Item, call),
            Details = Redaction.Of(fault.Details, call),
            Reason = Redaction.Of(fault.Reason, call),
            Title = fault.Title,
            Limit = fault.Limit,
            RetryAfter = retryAfter,
        };
}
