using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>What was done, or would be done, with one row of an import.</summary>
public sealed class MailImportResult : ServerObject
{
    /// <summary>
    /// The row as a spreadsheet numbers it: the header is row 1, blank lines count, and a row with line breaks in its cells is one. Of rows from JSON or the
    /// pipeline: the number of the object, from 1.
    /// </summary>
    public required int Row { get; init; }
    /// <summary>The file of the row; null for rows of the pipeline.</summary>
    public string? File { get; internal set; }
    /// <summary>The principal's name; empty when the row has none.</summary>
    public string Identity { get; init; } = "";
    /// <summary>The principal's type, where the row gives it.</summary>
    public string? Type { get; init; }
    /// <summary>
    /// <c>Created</c>, <c>Updated</c>, <c>Unchanged</c>, <c>Skipped</c> where nothing is made of the row and <c>Changes</c> says why, <c>Failed</c>, <c>Unknown</c> where the answer was lost and the server could not be asked since, or
    /// <c>NotSent</c> where the import was stopped before; with -WhatIf <c>Create</c> and <c>Update</c>.
    /// </summary>
    public string Action { get; internal set; } = "";
    /// <summary>What was set or changed, for people. Never a secret.</summary>
    public StringList Changes { get; internal set; } = StringList.Empty;
    /// <summary>What is done and was perhaps not meant; an error with -Strict.</summary>
    public string? Warning { get; init; }
    /// <summary>The column of the error, or of the first one.</summary>
    public string? Column { get; init; }
    /// <summary>A stable word for the error.</summary>
    public string? ErrorId { get; internal set; }
    /// <summary>What is wrong with the row, each further column by its header, or why the server did not accept it.</summary>
    public string? Error { get; internal set; }
    /// <summary>What a table shows of it: the error, else the changes.</summary>
    public string Details => Error ?? string.Join("; ", Changes);
    /// <summary>The login with the generated password, once.</summary>
    public PSCredential? Credential { get; internal set; }

    /// <inheritdoc/>
    public override string ToString() => $"Row {Row}: {Action} {Identity}";

    /// <summary>The result of a row that is only planned, invalid or unchanged.</summary>
    internal static MailImportResult FromPlan(PlannedRow row) => new()
    {
        Row = row.Row,
        Identity = row.Identity,
        Type = row.Type,
        Action = row.Action.ToString(),
        Changes = new StringList(row.Changes),
        Warning = row.Warnings.Count > 0 ? string.Join(" ", row.Warnings) : null,
        Column = row.Errors is [var first, ..] ? first.Column : null,
        ErrorId = row.Errors is [var sole, ..] ? sole.ErrorId : null,
        Error = row.Errors.Count > 0 ? JoinMessages(row.Errors) : null,
    };

    // The first one's column is the Column of the result; that of another stands before its message.
    private static string JoinMessages(IReadOnlyList<RowError> errors) =>
        string.Join(" ", errors.Select((error, i) => error.Column is null || (i > 0 ? errors[i - 1] : errors[0]).Column == error.Column ? error.Message : $"{error.Column}: {error.Message}"));

    /// <summary>The result of a row that was to be sent.</summary>
    internal static MailImportResult FromOutcome(ImportOutcome outcome)
    {
        MailImportResult result = FromPlan(outcome.Row);
        result.Action = outcome switch
        {
            { IsUnknown: true } => "Unknown",
            { Error: MailServerException { Code: MailErrorCode.NotSent } } => "NotSent",
            { Error: not null } => nameof(PlannedAction.Failed),
            { Row.Action: PlannedAction.Create } => "Created",
            { Row.Action: PlannedAction.Update } => "Updated",
            _ => outcome.Row.Action.ToString(),
        };
        // An account that may exist has that password.
        result.Credential = outcome is { GeneratedPassword: { } password } and ({ Error: null } or { IsUnknown: true }) ? new PSCredential(outcome.Row.Identity, SecureStringConverter.ToSecureString(password)) : null;
        return result;
    }
}
