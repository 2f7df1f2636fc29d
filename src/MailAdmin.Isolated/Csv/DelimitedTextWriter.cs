using System.Buffers;
using System.Text;

namespace MailAdmin.Isolated.Csv;

/// <summary>Writes delimited text that any reader accepts: cells quoted where they must be.</summary>
public sealed class DelimitedTextWriter : IDisposable
{
    private readonly StreamWriter _writer;
    private readonly char _delimiter;
    private readonly SearchValues<char> _special;

    /// <summary>Starts a file in UTF-8.</summary>
    /// <param name="stream">Written to; stays open.</param>
    /// <param name="delimiter">Separates the cells.</param>
    /// <param name="byteOrderMark">Whether to begin with a byte order mark, by which Excel knows UTF-8.</param>
    public DelimitedTextWriter(Stream stream, char delimiter = ',', bool byteOrderMark = false)
        : this(stream, delimiter, new UTF8Encoding(byteOrderMark))
    {
    }

    /// <summary>Starts a file in an encoding.</summary>
    /// <param name="stream">Written to; stays open.</param>
    /// <param name="delimiter">Separates the cells.</param>
    /// <param name="encoding">The encoding, with its byte order mark if it has one. What it cannot write is an <see cref="EncoderFallbackException"/>, never a question mark.</param>
    public DelimitedTextWriter(Stream stream, char delimiter, Encoding encoding)
    {
        ArgumentNullException.ThrowIfNull(encoding);
        var strict = (Encoding)encoding.Clone();
        strict.EncoderFallback = EncoderFallback.ExceptionFallback;
        _writer = new StreamWriter(stream, strict, leaveOpen: true) { NewLine = "\r\n" };
        _delimiter = delimiter;
        _special = SearchValues.Create([delimiter, '"', '\r', '\n']);
    }

    /// <summary>Writes the header or a row; a null cell is an empty one.</summary>
    /// <param name="cells">The cells, in the order of the columns.</param>
    public void WriteRow(IEnumerable<string?> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        int count = 0;
        foreach (string? cell in cells)
        {
            if (count++ > 0)
            {
                _writer.Write(_delimiter);
            }

            WriteCell(cell ?? string.Empty, first: count == 1);
        }

        _writer.WriteLine();
    }

    /// <summary>Writes what is still in memory.</summary>
    public void Flush() => _writer.Flush();

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private void WriteCell(string cell, bool first)
    {
        if (!MustBeQuoted(cell, first))
        {
            _writer.Write(cell);
            return;
        }

        _writer.Write('"');
        _writer.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
        _writer.Write('"');
    }

    /// <summary>Spaces at the ends are quoted because some readers trim; a first cell like <c>sep=</c> or <c>#TYPE</c> would be skipped.</summary>
    private bool MustBeQuoted(string cell, bool first) =>
        cell.AsSpan().ContainsAny(_special)
        || (cell.Length > 0 && (char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1])))
        || (first && (cell.Length == 0 || cell[0] == '#' || cell.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)));
}
