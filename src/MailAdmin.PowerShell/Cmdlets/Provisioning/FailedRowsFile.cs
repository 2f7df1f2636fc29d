using System.Globalization;
using MailAdmin.Isolated.Csv;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>
/// The file of the rows that are still to be done: with their own columns, so that it can be mended and imported, and with the reason. Each row is
/// in the file as soon as it has failed; without one there is no file.
/// </summary>
internal sealed class FailedRowsFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly bool _isNew;
    private readonly bool _isOurs;
    private DelimitedTextWriter? _writer;
    private bool _isStarted;
    private bool _isClosed;

    /// <exception cref="IOException">The file cannot be written, or is another one.</exception>
    public FailedRowsFile(string path, IEnumerable<string> sources)
    {
        _path = path;
        _isNew = !File.Exists(path);
        _stream = OwnedFile.Open(path, "FailedPath", sources, IsOwn, out _isOurs);
    }

    /// <summary>The failure that kept rows from being written; null if all of them are in the file.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>The import begins: what an earlier one wrote goes away.</summary>
    public void Start()
    {
        if (!_isStarted)
        {
            _isStarted = true;
            if (_stream.Length > 0)
            {
                _stream.SetLength(0);
            }
        }
    }

    /// <summary>Adds a row. A failure is kept: it must not end the import.</summary>
    public void Add(ImportSource source, MailImportResult result)
    {
        try
        {
            Start();
            _writer ??= CreateWriter(source);
            _writer.WriteRow(GetCells(source, result));
            _writer.Flush();
            _stream.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fault ??= e;
        }
    }

    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }
        _isClosed = true;
        try
        {
            using FileStream stream = _stream;
            _writer?.Dispose();
        }
        catch (IOException e)
        {
            Fault ??= e;
        }
        if (_writer is null && _isOurs && (_isStarted || _isNew))
        {
            File.Delete(_path);
        }
    }

    private DelimitedTextWriter CreateWriter(ImportSource source)
    {
        var writer = new DelimitedTextWriter(_stream, source.Delimiter, FileEncoding.Utf8WithMark);
        writer.WriteRow([.. source.Table.Headers, .. FailedRowColumns.ChooseFor(source.Table.Headers)]);
        return writer;
    }

    private static IEnumerable<string?> GetCells(ImportSource source, MailImportResult result)
    {
        IReadOnlyList<string?> cells = source.FindRow(result.Row).Cells;
        int count = source.Table.Headers.Count;
        IEnumerable<string?> own = Enumerable.Range(0, count).Select(i => i >= cells.Count || source.SecureColumns.Contains(source.Table.Headers[i]) ? null : cells[i]);
        // Cells beyond the last column keep their values, and the row stays invalid until it is mended.
        return [.. own, result.Row.ToString(CultureInfo.InvariantCulture), result.Column, result.ErrorId, result.Error, .. cells.Skip(count)];
    }

    private static bool IsOwn(Stream stream)
    {
        try
        {
            stream.Position = 0;
            using DelimitedTable table = DelimitedText.Open(stream);
            return FailedRowColumns.AreIn(table.Headers);
        }
        catch (DelimitedTextException)
        {
            return false;
        }
        finally
        {
            stream.Position = 0;
        }
    }
}
