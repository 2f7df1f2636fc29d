namespace MailAdmin.PowerShell.Files;

/// <summary>A file that grows while an import runs and holds secrets: only its owner may read it, and it is none of the files that are imported.</summary>
internal static class OwnedFile
{
    /// <summary>Opens a file for writing, at its beginning, before anything is sent.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameter">The parameter that named it.</param>
    /// <param name="sources">The files that are imported.</param>
    /// <param name="isOwn">Whether an existing file, which is not empty, is one that the parameter wrote earlier.</param>
    /// <param name="isOurs">Whether the file is this module's to delete: it was not there before, or has what an earlier run wrote. Not an empty one, which may be a
    /// device.</param>
    /// <exception cref="IOException">The file cannot be written, or is another one that must not be.</exception>
    public static FileStream Open(string path, string parameter, IEnumerable<string> sources, Func<Stream, bool> isOwn, out bool isOurs)
    {
        isOurs = !File.Exists(path);
        var held = new List<FileStream>();
        try
        {
            // The lock tells two names of one file from two files, links included.
            held.AddRange(sources.Select(source => new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.Read)));
            FileStream file = OpenExclusively(path, parameter);
            if (file.Length > 0)
            {
                isOurs = isOwn(file);
                if (!isOurs)
                {
                    file.Dispose();
                    throw new IOException($"The file '{path}' of -{parameter} already exists, and is not one that -{parameter} wrote. Specify another path.");
                }
            }
            HideFromOthers(file, path, parameter);
            return file;
        }
        finally
        {
            held.ForEach(stream => stream.Dispose());
        }
    }

    // A file that was there may be open to all. What is under /dev is no file.
    private static void HideFromOthers(FileStream file, string path, string parameter)
    {
        if (OperatingSystem.IsWindows() || path.StartsWith("/dev/", StringComparison.Ordinal) || (File.GetUnixFileMode(file.SafeFileHandle) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) == 0)
        {
            return;
        }
        try
        {
            File.SetUnixFileMode(file.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw new IOException($"The file '{path}' of -{parameter} can be read by others, and that cannot be changed. Specify another path.", e);
        }
    }

    private static FileStream OpenExclusively(string path, string parameter)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        try
        {
            return new FileStream(path, options);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(path))
        {
            throw new IOException($"The file '{path}' of -{parameter} is the file that is imported, or is open in another program. Specify another path.", e);
        }
    }
}
