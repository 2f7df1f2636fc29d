using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>The errors of an import. The target of a row's error is its result: the row itself may contain a password.</summary>
internal static class ImportErrors
{
    /// <summary>-Strict, and the encoding of the file is a guess.</summary>
    public static ErrorRecord GuessedEncoding(string message, string source) =>
        new(new FormatException($"{message} With -Strict nothing is sent by a guess: if it is right, specify it with -Encoding."), "EncodingGuessed", ErrorCategory.InvalidData, source);

    /// <summary>Rows are invalid, and that ends the import before it begins.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="source">Where the rows come from.</param>
    /// <param name="reason">Why one invalid row ends it.</param>
    public static ErrorRecord Rejected(ImportPlan plan, string source, string reason) => new(
        new FormatException($"{plan.FailedCount} of {plan.Rows.Count} rows of {source} are invalid and {reason}: nothing was sent. {DescribeFirst(plan)}"),
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

    /// <summary>The errors of an import where the first one ends the script: one error at its end, since one in the middle would take the results of what was done.</summary>
    /// <param name="errors">The errors of the rows.</param>
    /// <param name="progress">What was done and what was not.</param>
    /// <param name="results">The result of every row, with generated passwords.</param>
    public static ErrorRecord Incomplete(IReadOnlyList<ErrorRecord> errors, string progress, IReadOnlyList<MailImportResult> results)
    {
        string message = $"{progress} The first error: {errors[0].ErrorDetails?.Message ?? errors[0].Exception.Message}";
        return new ErrorRecord(new InvalidOperationException(message, errors[0].Exception), "ImportIncomplete", errors[0].CategoryInfo.Category, results.ToArray())
        {
            ErrorDetails = new ErrorDetails(message)
            {
                RecommendedAction = "The results of all rows, with generated passwords, are in the error: in catch, $_.TargetObject. Correct what failed, and run the same import again: rows that are done are left unchanged.",
            },
        };
    }

    /// <summary>The list of failed rows is not complete.</summary>
    public static ErrorRecord FailedRowsNotWritten(string path, Exception cause) => new(
        new IOException($"The file of failed rows '{path}' is not complete: {cause.Message}", cause), "FailedRowsNotWritten", ErrorCategory.WriteError, path);

    private static string DescribeFirst(ImportPlan plan) => string.Join(" ", plan.Rows.First(row => row.Errors.Count > 0).Errors);
}
