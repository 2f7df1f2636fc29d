using System.Collections.Frozen;
using System.Net;

namespace MailAdmin.Client.Calls;

/// <summary>
/// Distinguishes a write that was refused from one that may have been executed: one rule for all of them. Only the server's own words say that nothing
/// was done, or a status that says so of itself; whatever else comes back in place of an answer may come after the execution.
/// </summary>
internal static class OutcomeRules
{
    // Whoever sends one of these says that the request was not taken up: at another address, not signed in, too large, too early, too often.
    private static readonly FrozenSet<HttpStatusCode> s_refusals = FrozenSet.Create(
        HttpStatusCode.MovedPermanently, HttpStatusCode.TemporaryRedirect, HttpStatusCode.PermanentRedirect,
        HttpStatusCode.Unauthorized, HttpStatusCode.ProxyAuthenticationRequired,
        HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.RequestUriTooLong, HttpStatusCode.RequestHeaderFieldsTooLarge,
        HttpStatusCode.MisdirectedRequest, (HttpStatusCode)425, HttpStatusCode.TooManyRequests);

    /// <summary>Whether an error status says that nothing was executed.</summary>
    /// <param name="status">The status.</param>
    /// <param name="fault">What the body says; null where it is no JSON object.</param>
    /// <param name="context">The call.</param>
    public static bool IsRefusal(HttpStatusCode status, ServerFault? fault, ApiRequestContext context) => s_refusals.Contains(status)
        || (fault?.IsOwnError == true && IsErrorStatus(status))
        || (fault?.IsOwnProblem(status) == true && ((int)status is (>= 400 and < 500) or 503 || (status == HttpStatusCode.InternalServerError && context.OwnFailureMeansUndone)));

    /// <summary>The same of an answer whose body is in memory.</summary>
    public static bool IsRefusal(HttpResponseMessage response, ApiRequestContext context)
    {
        if (s_refusals.Contains(response.StatusCode))
        {
            return true;
        }
        // It is read once more by whoever reports the error.
        Stream content = response.Content.ReadAsStream();
        byte[] body = new byte[content.Length];
        content.Position = 0;
        content.ReadExactly(body);
        content.Position = 0;
        return IsRefusal(response.StatusCode, ServerFault.Parse(body), context);
    }

    /// <summary>
    /// Whether an error of the management API (docs/api.md §2.2) may come with this status. Servers have sent it with 200; one with another status of the client's
    /// fault says the same. A 404 is a problem document, and 408 that of whoever did not wait.
    /// </summary>
    public static bool IsErrorStatus(HttpStatusCode status) =>
        status == HttpStatusCode.OK || ((int)status is >= 400 and < 500 && status is not (HttpStatusCode.NotFound or HttpStatusCode.RequestTimeout));

    /// <summary>Whether the server may have done it all the same.</summary>
    public static bool IsOutcomeUnknown(MailServerException e) => e.Code == MailErrorCode.OutcomeUnknown;

    /// <summary>The server's own failure (500, or that of a JMAP method) behind an unknown outcome: it has ended its work, so that a look shows what it did. Null where it is another.</summary>
    public static MailServerException? FindServerFailure(MailServerException unknown) =>
        unknown.InnerException is MailServerException failure && IsOwnFailure(failure) ? failure : null;

    /// <summary>Whether this attempt certainly was not executed because it did not get through to the server: nothing is said about an earlier one.</summary>
    public static bool IsNotReached(MailServerException e) => !e.MayHaveBeenExecuted
        && (e.Code is MailErrorCode.NotSent or MailErrorCode.Unreachable or MailErrorCode.TimedOut || e.Status is HttpStatusCode.ServiceUnavailable);

    /// <summary>Whether an error is about what was to be done. Any other of a second attempt says nothing about the first.</summary>
    public static bool IsAboutContent(MailServerException e) => e.Code is MailErrorCode.FieldMissing or MailErrorCode.AlreadyExists or MailErrorCode.NotFound or MailErrorCode.Unsupported
        or MailErrorCode.PreconditionFailed or MailErrorCode.RejectedByServer or MailErrorCode.RejectedByClient or MailErrorCode.InvalidRequest or MailErrorCode.QuotaExceeded or MailErrorCode.InUse;

    /// <summary>Whether any other call would fail like this one: the server is down, or answers nobody with this sign-in.</summary>
    public static bool FailsAllCalls(MailServerException e) => IsNotReached(e) || (e.Status is { } status && IsServerAway(status)) || e.Code is MailErrorCode.Unreachable
        or MailErrorCode.TimedOut or MailErrorCode.Unauthorized or MailErrorCode.SessionExpired or MailErrorCode.Banned or MailErrorCode.RateLimited;

    /// <summary>Whether a proxy answers that there is no server behind it.</summary>
    public static bool IsServerAway(HttpStatusCode status) => status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable;

    /// <summary>Says so in a sentence.</summary>
    public static string DescribeAway(HttpStatusCode status) => $"The server, or a proxy in its place, answers with status {(int)status}.";

    /// <summary>Waits for a call, whose failure becomes <c>OutcomeUnknown</c> where it may have been executed.</summary>
    public static async Task<T> SettleAsync<T>(ApiRequestContext context, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (MailServerException e) when (context.ChangesServer && (e.MayHaveBeenExecuted || context.WasLost))
        {
            throw OutcomeUnknown(e.MayHaveBeenExecuted ? e : EarlierAttemptLost(e), context.Action ?? Capitalize(context.Operation));
        }
    }

    /// <summary>The error of a write; that of an unknown outcome says what was to be done.</summary>
    /// <param name="error">The error.</param>
    /// <param name="action">What was to be done.</param>
    public static MailServerException NameAction(MailServerException error, string action) => IsOutcomeUnknown(error) ? OutcomeUnknown(error, action) : error;

    /// <summary>The error for a write that may or may not have been done.</summary>
    /// <param name="cause">What came in place of the answer.</param>
    /// <param name="action">What was to be done.</param>
    /// <param name="known">What is known all the same, as a sentence.</param>
    public static MailServerException OutcomeUnknown(MailServerException cause, string action, string? known = null)
    {
        MailServerException reason = IsOutcomeUnknown(cause) && cause.InnerException is MailServerException inner ? inner : cause;
        return new(
            MailErrorCode.OutcomeUnknown,
            reason.Operation,
            $"{action}: {(IsOwnFailure(reason) ? "the server failed, and it is not known whether it was done" : "the server's own response was lost, so it may or may not have been done")}.{(known is null ? "" : " " + known)} ({reason.Message})",
            reason)
        {
            Status = reason.Status,
            Title = reason.Title,
            Location = reason.Location,
            RetryAfter = reason.RetryAfter,
            Method = reason.Method,
            MayHaveBeenExecuted = true,
        };
    }

    /// <summary>The error of a write whose first part is done and whose second is not.</summary>
    /// <param name="error">Why the second part was not done.</param>
    /// <param name="message">What is done, and what is not.</param>
    /// <param name="field">The field that is not as wanted.</param>
    /// <param name="item">Its item.</param>
    public static MailServerException PartlyDone(MailServerException error, string message, string field, string item) => new(GetCodeOfSent(error), error.Operation, message, error)
    {
        Status = error.Status,
        Field = field,
        Item = item,
        Method = error.Method,
        MissingPermissions = error.MissingPermissions,
    };

    // Whatever was not sent any more: of the whole nobody may say so.
    private static MailErrorCode GetCodeOfSent(MailServerException error)
    {
        MailServerException? reason = error;
        while (error.Code == MailErrorCode.NotSent && reason is { Code: MailErrorCode.NotSent or MailErrorCode.OutcomeUnknown })
        {
            reason = reason.InnerException as MailServerException;
        }
        return reason?.Code ?? MailErrorCode.ServerError;
    }

    // The error of a call whose last attempt was not executed, and an earlier one may have been.
    private static MailServerException EarlierAttemptLost(MailServerException last) => new(
        MailErrorCode.Unreachable,
        last.Operation,
        $"The response to an earlier attempt was lost; the last one {(IsNotReached(last) ? "did not reach the server" : "failed")}. {last.Message}",
        last)
    {
        Status = last.Status,
        MayHaveBeenExecuted = true,
    };

    private static bool IsOwnFailure(MailServerException failure) => failure is { Status: HttpStatusCode.InternalServerError, Title: not null } or { Code: MailErrorCode.ServerError, Method: not null };

    private static string Capitalize(Operation operation) => char.ToUpperInvariant(operation.Purpose[0]) + operation.Purpose[1..];
}
