namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Objects name one field in two ways, <c>email</c> in one and <c>emails</c> in another. Where no row has both, they are one column; where one has, they are
/// two columns for one field, which is an error.
/// </summary>
internal static class SameColumns
{
    /// <summary>The table with the values of such columns in the first of them. What the column map names stays as it is.</summary>
    public static ImportTable Merge(ImportTable table, ImportOptions options)
    {
        if (KnownHeaders.DetectSource(table.Headers) != ColumnSource.MailAdmin)
        {
            return table;
        }

        int[][] groups = [.. table.Headers.Select((header, index) => (Field: FindField(header, options), Index: index)).Where(column => column.Field is not null)
            .GroupBy(column => column.Field, column => column.Index).Select(group => group.ToArray()).Where(indexes => indexes.Length > 1 && table.Rows.All(row => HasOne(row, indexes)))];
        return groups.Aggregate(table, Merge);
    }

    private static ImportField? FindField(string header, ImportOptions options) =>
        KnownHeaders.TryGetField(header, out ImportField field) && !SignInCell.IsSignInField(field)
        && !options.ColumnOverrides.Keys.Any(key => key.Trim().Equals(header, StringComparison.OrdinalIgnoreCase)) ? field : null;

    private static bool HasOne(ImportRow row, int[] indexes) => indexes.Count(index => HasValue(row, index)) <= 1;

    private static bool HasValue(ImportRow row, int index) => row.ObjectCells.Contains(index) || (index < row.Cells.Count && !string.IsNullOrWhiteSpace(row.Cells[index]));

    private static ImportTable Merge(ImportTable table, int[] indexes) => table with
    {
        Headers = [.. table.Headers.Select((header, index) => Array.IndexOf(indexes, index) > 0 ? "" : header)],
        Rows = [.. table.Rows.Select(row => Move(row, indexes))],
    };

    private static ImportRow Move(ImportRow row, int[] indexes)
    {
        int found = Array.Find(indexes, index => HasValue(row, index));
        if (found == indexes[0] || !indexes.Contains(found) || !HasValue(row, found))
        {
            return row;
        }

        string?[] cells = [.. row.Cells];
        (cells[indexes[0]], cells[found]) = (cells[found], null);
        bool isObject = row.ObjectCells.Contains(found);
        return row with { Cells = cells, ObjectCells = isObject ? new HashSet<int>([.. row.ObjectCells.Where(index => index != found), indexes[0]]) : row.ObjectCells };
    }
}
