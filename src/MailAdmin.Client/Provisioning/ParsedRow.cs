namespace MailAdmin.Client.Provisioning;

/// <summary>One row, read: what it asks for, and where in the table that is.</summary>
/// <param name="Number">The number of the row, from 1, without the header.</param>
/// <param name="Spec">What it asks for; an invalid cell counts as not given.</param>
/// <param name="Columns">The columns of the table.</param>
/// <param name="Errors">What is wrong with it; such a row is never sent.</param>
internal sealed record ParsedRow(int Number, PrincipalSpec Spec, ColumnMap Columns, IReadOnlyList<RowError> Errors)
{
    /// <summary>The cells in the order of the table; a password may be among them. Empty where no single row has them.</summary>
    public IReadOnlyList<string?> Cells { get; init; } = [];

    /// <summary>Whether no error may quote the cells, since any of them may be the password.</summary>
    public bool HidesCells { get; init; }

    /// <summary>Whether the name was made from the address.</summary>
    public bool IsNameDerived { get; init; }

    /// <summary>Why nothing is made of the row, though nothing is wrong with it; null for a row to import.</summary>
    public string? SkipReason { get; init; }

    /// <summary>The rows of which this one was gathered; none for a row of its own.</summary>
    public IReadOnlyList<ParsedRow> Parts { get; init; } = [];

    /// <summary>The number of the row that asks for what this one asks for; null for a row of its own.</summary>
    public int? GatheredInto { get; init; }

    /// <summary>How many of its addresses are left out.</summary>
    public int LeftOutCount { get; init; }

    /// <summary>An error of the row, which quotes no cell where that is not allowed.</summary>
    public RowError CreateError(int number, ImportField field, string? value, string errorId, string message)
    {
        var error = new RowError(number, Columns.GetHeader(field), value, message, errorId);
        return HidesCells || Parts.Any(part => part.HidesCells) ? CellQuoting.Hide(error) : error;
    }

    /// <summary>The number alone: a cell may hold a password.</summary>
    public override string ToString() => $"Row {Number}";
}
