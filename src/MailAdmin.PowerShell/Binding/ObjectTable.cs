using System.Collections;
using System.Data;
using System.Management.Automation;
using System.Security;
using System.Text.Json;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Makes a table out of objects: their properties are its columns.</summary>
internal static class ObjectTable
{
    /// <summary>Takes objects of the pipeline: rows of Import-Csv, hashtables, principals of another server.</summary>
    public static ImportTable Create(IReadOnlyList<PSObject> objects) => Create([.. objects.Select(ToCells)]);

    /// <summary>Takes rows of named cells. Rows may have different ones: the headers are all of them, in order of appearance.</summary>
    public static ImportTable Create(IReadOnlyList<IReadOnlyList<KeyValuePair<string, string?>>> rows)
    {
        if (rows.Count == 0)
        {
            throw new FormatException("There are no rows to import.");
        }
        var columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string?> cell in rows.SelectMany(r => r))
        {
            columns.TryAdd(cell.Key, columns.Count);
        }
        return new ImportTable([.. columns.Keys], [.. rows.Select((row, index) => new ImportRow(index + 1, AlignCells(row, columns), null))]);
    }

    private static string?[] AlignCells(IReadOnlyList<KeyValuePair<string, string?>> row, Dictionary<string, int> columns)
    {
        string?[] cells = new string?[columns.Count];
        foreach ((string name, string? value) in row)
        {
            cells[columns[name]] = value;
        }
        return cells;
    }

    /// <summary>The columns that have secure values.</summary>
    public static IReadOnlySet<string> FindSecureColumns(IReadOnlyList<PSObject> objects) =>
        new HashSet<string>(objects.SelectMany(GetValues).Where(pair => pair.Value.Unwrap() is SecureString or PSCredential).Select(pair => pair.Key), StringComparer.OrdinalIgnoreCase);

    private static List<KeyValuePair<string, string?>> ToCells(PSObject row) => [.. GetValues(row).Select(pair => new KeyValuePair<string, string?>(pair.Key, ToText(pair.Value)))];

    private static IEnumerable<KeyValuePair<string, object?>> GetValues(PSObject row) => row.BaseObject switch
    {
        IDictionary table => table.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create(InputText.Format(entry.Key), entry.Value)),
        // Its own properties (Table, RowState) are no columns.
        DataRow data => data.Table.Columns.Cast<DataColumn>().Select(column => KeyValuePair.Create(column.ColumnName, (object?)data[column])),
        _ => row.Properties.Select(property => KeyValuePair.Create(property.Name, (object?)property.Value)),
    };

    private static string? ToText(object? value)
    {
        object? unwrapped = value is PSObject wrapped ? wrapped.BaseObject : value;
        return unwrapped switch
        {
            null or DBNull => null,
            string text => text,
            SecureString secure => SecureStringConverter.ToPlainText(secure),
            PSCredential credential => SecureStringConverter.ToPlainText(credential.Password),
            IDictionary or IReadOnlyDictionary<string, JsonElement> => null,
            IEnumerable items => string.Join(';', items.Cast<object?>().Select(InputText.Format)),
            _ => InputText.Format(unwrapped),
        };
    }
}
