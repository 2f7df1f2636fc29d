using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>
/// The columns that a list of failed rows has behind those of the table that was imported. They are left out when the mended list is imported, so that it
/// is a table of people again.
/// </summary>
internal static class FailedRowColumns
{
    private static readonly string[] s_plain = ["Row", "Column", "ErrorId", "Error"];
    private static readonly string[] s_prefixed = [.. s_plain.Select(name => "Import" + name)];

    /// <summary>The columns to add to a table with these headers: other names where it has one of them itself.</summary>
    public static IReadOnlyList<string> ChooseFor(IReadOnlyList<string> headers) =>
        headers.Intersect(s_plain, StringComparer.OrdinalIgnoreCase).Any() ? s_prefixed : s_plain;

    /// <summary>Whether a file with these headers is a list of failed rows.</summary>
    public static bool AreIn(IReadOnlyList<string> headers) => headers.Count > s_plain.Length && (EndsWith(headers, s_plain) || EndsWith(headers, s_prefixed));

    /// <summary>The table without these columns. A report of an import that has no people is refused.</summary>
    /// <exception cref="FormatException">It lists what became of rows, without their values: accounts without addresses would be created.</exception>
    public static ImportTable Remove(ImportTable table)
    {
        if (AreIn(table.Headers))
        {
            int count = table.Headers.Count - s_plain.Length;
            return new ImportTable([.. table.Headers.Take(count)], [.. table.Rows.Select(row => row.Error is null ? row with { Cells = [.. row.Cells.Take(count)] } : row)]);
        }
        return table.Headers.Intersect(["Row", "ErrorId", "Error"], StringComparer.OrdinalIgnoreCase).Count() == 3
            ? throw new FormatException("This is a report about the rows of an import, without their values. Correct the rows in the file that was imported, or in the file that -FailedPath wrote, and import that: rows that are done are left unchanged.")
            : table;
    }

    private static bool EndsWith(IReadOnlyList<string> headers, string[] names) => headers.TakeLast(names.Length).SequenceEqual(names, StringComparer.OrdinalIgnoreCase);
}
