using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>The errors of an import. The target of a row's error is its result: the row itself may contain a password.</summary>
internal static class ImportErrors
{
    /// <summary>-Strict, and a row is invalid.</summary>
    public static ErrorRecord Rejected(ImportPlan plan, string source) => new(
        new FormatException($"{plan.FailedCount} of {plan.Rows.Count} rows of {source} are invalid and -Strict was specified: nothing was sent."),
        "ImportRejected", ErrorCategory.InvalidData, source);

    /// <summary>A row is invalid.</summary>
    public static ErrorRecord InvalidRow(PlannedRow row, MailImportResult result) =>
        new(new FormatException(string.Join(" ", row.Errors)), result.ErrorId, ErrorCategory.InvalidData, result);
}
