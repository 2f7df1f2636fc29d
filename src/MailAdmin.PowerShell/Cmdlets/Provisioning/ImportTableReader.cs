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
        bool isJson = path.FullPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
        ImportSource source = isJson
            ? FromJson(path.Given, stream, encoding)
            : FromCsv(path.Given, stream, delimiter, encoding);
        return source with { Path = path.FullPath, Table = Prepare(source.Table, keepsCounts: !isJson) };
    }

    /// <summary>Takes objects of the pipeline: Import-Csv rows, hashtables, principals of another server, users of a directory service.</summary>
    /// <exception cref="ArgumentException">One of them is no row.</exception>
    public static ImportSource FromObjects(IReadOnlyList<PSObject> objects) =>
        new(PipelineName, Prepare(ObjectTable.Create(objects), keepsCounts: false)) { SecureColumns = ObjectTable.FindSecureColumns(objects) };

    private static ImportTable Prepare(ImportTable table, bool keepsCounts)
    {
        ImportTable people = FormulaCells.Unprotect(FailedRowColumns.Remove(table, keepsCounts), PrincipalFileWriter.Headers);
        bool isExport = !PrincipalFileWriter.Headers.Except(people.Headers, StringComparer.OrdinalIgnoreCase).Any();
        return people with { KeepsBlanks = table.KeepsBlanks || isExport };
    }

    private static ImportSource FromCsv(string name, Stream stream, char? delimiter, Encoding? encoding)
    {
        var options = new DelimitedTextOptions { Delimiter = delimiter, Encoding = encoding, CheckHeaders = ImportTable.CheckHeaders };
        using DelimitedTable table = DelimitedText.Open(stream, options);
        return new ImportSource(name, new ImportTable(table.Headers, [.. table.Rows.Select(r => new ImportRow(r.SheetRow, r.Cells, r.Error))]))
        {
            Delimiter = table.Delimiter,
            EncodingName = table.EncodingName,
            OtherEncodings = table.OtherEncodings,
        };
    }

    private static ImportSource FromJson(string name, Stream stream, Encoding? encoding)
    {
        var text = DecodedText.Read(stream, encoding);
        try
        {
            using var document = JsonDocument.Parse(text.Text, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            return new ImportSource(name, ObjectTable.Create([.. FindRows(document.RootElement).Select(ToCells)]) with { KeepsBlanks = true })
            {
                EncodingName = text.EncodingName,
                OtherEncodings = text.OtherEncodings,
            };
        }
        catch (JsonException e)
        {
            throw new FormatException($"The file is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.", e);
        }
    }

    // An array of one object is written without its brackets by ConvertTo-Json, and a response of the server has its objects in "items".
    private static IEnumerable<JsonElement> FindRows(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
        {
            return root.EnumerateArray();
        }
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("The JSON file must be an array of objects, one per principal: [ { \"Name\": \"jane\", \"Email\": \"jane@example.org\" } ].");
        }
        return root.TryGetProperty("data", out JsonElement data) && data.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? FindRows(data)
            : root.TryGetProperty("items", out JsonElement items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray()
            : [root];
    }

    private static IReadOnlyList<KeyValuePair<string, TableCell>> ToCells(JsonElement element) => element.ValueKind == JsonValueKind.Object
        ? [.. element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, TableCell.FromJson(p.Value)))]
        : throw new FormatException($"The JSON file must be an array of objects; it contains {(element.ValueKind is JsonValueKind.Null ? "null" : "a " + element.ValueKind.ToString().ToLowerInvariant())}.");
}
