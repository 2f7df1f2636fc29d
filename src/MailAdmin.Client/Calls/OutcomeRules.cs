using System.Net;

namespace MailAdmin.Client.Calls;

/// <summary>Distinguishes a rejected write from one whose answer was lost.</summary>
internal static class OutcomeRules
{
    /// <summary>Whether the server may have done it all the same: no answer, a proxy's answer instead, or a damaged one.</summary>
    public static bool IsOutcomeUnknown(MailServerException e) =>
        e.MayHaveBeenExecuted
        || e.Status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
        || (e.Code == MailErrorCode.UnexpectedResponse && e.Status is HttpStatusCode.OK);

    /// <summary>Whether this attempt certainly was not executed because it did not get through to the server: nothing is said about an earlier one.</summary>
    public static bool IsNotReached(MailServerException e) => !e.MayHaveBeenExecuted
        && (e.Code is MailErrorCode.NotSent or MailErrorCode.Unreachable or MailErrorCode.TimedOut || e.Status is HttpStatusCode.ServiceUnavailable);

    /// <summary>The error of a call whose last attempt did not get through, and an earlier one may have been executed.</summary>
    public static MailServerException EarlierAttemptLost(Operation operation, MailServerException? last, HttpStatusCode? status) =>
        new(MailErrorCode.Unreachable, operation, $"The response to an earlier attempt was lost; the last one did not reach the server. {last?.Message}".TrimEnd(), last)
        {
            Status = status,
            MayHaveBeenExecuted = true,
        };

    /// <summary>Whether a proxy answers that there is no server behind it.</summary>
    public static bool IsServerAway(HttpStatusCode status) => status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable;

    /// <summary>The error for a write that may or may not have been done.</summary>
    public static MailServerException OutcomeUnknown(MailServerException cause, string what) => new(
        MailErrorCode.OutcomeUnknown,
        cause.Operation,
        $"{what}: the response was lost, so it may or may not have been done. Check before you repeat it. ({cause.Message})",
        cause)
    {
        Status = cause.Status,
        MayHaveBeenExecuted = true,
    };
}
