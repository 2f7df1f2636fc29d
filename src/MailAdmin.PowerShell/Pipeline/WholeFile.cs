// Writes a file whole or not at all.
namespace MailAdmin.PowerShell.Pipeline;

/// <summary>A file that appears under its name only when it is complete.</summary>
internal sealed class WholeFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporary;
    private bool _kept;

    /// <exception cref="IOException">The folder does not exist, or the file does and may not be overwritten.</exception>
    public WholeFile(string path, bool overwrite)
    {
        _path = path;
        if (!overwrite && File.Exists(path))
        {
            throw new IOException($"The file '{path}' exists. Overwrite it with -Force.");
        }
        // Beside the target, so that the move is within one file system.
        _temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        // Named by what the user named.
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException(e.Message.Replace(_temporary, path, StringComparison.Ordinal), e);
        }
        catch (IOException e)
        {
            throw new IOException(e.Message.Replace(_temporary, path, StringComparison.Ordinal), e);
        }
    }

    public FileStream Stream { get; }

    /// <summary>Gives the file its name.</summary>
    public void Keep()
    {
        Stream.Dispose();
        File.Move(_temporary, _path, overwrite: true);
        _kept = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_kept)
        {
            File.Delete(_temporary);
        }
    }
}
