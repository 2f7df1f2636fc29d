using System.Collections;
using System.Data;
using System.Management.Automation;
using System.Security;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Makes a table out of objects: their properties are its columns.</summary>
internal static class ObjectTable
{
    private static readonly HashSet<int> s_none = [];

    /// <summary>Takes objects of the pipeline: rows of Import-Csv, hashtables, principals of another server.</summary>
    public static ImportTable Create(IReadOnlyList<PSObject> objects) => Create([.. objects.Select(ToCells)]);

    /// <summary>Takes rows of named cells. Rows may have different ones: the headers are all of them, in order of appearance.</summary>
    public static ImportTable Create(IReadOnlyList<IReadOnlyList<KeyValuePair<string, TableCell>>> rows)
    {
        if (rows.Count == 0)
        {
            throw new FormatException("There are no rows to import.");
        }
        var columns = new Dictionary<string, int>(rows[0].Count, StringComparer.OrdinalIgnoreCase);
        foreach (IReadOnlyList<KeyValuePair<string, TableCell>> row in rows)
        {
            foreach ((string name, TableCell _) in row)
            {
                columns.TryAdd(name, columns.Count);
            }
        }
        return new ImportTable([.. columns.Keys], [.. rows.Select((row, index) => CreateRow(index + 1, row, columns))]);
    }

    private static ImportRow CreateRow(int number, IReadOnlyList<KeyValuePair<string, TableCell>> row, Dictionary<string, int> columns)
    {
        string?[] cells = new string?[columns.Count];
        bool[] isGiven = new bool[columns.Count];
        HashSet<int> objects = s_none;
        foreach ((string name, TableCell cell) in row)
        {
            int index = columns[name];
            if (isGiven[index])
            {
                throw new FormatException($"Row {number} has '{name}' twice, in upper or lower case. Leave one of them out.");
            }
            isGiven[index] = true;
            cells[index] = cell.Text;
            if (cell.IsObject)
            {
                objects = [.. objects, index];
            }
        }
        return new ImportRow(number, cells, null) { ObjectCells = objects };
    }

    /// <summary>The columns that have secure values.</summary>
    public static IReadOnlySet<string> FindSecureColumns(IReadOnlyList<PSObject> objects) =>
        new HashSet<string>(objects.SelectMany(GetValues).Where(pair => pair.Value.Unwrap() is SecureString or PSCredential).Select(pair => pair.Key), StringComparer.OrdinalIgnoreCase);

    private static IReadOnlyList<KeyValuePair<string, TableCell>> ToCells(PSObject row) =>
        [.. GetValues(row).Select(pair => KeyValuePair.Create(pair.Key, TableCell.FromValue(pair.Value)))];

    private static IEnumerable<KeyValuePair<string, object?>> GetValues(PSObject row) => row.BaseObject switch
    {
        // By its keys: a generic dictionary enumerates pairs of its own type.
        IDictionary table => table.Keys.Cast<object>().Select(key => KeyValuePair.Create(InputText.Format(key), table[key])),
        // [ExpandoObject]
        IDictionary<string, object?> table => table,
        // Its own properties (Table, RowState) are no columns.
        DataRow data => data.Table.Columns.Cast<DataColumn>().Select(column => KeyValuePair.Create(column.ColumnName, (object?)data[column])),
        // In a row that is the end of an account. What is read here may be a key.
        MailPrincipal => row.Properties.Where(property => property.Name != nameof(MailPrincipal.Expires)).Select(property => KeyValuePair.Create(property.Name, (object?)property.Value)),
        _ => row.Properties.Select(property => KeyValuePair.Create(property.Name, (object?)property.Value)),
    };
}
