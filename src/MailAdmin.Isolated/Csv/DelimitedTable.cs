using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;

namespace MailAdmin.Isolated.Csv;

/// <summary>An open file of delimited text: its header, and its rows as they are asked for (once).</summary>
public sealed class DelimitedTable : IDisposable
{
    private readonly CsvDataReader _reader;
    private readonly DelimitedTextOptions _options;
    private int _nextLine;
    private int _rowNumber;

    private DelimitedTable(CsvDataReader reader, DelimitedTextOptions options, HeaderPreamble preamble, string encodingName)
    {
        _reader = reader;
        _options = options;
        _nextLine = preamble.Lines + 1;
        Delimiter = options.Delimiter ?? preamble.Delimiter;
        EncodingName = encodingName;
        Headers = ReadHeaders();
    }

    /// <summary>The headers, trimmed. A column may have an empty one.</summary>
    public IReadOnlyList<string> Headers { get; private set; } = [];

    /// <summary>Stands between the cells.</summary>
    public char Delimiter { get; }

    /// <summary>The encoding the file is read in: utf-8, utf-16, utf-16BE, windows-1252 or the one asked for.</summary>
    public string EncodingName { get; }

    /// <summary>The rows; each has as many cells as it has, and says in <see cref="DelimitedRow.Fault"/> if that is wrong.</summary>
    /// <exception cref="DelimitedTextException">Thrown while enumerating.</exception>
    public IEnumerable<DelimitedRow> Rows
    {
        get
        {
            while (ReadRow(out int line))
            {
                if (Cells(line) is { } cells)
                {
                    yield return Row(cells, line);
                }
            }

            if (_rowNumber == 0)
            {
                throw new DelimitedTextException(DelimitedTextFault.NoRows, "The file has a header but no rows.");
            }
        }
    }

    internal static DelimitedTable Open(Stream stream, DelimitedTextOptions options)
    {
        StreamReader text = TextDecoding.Open(stream, options.Encoding, out Encoding encoding);
        try
        {
            char[] head = new char[options.MaximumCellLength];
            int length = text.ReadBlock(head);
            var preamble = HeaderPreamble.Find(head.AsSpan(0, length));
            var reader = new PrefixedReader(head.AsMemory(preamble.Length, length - preamble.Length), text);
            return new DelimitedTable(OpenCsv(reader, options, preamble), options, preamble, encoding.WebName);
        }
        catch (DecoderFallbackException exception)
        {
            text.Dispose();
            throw Undecodable(encoding.WebName, exception);
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
                BufferSize = Math.Min(16 * 1024, options.MaximumRowLength),
                MaxBufferSize = options.MaximumRowLength,
                ResultSetMode = ResultSetMode.SingleResult,
                // No comments: a cell may begin with any character. U+FFFF is no character at all.
                Comment = '\uffff',
            });
        }
        catch (CsvFormatException exception)
        {
            throw new DelimitedTextException(Kind(exception), $"The header in line {preamble.Lines + 1} cannot be read: {Reason(exception, options)}", exception)
            {
                RowNumber = 0,
                LineNumber = preamble.Lines + 1,
            };
        }
    }

    private string[] ReadHeaders()
    {
        if (!ReadRow(out int line) || Cells(line) is not { } headers)
        {
            throw new DelimitedTextException(DelimitedTextFault.NoHeader, "The file is empty: it has no header line.");
        }

        for (int i = 0; i < headers.Length; i++)
        {
            headers[i] = headers[i].Trim();
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string header in headers)
        {
            if (header.Length > 0 && !seen.Add(header))
            {
                throw new DelimitedTextException(DelimitedTextFault.DuplicateHeader, $"The header '{header}' stands twice in line {line}.")
                {
                    RowNumber = 0,
                    LineNumber = line,
                    Column = header,
                };
            }
        }

        return headers;
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

            _nextLine += LineBreaks(_reader.GetRawRecordSpan());
            return true;
        }
        catch (CsvFormatException exception)
        {
            throw Fault(Kind(exception), exception.FieldOrdinal, line, Reason(exception, _options), exception);
        }
        catch (DecoderFallbackException exception)
        {
            throw Undecodable(EncodingName, exception);
        }
    }

    /// <summary>The cells of the current record; null for one without content (a blank line, or nothing but delimiters).</summary>
    private string[]? Cells(int line)
    {
        string[] cells = new string[_reader.RowFieldCount];
        bool content = false;
        for (int i = 0; i < cells.Length; i++)
        {
            ReadOnlySpan<char> cell = _reader.GetFieldSpan(i);
            if (cell.Length > _options.MaximumCellLength)
            {
                throw Fault(DelimitedTextFault.TooLarge, i, line, TooLong(cell.Length, _options.MaximumCellLength));
            }

            if (cell.Contains('\0'))
            {
                throw Fault(DelimitedTextFault.Binary, i, line, "it contains a NUL character, so the file is not text.");
            }

            cells[i] = cell.ToString();
            content |= !cell.IsWhiteSpace();
        }

        return content ? cells : null;
    }

    private DelimitedRow Row(string[] cells, int line)
    {
        var row = new DelimitedRow(++_rowNumber, line, cells);
        return cells.Length == Headers.Count
            ? row
            : row with { Fault = $"expected {Headers.Count} cells, found {cells.Length}" };
    }

    private DelimitedTextException Fault(DelimitedTextFault fault, int column, int line, string reason, Exception? inner = null)
    {
        int row = Headers.Count == 0 ? 0 : _rowNumber + 1;
        string name = column >= 0 && column < Headers.Count && Headers[column].Length > 0
            ? Headers[column]
            : (column + 1).ToString(CultureInfo.InvariantCulture);
        string place = row == 0 ? "The header" : $"Row {row}";
        return new DelimitedTextException(fault, $"{place} (line {line}), column '{name}': {reason}", inner)
        {
            RowNumber = row,
            LineNumber = line,
            Column = name,
        };
    }

    private static DelimitedTextFault Kind(CsvFormatException exception) =>
        exception is CsvRecordTooLargeException ? DelimitedTextFault.TooLarge : DelimitedTextFault.BrokenQuote;

    private static string Reason(CsvFormatException exception, DelimitedTextOptions options) =>
        exception is CsvRecordTooLargeException
            ? TooLong(options.MaximumRowLength, options.MaximumCellLength) + " Look for a quotation mark that is not closed."
            : "a quotation mark is not closed, or text follows the closing one. A quotation mark inside a quoted cell is written twice.";

    private static string TooLong(int length, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"it is {length:N0} characters long or longer; the limit is {limit:N0}.");

    private static DelimitedTextException Undecodable(string encoding, DecoderFallbackException exception) =>
        new(DelimitedTextFault.Encoding, $"The file is not valid {encoding} text. Name its encoding.", exception);

    private static int LineBreaks(ReadOnlySpan<char> text)
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
