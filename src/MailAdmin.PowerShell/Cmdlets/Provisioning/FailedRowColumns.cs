using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>
/// The columns that a list of failed rows has before those of the table that was imported. They are left out when the mended list is imported, so that it is a
/// table of people again.
/// </summary>
internal static class FailedRowColumns
{
    // What a row without them has, stands behind them as it was: a cell too many or too few is still one.
    private static readonly string[] s_plain = ["Row", "Column", "ErrorId", "Error"];
    private static readonly string[] s_prefixed = [.. s_plain.Select(name => "Import" + name)];

    private const int ErrorIdAt = 2;
    // Which way the number of cells of a row is wrong. The last one: it was wrong, and where cells were filled up it cannot be seen whether it still is.
    private const string Missing = "CellMissing";
    private const string Surplus = "CellSurplus";
    private const string Doubtful = "CellCountDoubtful";

    /// <summary>The columns to add to a table with these headers: other names where it has one of them itself.</summary>
    public static IReadOnlyList<string> ChooseFor(IReadOnlyList<string> headers) =>
        headers.Intersect(s_plain, StringComparer.OrdinalIgnoreCase).Any() ? s_prefixed : s_plain;

    /// <summary>Whether a file with these headers is a list of failed rows.</summary>
    public static bool AreIn(IReadOnlyList<string> headers) => headers.Count > s_plain.Length && (StartsWith(headers, s_plain) || StartsWith(headers, s_prefixed));

    /// <summary>What the column ErrorId says of a row with the wrong number of cells, also where it was not read; null for any other row.</summary>
    public static string? FindCountError(ImportRow row, ImportTable table) => row.Cells.Count.CompareTo(table.Headers.Count) switch
    {
        < 0 => Missing,
        > 0 => Surplus,
        _ => row.Error is null ? null : Doubtful,
    };

    /// <summary>The table without these columns. A report of an import that has no people is refused.</summary>
    /// <param name="table">Any table.</param>
    /// <param name="keepsCounts">Whether each row has the cells that the file has: objects of Import-Csv have one for each column.</param>
    /// <exception cref="FormatException">It lists what became of rows, without their values: accounts without addresses would be created.</exception>
    public static ImportTable Remove(ImportTable table, bool keepsCounts)
    {
        if (AreIn(table.Headers))
        {
            // A spreadsheet gives all rows as many cells as the longest has, and the header too.
            string[] headers = [.. table.Headers.Skip(s_plain.Length).Reverse().SkipWhile(header => header.Length == 0).Reverse()];
            bool isFilledUp = !keepsCounts || headers.Length < table.Headers.Count - s_plain.Length;
            return table with { Headers = headers, Rows = [.. table.Rows.Select(row => RemoveFrom(row, headers.Length, isFilledUp, table.Headers[ErrorIdAt]))] };
        }
        return table.Headers.Intersect(["Row", "ErrorId", "Error"], StringComparer.OrdinalIgnoreCase).Count() == 3
            ? throw new FormatException("This is a report about the rows of an import, without their values. Correct the rows in the file that was imported, or in the file that -FailedPath wrote, and import that: rows that are done are left unchanged.")
            : table;
    }

    // Where cells were filled up, their number no longer shows that some are wrong.
    private static ImportRow RemoveFrom(ImportRow row, int count, bool isFilledUp, string errorIdHeader)
    {
        List<string?> cells = [.. row.Cells.Skip(s_plain.Length)];
        while (isFilledUp && cells.Count > count && string.IsNullOrEmpty(cells[^1]))
        {
            cells.RemoveAt(cells.Count - 1);
        }
        bool isDoubtful = cells.Count == count && row.Cells.ElementAtOrDefault(ErrorIdAt)?.Trim() switch
        {
            Doubtful => true,
            Surplus => isFilledUp,
            Missing => isFilledUp || string.IsNullOrWhiteSpace(cells.LastOrDefault()),
            _ => false,
        };
        return row with
        {
            Cells = cells,
            ObjectCells = row.ObjectCells.Select(index => index - s_plain.Length).ToHashSet(),
            Error = isDoubtful
                ? $"that was so in the first import, and a program may have filled it up. If the row is right now, empty its cell in the column {errorIdHeader}"
                : null,
        };
    }

    private static bool StartsWith(IReadOnlyList<string> headers, string[] names) => headers.Take(names.Length).SequenceEqual(names, StringComparer.OrdinalIgnoreCase);
}
