namespace MailAdmin.Client;

/// <summary>What an import will do, complete before anything is sent. Made by <see cref="Provisioner.PlanAsync"/>.</summary>
public sealed class ImportPlan
{
    internal ImportPlan(IReadOnlyList<PlannedRow> rows, bool strict)
    {
        Rows = rows;
        FailedCount = Count(PlannedAction.Failed);
        IsRejected = strict && FailedCount > 0;
    }

    /// <summary>One for each row of the table: level by level of their dependencies, in a level as in the table; an invalid one where it would have been.</summary>
    public IReadOnlyList<PlannedRow> Rows { get; }

    /// <summary>How many rows are invalid.</summary>
    public int FailedCount { get; }

    /// <summary>Whether the whole table is rejected, because a row is invalid and the import is strict.</summary>
    public bool IsRejected { get; }

    /// <summary>The columns of the table that are not read.</summary>
    public IReadOnlyList<UnusedColumn> UnusedColumns { get; internal init; } = [];

    /// <summary>What those of them hold that may be missed, and how they are read; null where nothing is known of it.</summary>
    public string? UnusedColumnAdvice { get; internal set; }

    /// <summary>What to know before the plan is carried out: addresses that are left out, rows that are perhaps not meant.</summary>
    public IReadOnlyList<string> Warnings { get; internal init; } = [];

    /// <summary>A name or description with letters beyond ASCII, to see whether the file was read in the right encoding; null if there is none.</summary>
    public string? SampleText { get; internal set; }

    /// <summary>Whether nothing but passwords has letters beyond ASCII, so that nothing can be shown by which to see that.</summary>
    public bool IsEncodingOfPasswords { get; internal set; }

    /// <summary>How many rows are to be handled in this way.</summary>
    public int Count(PlannedAction action) => Rows.Count(row => row.Action == action);
}
