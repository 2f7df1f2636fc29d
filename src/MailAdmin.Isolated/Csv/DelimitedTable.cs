using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;

namespace MailAdmin.Isolated.Csv;

/// <summary>An open file of delimited text: its header, and its rows as they are asked for (once).</summary>
public sealed class DelimitedTable : IDisposable
{
    /// <summary>How far the delimiter is looked for.</summary>
    private const int MaxHeaderLength = 64 * 1024;

    private readonly CsvDataReader _reader;
    private readonly DelimitedTextOptions _options;
    private int _nextLine;
    private int _rowNumber;
    private int _sheetRow;

    private DelimitedTable(CsvDataReader reader, DelimitedTextOptions options, HeaderPreamble preamble, string encodingName, string? otherEncodings)
    {
        OtherEncodings = otherEncodings;
        _sheetRow = preamble.LineCount - preamble.HiddenLineCount;
        _reader = reader;
        _options = options;
        _nextLine = preamble.LineCount + 1;
        Delimiter = options.Delimiter ?? preamble.Delimiter;
        EncodingName = encodingName;
        Headers = ReadHeaders();
    }

    /// <summary>The headers, trimmed. A column may have an empty one.</summary>
    public IReadOnlyList<string> Headers { get; private set; } = [];

    /// <summary>Separates the cells.</summary>
    public char Delimiter { get; }

    /// <summary>The encoding that the file is read in: utf-8, utf-16, utf-16BE, windows-1252 or the one given.</summary>
    public string EncodingName { get; }

    /// <summary>The names of encodings that the file may be in as well, for a sentence, where nothing in it says that it is this one; null where that is certain.</summary>
    public string? OtherEncodings { get; }

    /// <summary>The rows. Each has the cells that the file has; <see cref="DelimitedRow.Error"/> says if their number is wrong.</summary>
    /// <exception cref="DelimitedTextException">Thrown while enumerating.</exception>
    public IEnumerable<DelimitedRow> Rows
    {
        get
        {
            while (ReadRow(out int line))
            {
                if (ReadCells(line) is { } cells)
                {
                    yield return CreateRow(cells, line);
                }
            }

            if (_rowNumber == 0)
            {
                throw new DelimitedTextException(DelimitedTextError.NoRows, "The file has a header but no rows.");
            }
        }
    }

    internal static DelimitedTable Open(Stream stream, DelimitedTextOptions options)
    {
        StreamReader text = TextDecoding.Open(stream, options.Encoding, out Encoding encoding, out string? others);
        try
        {
            char[] head = new char[MaxHeaderLength];
            int length = text.ReadBlock(head);
            var preamble = HeaderPreamble.Find(head.AsSpan(0, length));
            var reader = new PrefixedReader(head.AsMemory(preamble.Length, length - preamble.Length), text);
            return new DelimitedTable(OpenCsv(reader, options, preamble), options, preamble, encoding.WebName, others);
        }
        catch (DecoderFallbackException exception)
        {
            text.Dispose();
            throw TextDecoding.CreateDecodingError(encoding.WebName, exception);
        }
        catch
        {
            text.Dispose();
            throw;
        }
    }

    private static CsvDataReader OpenCsv(TextReader reader, DelimitedTextOptions options, HeaderPreamble preamble)
    {
        try
        {
            return CsvDataReader.Create(reader, new CsvDataReaderOptions
            {
                Delimiter = options.Delimiter ?? preamble.Delimiter,
                HasHeaders = false,
                BufferSize = Math.Min(16 * 1024, options.MaxRowLength),
                MaxBufferSize = options.MaxRowLength,
                ResultSetMode = ResultSetMode.SingleResult,
                // No comments: a cell may begin with any character. U+FFFF is not a character.
                Comment = '\uffff',
            });
        }
        catch (CsvFormatException exception)
        {
            throw new DelimitedTextException(ClassifyError(exception), $"The header in line {preamble.LineCount + 1} cannot be read: {FormatReason(exception, options)}", exception)
            {
                RowNumber = 0,
                LineNumber = preamble.LineCount + 1,
            };
        }
    }

    private string[] ReadHeaders()
    {
        if (!ReadRow(out int line) || ReadCells(line) is not { } headers)
        {
            throw new DelimitedTextException(DelimitedTextError.NoHeader, "The file is empty: it has no header line.");
        }

        for (int i = 0; i < headers.Length; i++)
        {
            headers[i] = headers[i].Trim();
        }

        _options.CheckHeaders?.Invoke(headers);
        ThrowIfDuplicate(headers, line);
        return headers;
    }

    // By number: the first line of a file without a header holds values, perhaps a password.
    private static void ThrowIfDuplicate(string[] headers, int line)
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < headers.Length; i++)
        {
            if (headers[i].Length > 0 && !seen.TryAdd(headers[i], i + 1))
            {
                throw new DelimitedTextException(DelimitedTextError.DuplicateHeader, $"Columns {seen[headers[i]]} and {i + 1} have the same header in line {line}.")
                {
                    RowNumber = 0,
                    LineNumber = line,
                    Column = FormatColumn(i),
                };
            }
        }
    }

    /// <summary>Reads the next record and counts the lines it covers.</summary>
    private bool ReadRow(out int line)
    {
        line = _nextLine;
        try
        {
            if (!_reader.Read())
            {
                return false;
            }

            _sheetRow++;
            _nextLine += CountLineBreaks(_reader.GetRawRecordSpan());
            return true;
        }
        catch (CsvFormatException exception)
        {
            throw CreateError(ClassifyError(exception), exception.FieldOrdinal, line, FormatReason(exception, _options), exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw TextDecoding.CreateDecodingError(EncodingName, exception);
        }
    }

    /// <summary>The cells of the current record; null for one without content (a blank line, or nothing but delimiters).</summary>
    private string[]? ReadCells(int line)
    {
        string[] cells = new string[_reader.RowFieldCount];
        bool content = false;
        for (int i = 0; i < cells.Length; i++)
        {
            ReadOnlySpan<char> cell = _reader.GetFieldSpan(i);
            if (cell.Length > _options.MaxCellLength)
            {
                throw CreateError(DelimitedTextError.TooLarge, i, line, FormatTooLong(cell.Length, _options.MaxCellLength));
            }

            if (cell.Contains('\0'))
            {
                throw CreateError(DelimitedTextError.Binary, i, line, "it contains a NUL character, so the file is not text.");
            }

            cells[i] = cell.ToString();
            content |= !cell.IsWhiteSpace();
        }

        return content ? cells : null;
    }

    private DelimitedRow CreateRow(string[] cells, int line)
    {
        var row = new DelimitedRow(++_rowNumber, line, cells) { SheetRow = _sheetRow };
        return cells.Length == Headers.Count
            ? row
            : row with { Error = $"expected {Headers.Count} cells, found {cells.Length}" };
    }

    private DelimitedTextException CreateError(DelimitedTextError error, int column, int line, string reason, Exception? inner = null)
    {
        int row = Headers.Count == 0 ? 0 : _rowNumber + 1;
        string name = FormatColumn(column);
        string location = row == 0 ? "The header" : "The row";
        return new DelimitedTextException(error, $"{location} in line {line}, column {name}: {reason}", inner)
        {
            RowNumber = row,
            LineNumber = line,
            Column = name,
        };
    }

    private static string FormatColumn(int index) => (index + 1).ToString(CultureInfo.InvariantCulture);

    private static DelimitedTextError ClassifyError(CsvFormatException exception) =>
        exception is CsvRecordTooLargeException ? DelimitedTextError.TooLarge : DelimitedTextError.BrokenQuote;

    private static string FormatReason(CsvFormatException exception, DelimitedTextOptions options) =>
        exception is CsvRecordTooLargeException
            ? FormatTooLong(options.MaxRowLength, options.MaxCellLength) + " Check for a quotation mark that is not closed."
            : "a quotation mark is not closed, or text follows the closing one. A quotation mark inside a quoted cell is written twice.";

    private static string FormatTooLong(int length, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"it is {length:N0} characters long or longer; the limit is {limit:N0}.");

    private static int CountLineBreaks(ReadOnlySpan<char> text)
    {
        int count = 0;
        for (int i = text.IndexOfAny('\r', '\n'); i >= 0; i = text.IndexOfAny('\r', '\n'))
        {
            count++;
            text = text[(i + (text[i..] is ['\r', '\n', ..] ? 2 : 1))..];
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
