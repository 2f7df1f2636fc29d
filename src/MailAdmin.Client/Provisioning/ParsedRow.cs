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

    /// <summary>Which cells errors may quote; null where no single row has them.</summary>
    public CellQuoting? Quoting { get; init; }

    /// <summary>Whether each cell is where it belongs, as far as can be told.</summary>
    public bool IsInOrder { get; init; }

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
    /// <param name="number">The row.</param>
    /// <param name="header">The column.</param>
    /// <param name="value">The value; null where the message has none.</param>
    /// <param name="error">What is wrong.</param>
    /// <param name="earlier">The errors that the row has already: once among them is enough of why a cell is not shown.</param>
    public RowError CreateError(int number, string header, string? value, CellError error, IEnumerable<RowError> earlier)
    {
        bool isHidden = value is not null && !IsQuotable(header);
        string reason = !isHidden || earlier.Any(other => other.IsHidden) ? "" : " The cell is not shown, as it may be the password: compare the row with the header.";
        // Advice names the column as it is to be typed.
        string message = (isHidden ? error.Message.Hidden : error.Message.Shown).Replace("@{ Header =", $"@{{ '{header.Replace("'", "''", StringComparison.Ordinal)}' =", StringComparison.Ordinal);
        return new RowError(number, header, isHidden ? null : value, message + reason, error.ErrorId) { IsHidden = isHidden };
    }

    /// <summary>What the row names and no error may quote, with its column.</summary>
    public IEnumerable<(string Header, string Name)> HiddenNames => Quoting?.FindHiddenNames(Cells, IsInOrder) ?? [];

    /// <summary>Whether an error may quote the cell in a column; not where it may be the password.</summary>
    public bool IsQuotable(string header) => Parts.All(part => part.IsQuotable(header)) && Quoting?.IsAllowed(Cells, header, IsInOrder) != false;

    /// <summary>The number alone: a cell may hold a password.</summary>
    public override string ToString() => $"Row {Number}";
}
