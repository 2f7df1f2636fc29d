using System.Net;

namespace MailAdmin.Client.Calls;

/// <summary>Tells a refused write from one whose answer was lost.</summary>
internal static class OutcomeRules
{
    /// <summary>Whether the server may have done it all the same: no answer, a proxy's in its place, or one that came damaged.</summary>
    public static bool IsOutcomeUnknown(MailServerException e) =>
        e.MayHaveBeenExecuted
        || e.Status is HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout
        || (e.Code == MailErrorCode.UnexpectedAnswer && e.Status is HttpStatusCode.OK);

    /// <summary>The error for a write that may or may not have been done.</summary>
    public static MailServerException OutcomeUnknown(MailServerException cause, string what) => new(
        MailErrorCode.OutcomeUnknown,
        cause.Operation,
        $"{what}: the answer was lost, so it may or may not have been done. Look before you repeat it. ({cause.Message})",
        cause)
    {
        Status = cause.Status,
        MayHaveBeenExecuted = true,
    };
}
