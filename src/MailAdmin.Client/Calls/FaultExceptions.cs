using System.Net;

namespace MailAdmin.Client.Calls;

/// <summary>Creates the exception for each form of error answer: the code, the server's fields, and a sentence that says what to do next.</summary>
internal static class FaultExceptions
{
    /// <summary>The error of an HTTP-200 body (docs/api.md §2.2).</summary>
    public static MailServerException FromManagement(ServerFault fault, ApiRequestContext context, HttpStatusCode status)
    {
        MailErrorCode code = fault.Error switch
        {
            "fieldMissing" => MailErrorCode.FieldMissing,
            "fieldAlreadyExists" => MailErrorCode.AlreadyExists,
            "notFound" => MailErrorCode.NotFound,
            "unsupported" => MailErrorCode.Unsupported,
            "assertFailed" => MailErrorCode.PreconditionFailed,
            "other" => MailErrorCode.RejectedByServer,
            _ => MailErrorCode.Unknown,
        };
        // A word that is known may have members that are not.
        bool isOwn = (fault.IsOwnError && OutcomeRules.IsErrorStatus(status)) || (status == HttpStatusCode.OK && code != MailErrorCode.Unknown);
        return Create(code, fault, context, status, null, FaultMessages.FormatManagement(code, fault, context), !isOwn);
    }

    /// <summary>A problem document (docs/api.md §2.3).</summary>
    public static MailServerException FromStatus(ServerFault fault, ApiRequestContext context, HttpStatusCode status, TimeSpan? retryAfter)
    {
        if (status == HttpStatusCode.NotFound)
        {
            (MailErrorCode meaning, string message) = MissingRoutes.Explain(context.Operation, context.Server);
            return Create(meaning, fault, context, status, retryAfter, message, !OutcomeRules.IsRefusal(status, fault, context));
        }
        MailErrorCode code = GetErrorCode(status, context, fault);
        return Create(code, fault, context, status, retryAfter, FaultMessages.FormatStatus(code, fault, context, status), !OutcomeRules.IsRefusal(status, fault, context));
    }

    /// <summary>An error of /auth (docs/api.md §2.4): its code is in <c>ServerCode</c> and in <c>Details</c>.</summary>
    public static MailServerException FromOAuth(ServerFault fault, ApiRequestContext context, HttpStatusCode status)
    {
        string? error = Redaction.Redact(fault.Error, context);
        return new MailServerException(MailErrorCode.OAuthError, context.Operation, FaultMessages.FormatOAuth(error))
        {
            Status = status,
            ServerCode = error,
            Details = error,
        };
    }

    /// <summary>An error status whose body is not the server's: from a proxy, or another server.</summary>
    public static MailServerException FromForeignBody(ResponseBodyKind form, ApiRequestContext context, HttpStatusCode status, TimeSpan? retryAfter)
    {
        if (DescribeProxyRefusal(status) is { } refusal)
        {
            return new MailServerException(status == HttpStatusCode.ProxyAuthenticationRequired ? MailErrorCode.Unreachable : MailErrorCode.InvalidRequest, context.Operation, refusal) { Status = status };
        }
        bool isBrowserPage = form == ResponseBodyKind.Html && (int)status < 500 && status != HttpStatusCode.TooManyRequests;
        // The mail server explains each 404: this one says nothing about what was asked for.
        if (isBrowserPage || status == HttpStatusCode.NotFound)
        {
            return CreateUnexpected(form, context, status, null);
        }
        var fault = new ServerFault();
        MailErrorCode code = GetErrorCode(status, context, fault);
        string message = status == HttpStatusCode.Forbidden
            ? "Status 403 came without an explanation from the mail server, which gives one: a proxy or a firewall in front of it refused the request. Check its rules and its log."
            : (int)status >= 500
            ? $"Status {(int)status} came without an explanation from the mail server: a proxy answered instead, or the server failed. Try again later, and check the logs of both."
            : FaultMessages.FormatStatus(code, fault, context, status);
        return new MailServerException(code, context.Operation, message) { Status = status, RetryAfter = retryAfter, MayHaveBeenExecuted = MayHaveBeenExecuted(context, status) };
    }

    // The mail server has none of these.
    private static string? DescribeProxyRefusal(HttpStatusCode status) => status switch
    {
        HttpStatusCode.ProxyAuthenticationRequired => "A proxy on the way requires a login of its own (status 407). Specify -ProxyCredential, or connect without the proxy (-NoProxy).",
        HttpStatusCode.RequestEntityTooLarge => "A proxy in front of the mail server accepts no request of this size (status 413): the mail server accepts 1 MiB. Raise the proxy's limit, such as client_max_body_size of nginx.",
        HttpStatusCode.RequestUriTooLong or HttpStatusCode.RequestHeaderFieldsTooLarge => $"A proxy in front of the mail server accepts no address or headers of this length (status {(int)status}). Raise the proxy's limit.",
        _ => null,
    };

    /// <summary>An answer that is not the API's.</summary>
    public static MailServerException CreateUnexpected(ResponseBodyKind form, ApiRequestContext context, HttpStatusCode status, Exception? cause) =>
        new(MailErrorCode.UnexpectedResponse, context.Operation, FaultMessages.FormatUnexpected(form, (int)status), cause) { Status = status, MayHaveBeenExecuted = MayHaveBeenExecuted(context, status) };

    /// <summary>A redirect that is not followed.</summary>
    public static MailServerException CreateRedirected(ApiRequestContext context, HttpStatusCode status, HttpResponseMessage response)
    {
        Uri? location = response.Headers.Location;
        if (location is { IsAbsoluteUri: false } && response.RequestMessage?.RequestUri is { } from)
        {
            location = new Uri(from, location);
        }
        if (context.IsRedirectedInCircle)
        {
            return new MailServerException(
                MailErrorCode.Redirected, context.Operation, $"The server redirects on and on, at last {DescribeTarget(location)}. It, or a proxy in front of it, is not configured correctly.")
            {
                Status = status,
            };
        }
        return new MailServerException(
            MailErrorCode.Redirected,
            context.Operation,
            $"The server redirects {DescribeTarget(location)}. No credential was sent there. Connect to that address instead, if it is the mail server's.")
        {
            Status = status,
            Location = location,
            MayHaveBeenExecuted = MayHaveBeenExecuted(context, status),
        };
    }

    private static string DescribeTarget(Uri? location) => location is null ? "to another address" : $"to {FormatLocation(location)}";

    // Of an answer that is not the server's. What only asks leaves no such question.
    private static bool MayHaveBeenExecuted(ApiRequestContext context, HttpStatusCode status) => context.ChangesServer && !OutcomeRules.IsRefusal(status, null, context);

    // A query may hold a token.
    private static string FormatLocation(Uri location) => location.IsAbsoluteUri ? location.GetLeftPart(UriPartial.Path) : location.OriginalString.Split('?')[0];

    private static MailErrorCode GetErrorCode(HttpStatusCode status, ApiRequestContext context, ServerFault fault) => status switch
    {
        HttpStatusCode.BadRequest when fault.IsConcurrencyLimit => MailErrorCode.TooManyConcurrentRequests,
        HttpStatusCode.BadRequest => MailErrorCode.InvalidRequest,
        HttpStatusCode.Unauthorized => IsSessionExpired(context) ? MailErrorCode.SessionExpired : MailErrorCode.Unauthorized,
        HttpStatusCode.PaymentRequired => MailErrorCode.TotpRequired,
        HttpStatusCode.Forbidden => IsQuota(fault) ? MailErrorCode.QuotaExceeded : MailErrorCode.Forbidden,
        HttpStatusCode.RequestTimeout or HttpStatusCode.GatewayTimeout => MailErrorCode.TimedOut,
        HttpStatusCode.TooManyRequests => context.CredentialAccepted || context.Authentication == RequestAuthentication.None ? MailErrorCode.RateLimited : MailErrorCode.Banned,
        >= HttpStatusCode.InternalServerError => MailErrorCode.ServerError,
        _ => MailErrorCode.Unknown,
    };

    private static bool IsSessionExpired(ApiRequestContext context) => context is { Authentication: RequestAuthentication.Session, CredentialAccepted: true };

    // The one place where a title decides: both are a 403 and nothing else distinguishes them.
    private static bool IsQuota(ServerFault fault) => fault.Title?.Contains("quota", StringComparison.OrdinalIgnoreCase) == true;

    private static MailServerException Create(MailErrorCode code, ServerFault fault, ApiRequestContext context, HttpStatusCode status, TimeSpan? retryAfter, string message, bool mayHaveBeenExecuted) =>
        new(code, context.Operation, message)
        {
            Status = status,
            ServerCode = fault.Error,
            Field = Redaction.Redact(fault.Field, context),
            Value = Redaction.Redact(fault.Value, context),
            Item = Redaction.Redact(fault.Item, context),
            Details = Redaction.Redact(fault.Details, context),
            Reason = Redaction.Redact(fault.Reason, context),
            Title = Redaction.Redact(fault.Title, context),
            Limit = fault.Limit,
            RetryAfter = retryAfter,
            MayHaveBeenExecuted = context.ChangesServer && mayHaveBeenExecuted,
        };
}
