using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Store;

/// <summary>Creates ErrorRecords about stored mail.</summary>
internal static class StoreErrors
{
    /// <summary>An item that can no longer be restored.</summary>
    public static ErrorRecord ItemNotFound(MailDeletedItem item) => new(
        new InvalidOperationException($"'{item.Account}' has no deleted item '{item.BlobId}' that can still be restored."), nameof(MailErrorCode.NotFound), ErrorCategory.ObjectNotFound, item);

    /// <summary>A deleted item that the server did not restore, or of which that is not known.</summary>
    public static ErrorRecord RestoreFailed(MailRestoreResult result, string item) => new(
        new InvalidOperationException($"{item} of '{result.Account}' {Describe(result.Status)}: {result.Reason}"),
        result.Status switch
        {
            MailRestoreStatus.NotFound => nameof(MailErrorCode.NotFound),
            MailRestoreStatus.Unknown or MailRestoreStatus.Requested => nameof(MailErrorCode.OutcomeUnknown),
            _ => "RestoreFailed",
        },
        result.Status == MailRestoreStatus.NotFound ? ErrorCategory.ObjectNotFound : ErrorCategory.InvalidResult,
        result.Item);

    private static string Describe(MailRestoreStatus status) => status is MailRestoreStatus.Unknown or MailRestoreStatus.Requested ? "may or may not be restored" : "was not restored";
}
