using MailAdmin.Client;
using MailAdmin.Isolated.Csv;

namespace MailAdmin.PowerShell.Files;

/// <summary>The file of generated passwords. Each is on the disk before its account is made: however the import ends, no account has a password that nobody knows.</summary>
internal sealed class CredentialFile : IDisposable
{
    private static readonly string[] s_headers = ["Name", "Password"];

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly FileStream _stream;
    private readonly bool _isOurs;
    private readonly DelimitedTextWriter _writer;
    private readonly List<(string Name, string Password)> _rows = [];
    private readonly List<(string Name, string Password)> _earlier = [];
    private readonly HashSet<string> _valid = new(StringComparer.OrdinalIgnoreCase);
    private readonly long _start;

    /// <exception cref="IOException">The file cannot be written, or is another one.</exception>
    public CredentialFile(string path, IEnumerable<string> sources)
    {
        _path = path;
        _stream = OwnedFile.Open(path, "CredentialPath", sources, stream => ReadRows(stream, _earlier), out _isOurs);
        bool isNew = _stream.Length == 0;
        // What an earlier run wrote stays: its accounts exist.
        _stream.Seek(0, SeekOrigin.End);
        _writer = new DelimitedTextWriter(_stream, ',', isNew ? FileEncoding.Utf8WithMark : FileEncoding.Utf8);
        if (isNew)
        {
            _writer.WriteRow(s_headers);
            _writer.Flush();
        }
        else if (_stream.CanSeek)
        {
            EndLastLine();
        }
        _start = _stream.CanSeek ? _stream.Position : 0;
    }

    // An editor may have left it open.
    private void EndLastLine()
    {
        _stream.Seek(-1, SeekOrigin.End);
        if (_stream.ReadByte() != '\n')
        {
            _stream.Write("\r\n"u8);
        }
    }

    /// <summary>How many passwords it has of this run.</summary>
    public int Count => _rows.Count;

    /// <summary>Writes a password through to the disk. From any thread.</summary>
    /// <exception cref="IOException">It could not be written: the account must not be made.</exception>
    public void Add(string name, string password)
    {
        lock (_lock)
        {
            Write(name, password);
            _stream.Flush(flushToDisk: true);
            _rows.Add((name, password));
        }
    }

    /// <summary>Takes a password back: its account was certainly not made, and an account of that name may be another one's. From any thread.</summary>
    public void Remove(string name)
    {
        lock (_lock)
        {
            if (_rows.RemoveAll(row => row.Name == name) == 0 || !_stream.CanSeek)
            {
                return;
            }
            _stream.SetLength(_start);
            _stream.Seek(0, SeekOrigin.End);
            _rows.ForEach(row => Write(row.Name, row.Password));
        }
    }

    /// <summary>Says that a password is in force: the one of an earlier run, of the same name, is not any more. From any thread.</summary>
    public void Confirm(string name)
    {
        lock (_lock)
        {
            _valid.Add(name);
        }
    }

    /// <summary>Keeps a secret while it is set: on the disk before, in force when that is done, and taken back where it certainly was not done.</summary>
    /// <param name="file">The file; null for none.</param>
    /// <param name="name">Whose secret it is.</param>
    /// <param name="secret">The secret that was made here; null for none.</param>
    /// <param name="set">Makes or changes the account.</param>
    public static async Task<T> KeepAsync<T>(CredentialFile? file, string name, string? secret, Func<Task<T>> set)
    {
        if (file is null || secret is null)
        {
            return await set().ConfigureAwait(false);
        }
        file.Add(name, secret);
        try
        {
            T result = await set().ConfigureAwait(false);
            file.Confirm(name);
            return result;
        }
        catch (Exception e) when (IsCertain(e))
        {
            file.Remove(name);
            throw;
        }
    }

    /// <summary>Whether an error says that nothing was done.</summary>
    public static bool IsCertain(Exception error) => error is not OperationCanceledException and not MailServerException { Code: MailErrorCode.OutcomeUnknown }
        and not MailServerException { MayHaveBeenExecuted: true };

    private void Write(string name, string password)
    {
        _writer.WriteRow([name, password]);
        _writer.Flush();
    }

    public void Dispose()
    {
        lock (_lock)
        {
            bool isEmpty = Count == 0 && _isOurs && _stream.CanSeek && _stream.Length <= FileEncoding.Utf8WithMark.Preamble.Length + "Name,Password\r\n".Length;
            try
            {
                using FileStream stream = _stream;
                _writer.Dispose();
            }
            catch (IOException)
            {
                // What could not be written is the error of its row already, and its account was not made.
            }
            if (isEmpty)
            {
                File.Delete(_path);
            }
            else if (_earlier.Exists(row => IsReplaced(row.Name)))
            {
                RemoveReplaced();
            }
        }
    }

    private bool IsReplaced(string name) => _valid.Contains(name) && _rows.Exists(row => string.Equals(row.Name, name, StringComparison.OrdinalIgnoreCase));

    // Two passwords of one name, and only the later one is in force. If this fails, they stay: nothing is lost.
    private void RemoveReplaced()
    {
        try
        {
            using var file = new AtomicFile(_path, overwrite: true, isSecret: true);
            using (var writer = new DelimitedTextWriter(file.Stream, ',', FileEncoding.Utf8WithMark))
            {
                writer.WriteRow(s_headers);
                foreach ((string name, string password) in _earlier.Where(row => !IsReplaced(row.Name)).Concat(_rows))
                {
                    writer.WriteRow([name, password]);
                }
                writer.Flush();
                file.Commit();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static bool ReadRows(Stream stream, List<(string Name, string Password)> rows)
    {
        try
        {
            stream.Position = 0;
            using DelimitedTable table = DelimitedText.Open(stream);
            // One that a program has saved in another form cannot be continued.
            if (!table.Headers.SequenceEqual(s_headers, StringComparer.OrdinalIgnoreCase) || table.Delimiter != ',' || table.EncodingName != FileEncoding.Utf8.WebName)
            {
                return false;
            }
            rows.AddRange(table.Rows.Where(row => row.Cells.Length == s_headers.Length).Select(row => (row.Cells[0] ?? "", row.Cells[1] ?? "")));
            return true;
        }
        catch (DelimitedTextException e) when (e.Error == DelimitedTextError.NoRows)
        {
            return true;
        }
        catch (DelimitedTextException)
        {
            return false;
        }
    }
}
