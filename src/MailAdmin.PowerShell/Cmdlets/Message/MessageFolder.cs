namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>Lists the files of a folder that hold messages, by name.</summary>
internal static class MessageFolder
{
    private static readonly string[] s_maildirFolders = ["cur", "new"];

    // A link may lead back to a parent folder, and a message that was learned twice cannot be unlearned. Hidden folders are read: those of a Maildir begin with a dot.
    private static readonly EnumerationOptions s_skipLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>The files, in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="format">The format of the messages.</param>
    /// <param name="recurse">Whether to include subfolders.</param>
    /// <param name="onUnreadable">Called for a folder that cannot be read; the others are still read.</param>
    /// <param name="leftOut">Gets the files that, by their names, hold no messages of the format.</param>
    public static IReadOnlyList<string> ListFiles(string folder, MessageFormat format, bool recurse, Action<string, Exception> onUnreadable, ICollection<string> leftOut)
    {
        var files = new List<string>();
        var pendingFolders = new Stack<string>([folder]);
        while (pendingFolders.TryPop(out string? current))
        {
            try
            {
                files.AddRange(ListFilesIn(current, format, leftOut, out bool isMaildir));
                if (recurse)
                {
                    // A Maildir's tmp holds messages that are still being written.
                    IEnumerable<string> subfolders = Directory.EnumerateDirectories(current, "*", s_skipLinks).Where(subfolder => !isMaildir || Path.GetFileName(subfolder) is not ("cur" or "new" or "tmp"));
                    foreach (string subfolder in SortByName(subfolders).Reverse())
                    {
                        pendingFolders.Push(subfolder);
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                onUnreadable(current, e);
            }
        }
        return files;
    }

    private static List<string> ListFilesIn(string folder, MessageFormat format, ICollection<string> leftOut, out bool isMaildir)
    {
        string[] parts = format is MessageFormat.Auto or MessageFormat.Maildir ? [.. s_maildirFolders.Select(part => Path.Combine(folder, part)).Where(Directory.Exists)] : [];
        isMaildir = parts.Length > 0;
        if (isMaildir)
        {
            return [.. parts.SelectMany(part => SortByName(Directory.EnumerateFiles(part)))];
        }
        string[] endings = format == MessageFormat.Mbox ? [".mbox", ".mbox.gz"] : [".eml", ".emlx", ".eml.gz"];
        var files = new List<string>();
        IEnumerable<string> all = format == MessageFormat.Maildir ? [] : SortByName(Directory.EnumerateFiles(folder));
        foreach (string file in all)
        {
            (endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) ? files : leftOut).Add(file);
        }
        return files;
    }

    private static IOrderedEnumerable<string> SortByName(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);
}
