// What an import will do, complete before anything is sent.
namespace MailAdmin.Client;

/// <summary>What an import will do, in the order in which it is to be done.</summary>
public sealed class ImportPlan
{
    internal ImportPlan(IReadOnlyList<PlannedRow> rows, bool strict)
    {
        Rows = rows;
        FailedCount = rows.Count(row => row.Action == PlannedAction.Failed);
        IsRefused = strict && FailedCount > 0;
    }

    /// <summary>One for each row of the file: wave by wave, in a wave as in the file; failed ones where they would have stood.</summary>
    public IReadOnlyList<PlannedRow> Rows { get; }

    /// <summary>How many rows are at fault.</summary>
    public int FailedCount { get; }

    /// <summary>Whether the whole file is refused because a row is at fault and the import is strict.</summary>
    public bool IsRefused { get; }
}
