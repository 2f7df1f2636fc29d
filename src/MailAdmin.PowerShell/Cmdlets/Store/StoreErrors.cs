using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Creates ErrorRecords about stored mail.</summary>
internal static class StoreErrors
{
    /// <summary>An item that can no longer be restored.</summary>
    public static ErrorRecord ItemNotFound(MailDeletedItem item) => new(
        new InvalidOperationException($"'{item.Account}' has no deleted item '{item.BlobId}' that can still be restored."), nameof(MailErrorCode.NotFound), ErrorCategory.ObjectNotFound, item);

    /// <summary>A deleted item that the server did not restore.</summary>
    public static ErrorRecord RestoreFailed(MailRestoreResult result, string item)
    {
        bool isMissing = result.Status == MailRestoreStatus.NotFound;
        return new ErrorRecord(
            new InvalidOperationException($"{item} of '{result.Account}' was not restored: {result.Reason}"),
            isMissing ? nameof(MailErrorCode.NotFound) : "RestoreFailed", isMissing ? ErrorCategory.ObjectNotFound : ErrorCategory.InvalidResult, result.Item);
    }
}
