using System.Management.Automation;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Isolated.Csv;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>Makes the table of an import out of a CSV file, a JSON file or objects of the pipeline.</summary>
internal static class ImportTableReader
{
    /// <summary>Reads a file: .json as JSON, any other as delimited text.</summary>
    /// <exception cref="FormatException">The file as a whole cannot be read; nothing of it can be imported.</exception>
    public static ImportTable FromFile(string path, char? delimiter, Encoding? encoding)
    {
        using FileStream stream = File.OpenRead(path);
        return path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? FromJson(stream) : ThrowIfFailedRows(FromCsv(stream, delimiter, encoding));
    }

    /// <summary>Takes objects of the pipeline: Import-Csv rows, hashtables, principals of another server.</summary>
    public static ImportTable FromObjects(IReadOnlyList<PSObject> objects)
        => ThrowIfFailedRows(ObjectTable.Create(objects));

    // It has names and nothing else of the rows: accounts without addresses would be created.
    private static ImportTable ThrowIfFailedRows(ImportTable table) => table.Headers.SequenceEqual(PrincipalFileWriter.FailedRowHeaders)
        ? throw new FormatException("This is a list of failed rows, as -FailedPath writes it: names and errors, without the values. Correct these rows in the file that was imported, and import that file again: rows that are done are left unchanged.")
        : table;

    private static ImportTable FromCsv(Stream stream, char? delimiter, Encoding? encoding)
    {
        using DelimitedTable table = DelimitedText.Open(stream, new DelimitedTextOptions { Delimiter = delimiter, Encoding = encoding });
        return new ImportTable(table.Headers, [.. table.Rows.Select(r => new ImportRow(r.RowNumber, r.Cells, r.Error))]);
    }

    private static ImportTable FromJson(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(stream, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                throw new FormatException("The JSON file must be an array of objects, one per principal.");
            }
            return ObjectTable.Create([.. document.RootElement.EnumerateArray().Select(ToCells)]);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The file is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", e);
        }
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
}
