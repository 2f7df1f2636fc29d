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

    /// <exception cref="IOException">The file cannot be written, or is another one.</exception>
    public CredentialFile(string path, IEnumerable<string> sources)
    {
        _path = path;
        _stream = OwnedFile.Open(path, "CredentialPath", sources, IsOwn, out _isOurs);
        bool isNew = _stream.Length == 0;
        // What an earlier run wrote stays: its accounts exist.
        _stream.Seek(0, SeekOrigin.End);
        _writer = new DelimitedTextWriter(_stream, ',', isNew ? FileEncoding.Utf8WithMark : FileEncoding.Utf8);
        if (isNew)
        {
            _writer.WriteRow(s_headers);
        }
    }

    /// <summary>How many passwords were written.</summary>
    public int Count { get; private set; }

    /// <summary>Writes a password through to the disk. From any thread.</summary>
    /// <exception cref="IOException">It could not be written: the account must not be made.</exception>
    public void Add(string name, string password)
    {
        lock (_lock)
        {
            _writer.WriteRow([name, password]);
            _writer.Flush();
            _stream.Flush(flushToDisk: true);
            Count++;
        }
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
        }
    }

    private static bool IsOwn(Stream stream)
    {
        try
        {
            stream.Position = 0;
            using DelimitedTable table = DelimitedText.Open(stream);
            return table.Headers.SequenceEqual(s_headers, StringComparer.OrdinalIgnoreCase);
        }
        catch (DelimitedTextException)
        {
            return false;
        }
    }
}
