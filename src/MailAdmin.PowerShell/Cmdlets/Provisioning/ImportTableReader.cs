using System.Collections;
using System.Data;
using System.Management.Automation;
using System.Security;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Isolated.Csv;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>Makes the table of an import out of a CSV file, a JSON file or objects of the pipeline.</summary>
internal static class ImportTableReader
{
    /// <summary>The words for rows that came through the pipeline.</summary>
    public const string PipelineName = "the pipeline's rows";

    /// <summary>Reads a file: .json as JSON, any other as delimited text.</summary>
    /// <exception cref="FormatException">The file as a whole cannot be read; nothing of it can be imported.</exception>
    public static ImportSource FromFile(ImportPath path, char? delimiter, Encoding? encoding)
    {
        if (Directory.Exists(path.FullPath))
        {
            throw new ArgumentException($"'{path.Given}' is a folder. Specify files, such as: Get-ChildItem {QuotedText.Quote(path.Given)} -Filter *.csv | Import-MailPrincipal");
        }
        using FileStream stream = File.OpenRead(path.FullPath);
        ImportSource source = path.FullPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? FromJson(path.Given, stream, encoding)
            : FromCsv(path.Given, stream, delimiter, encoding);
        return source with { Path = path.FullPath, Table = Prepare(source.Table) };
    }

    /// <summary>Takes objects of the pipeline: Import-Csv rows, hashtables, principals of another server, users of a directory service.</summary>
    /// <exception cref="ArgumentException">One of them is no row.</exception>
    public static ImportSource FromObjects(IReadOnlyList<PSObject> objects)
    {
        HashSet<string> secureColumns = [.. objects.SelectMany(GetValues).Where(pair => pair.Value.Unwrap() is SecureString or PSCredential).Select(pair => pair.Key)];
        return new ImportSource(PipelineName, Prepare(FromCells([.. objects.Select(ToCells)]))) { SecureColumns = secureColumns };
    }

    private static ImportTable Prepare(ImportTable table) => FormulaCells.Unprotect(FailedRowColumns.Remove(table), PrincipalFileWriter.Headers);

    private static ImportSource FromCsv(string name, Stream stream, char? delimiter, Encoding? encoding)
    {
        var options = new DelimitedTextOptions { Delimiter = delimiter, Encoding = encoding, CheckHeaders = ImportTable.CheckHeaders };
        using DelimitedTable table = DelimitedText.Open(stream, options);
        return new ImportSource(name, new ImportTable(table.Headers, [.. table.Rows.Select(r => new ImportRow(r.SheetRow, r.Cells, r.Error))]))
        {
            Delimiter = table.Delimiter,
            GuessedEncoding = table.IsEncodingGuessed ? table.EncodingName : null,
        };
    }

    private static ImportSource FromJson(string name, Stream stream, Encoding? encoding)
    {
        var text = DecodedText.Read(stream, encoding);
        try
        {
            using var document = JsonDocument.Parse(text.Text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw new FormatException("The JSON file must be an array of objects, one per principal.");
            }
            return new ImportSource(name, FromCells([.. document.RootElement.EnumerateArray().Select(ToCells)]))
            {
                GuessedEncoding = text.IsEncodingGuessed ? text.EncodingName : null,
            };
        }
        catch (JsonException e)
        {
            throw new FormatException($"The file is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", e);
        }
    }

    // Rows may have different properties: the headers are all of them, in order of appearance.
    private static ImportTable FromCells(IReadOnlyList<IReadOnlyList<KeyValuePair<string, string?>>> rows)
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

    private static List<KeyValuePair<string, string?>> ToCells(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? [.. element.EnumerateObject().Select(p => new KeyValuePair<string, string?>(p.Name, ToText(p.Value)))]
        : throw new FormatException($"The JSON file must be an array of objects; it contains {(element.ValueKind is JsonValueKind.Null ? "null" : "a " + element.ValueKind.ToString().ToLowerInvariant())}.");

    private static string? ToText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.Array => string.Join(';', value.EnumerateArray().Select(ToText)),
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };

    private static List<KeyValuePair<string, string?>> ToCells(PSObject row) => [.. GetValues(row).Select(pair => new KeyValuePair<string, string?>(pair.Key, ToText(pair.Value)))];

    private static IEnumerable<KeyValuePair<string, object?>> GetValues(PSObject row) => row.BaseObject switch
    {
        IDictionary table => table.Cast<DictionaryEntry>().Select(entry => KeyValuePair.Create(entry.Key.ToString()!, entry.Value)),
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
            IEnumerable items => string.Join(';', items.Cast<object?>()),
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => unwrapped.ToString(),
        };
    }
}
