using System.Collections;
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

    private static List<KeyValuePair<string, string?>> ToCells(PSObject row) => row.BaseObject is IDictionary table
        ? [.. table.Cast<DictionaryEntry>().Select(e => new KeyValuePair<string, string?>(e.Key.ToString()!, ToText(e.Value)))]
        : [.. row.Properties.Select(p => new KeyValuePair<string, string?>(p.Name, ToText(p.Value)))];

    private static string? ToText(object? value)
    {
        object? unwrapped = value is PSObject wrapped ? wrapped.BaseObject : value;
        return unwrapped switch
        {
            null => null,
            string text => text,
            SecureString secure => SecureStringConverter.ToPlainText(secure),
            PSCredential credential => SecureStringConverter.ToPlainText(credential.Password),
            IDictionary or IReadOnlyDictionary<string, JsonElement> => null,
            IEnumerable items => string.Join(';', items.Cast<object?>()),
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => unwrapped.ToString(),
        };
    }
}
