using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Creates ErrorRecords about stored mail.</summary>
internal static class StoreErrors
{
    /// <summary>A deleted item that the server did not restore.</summary>
    public static ErrorRecord RestoreFailed(MailRestoreResult result, string item)
    {
        bool isMissing = result.Status == MailRestoreStatus.NotFound;
        return new ErrorRecord(
            new InvalidOperationException($"{item} of '{result.Account}' was not restored: {result.Reason}"),
            isMissing ? nameof(MailErrorCode.NotFound) : "RestoreFailed", isMissing ? ErrorCategory.ObjectNotFound : ErrorCategory.InvalidResult, result.Item);
    }
}
