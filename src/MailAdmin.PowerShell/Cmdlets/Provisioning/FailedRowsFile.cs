using System.Globalization;
using MailAdmin.Client;
using MailAdmin.Isolated.Csv;
using MailAdmin.PowerShell.Files;

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

    /// <param name="path">The file.</param>
    /// <param name="sources">The files that are imported.</param>
    /// <param name="delimiter">The character between their cells, which may be one that is not recognised.</param>
    /// <exception cref="IOException">The file cannot be written, or is another one.</exception>
    public FailedRowsFile(string path, IEnumerable<string> sources, char delimiter)
    {
        _path = path;
        _isNew = !File.Exists(path);
        _stream = OwnedFile.Open(path, "FailedPath", sources, file => IsOwn(file, null) || IsOwn(file, delimiter), out _isOurs);
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
        writer.WriteRow([.. FailedRowColumns.ChooseFor(source.Table.Headers), .. source.Table.Headers]);
        return writer;
    }

    private static IEnumerable<string?> GetCells(ImportSource source, MailImportResult result)
    {
        ImportRow row = source.FindRow(result.Row);
        string? errorId = FailedRowColumns.FindCountError(row, source.Table) ?? result.ErrorId;
        // As many cells as the source has, so that what is wrong there is wrong here, and what is mended here is right.
        IEnumerable<string?> own = row.Cells.Select((cell, i) => i < source.Table.Headers.Count && source.SecureColumns.Contains(source.Table.Headers[i]) ? null : cell);
        return [result.Row.ToString(CultureInfo.InvariantCulture), result.Column, errorId, result.Error, .. own];
    }

    private static bool IsOwn(Stream stream, char? delimiter)
    {
        try
        {
            stream.Position = 0;
            using DelimitedTable table = DelimitedText.Open(stream, new DelimitedTextOptions { Delimiter = delimiter });
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
