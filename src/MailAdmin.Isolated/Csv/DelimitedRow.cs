namespace MailAdmin.Isolated.Csv;

/// <summary>One data row of delimited text.</summary>
/// <param name="RowNumber">1 for the first row after the header; rows without any content are not counted.</param>
/// <param name="LineNumber">The line of the file on which the row starts, from 1.</param>
/// <param name="Cells">The cells, as many as the row has.</param>
public sealed record DelimitedRow(int RowNumber, int LineNumber, string[] Cells)
{
    /// <summary>
    /// The row as a spreadsheet numbers it: the header is row 1 (below lines that stand above it), blank lines count, and a row with line breaks in its cells
    /// is one.
    /// </summary>
    public int SheetRow { get; init; }

    /// <summary>What is wrong with the row's form (too few or too many cells); null for a valid row.</summary>
    public string? Error { get; init; }
}
