namespace MailAdmin.PowerShell.Files;

/// <summary>A file that appears under its name only when it is complete.</summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string _path;
    private readonly string _temporaryPath;
    private bool _isCommitted;

    /// <param name="path">The file.</param>
    /// <param name="overwrite">Whether one that is there is replaced.</param>
    /// <param name="isSecret">Whether only its owner may read it.</param>
    /// <exception cref="IOException">The folder does not exist, or the file does and may not be overwritten.</exception>
    public AtomicFile(string path, bool overwrite, bool isSecret = false)
    {
        _path = path;
        if (!overwrite && File.Exists(path))
        {
            throw new IOException($"The file '{path}' already exists. To overwrite it, specify -Force.");
        }
        // In the folder of the target, so that the move stays within one file system.
        _temporaryPath = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (isSecret && !OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }
            Stream = new FileStream(_temporaryPath, options);
        }
        // The message names the path that the user specified.
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException(e.Message.Replace(_temporaryPath, path, StringComparison.Ordinal), e);
        }
        catch (IOException e)
        {
            throw new IOException(e.Message.Replace(_temporaryPath, path, StringComparison.Ordinal), e);
        }
    }

    public FileStream Stream { get; }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        Stream.Dispose();
        File.Move(_temporaryPath, _path, overwrite: true);
        _isCommitted = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_isCommitted)
        {
            File.Delete(_temporaryPath);
        }
    }
}
