using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>The errors of an import. The target of a row's error is its result: the row itself may contain a password.</summary>
internal static class ImportErrors
{
    /// <summary>The headers cannot be mapped to fields.</summary>
    public static ErrorRecord InvalidColumns(ColumnMapException exception, string source) => new(exception, exception.ErrorId, ErrorCategory.InvalidData, source);

    /// <summary>-Strict, and a row is invalid.</summary>
    public static ErrorRecord Rejected(ImportPlan plan, string source) => new(
        new FormatException($"{plan.FailedCount} of {plan.Rows.Count} rows of {source} are invalid and -Strict was specified: nothing was sent."),
        "ImportRejected", ErrorCategory.InvalidData, source);

    /// <summary>Many rows are invalid for the same reason: told once, before the first change.</summary>
    public static ErrorRecord InvalidRows(IReadOnlyList<PlannedRow> rows, string source)
    {
        RowError first = rows[0].Errors[0];
        string numbers = string.Join(", ", rows.Take(3).Select(row => row.Row)) + (rows.Count > 4 ? " … " : ", ") + rows[^1].Row;
        IEnumerable<string> reasons = rows[0].Errors.Select(error => error.Column is null ? error.Message : $"Column '{error.Column}': {error.Message}");
        return new(new FormatException($"{rows.Count} rows ({numbers}) are invalid. {string.Join(" ", reasons)}"), first.ErrorId, ErrorCategory.InvalidData, source);
    }

    /// <summary>Rows that are invalid for the same reasons, where they are so many that one error for each would hide the others.</summary>
    public static IEnumerable<IReadOnlyList<PlannedRow>> GroupByReason(ImportPlan plan) => plan.Rows
        .Where(row => row.Errors.Count > 0)
        .GroupBy(row => string.Join('\n', row.Errors.Select(error => $"{error.Column}\t{error.Message}")), StringComparer.Ordinal)
        .Where(group => group.Count() > 3)
        .Select(group => (IReadOnlyList<PlannedRow>)[.. group.OrderBy(row => row.Row)]);

    /// <summary>It is unknown what became of a row. Importing again is safe: nothing is made twice.</summary>
    public static ErrorRecord UnknownRow(ErrorRecord record)
    {
        record.ErrorDetails = new ErrorDetails(record.ErrorDetails?.Message ?? record.Exception.Message)
        {
            RecommendedAction = "Import the same file again: rows that are done are left unchanged.",
        };
        return record;
    }

    /// <summary>A row is invalid.</summary>
    public static ErrorRecord InvalidRow(PlannedRow row, MailImportResult result) =>
        new(new FormatException(string.Join(" ", row.Errors)), result.ErrorId, ErrorCategory.InvalidData, result);
}
