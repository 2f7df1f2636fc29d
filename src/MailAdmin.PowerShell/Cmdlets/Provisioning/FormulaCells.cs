// A spreadsheet runs a cell that begins with =, +, -, @, a tab or a carriage return as a formula, whoever wrote it.
using System.Text.RegularExpressions;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>
/// Writes cells so that a spreadsheet takes them as text (an apostrophe before them), and takes that back in files of this module. A value that has such
/// an apostrophe itself gets one more in every file, so that what is read is what was written, protected or not.
/// </summary>
internal sealed partial class FormulaCells(bool protects)
{
    /// <summary>How many cells a spreadsheet would have run.</summary>
    public int Count { get; private set; }

    /// <summary>The cell to write.</summary>
    public string? Write(string? cell)
    {
        if (cell is null || !Formula().IsMatch(cell))
        {
            return cell;
        }
        bool isQuoted = cell[0] == '\'';
        Count += isQuoted ? 0 : 1;
        return isQuoted || protects ? $"'{cell}" : cell;
    }

    /// <summary>Takes the apostrophes back, in the columns and files of this module only: elsewhere an apostrophe belongs to the value.</summary>
    public static ImportTable Unprotect(ImportTable table, IReadOnlyList<string> ownHeaders)
    {
        if (table.Headers.Any(IsOfExportCsv) || ownHeaders.Except(table.Headers, StringComparer.OrdinalIgnoreCase).Any())
        {
            return table;
        }
        bool[] isOwn = [.. table.Headers.Select(header => ownHeaders.Contains(header, StringComparer.OrdinalIgnoreCase))];
        return table with
        {
            Rows = [.. table.Rows.Select(row => row with { Cells = [.. row.Cells.Select((cell, index) => index < isOwn.Length && isOwn[index] ? Read(cell) : cell)] })],
        };
    }

    // Files of Export-Csv hold every property; those of earlier versions had the used bytes as UsedQuota.
    private static bool IsOfExportCsv(string header) => header.ToUpperInvariant() is "USEDBYTES" or "USEDQUOTA";

    private static string? Read(string? cell) => cell is ['\'', ..] && Formula().IsMatch(cell) ? cell[1..] : cell;

    [GeneratedRegex(@"^'*[=+\-@\t\r]", RegexOptions.CultureInvariant)]
    private static partial Regex Formula();
}
