// Which files of a folder hold messages.
namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>Lists the files of a folder that hold messages, by name.</summary>
internal static class MessageFolder
{
    private static readonly string[] s_maildirFolders = ["cur", "new"];

    // A link may lead back up, and what was learned twice is not unlearned. Folders of a Maildir begin with a dot, which hides them.
    private static readonly EnumerationOptions s_skipLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>The files, in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="format">What to look for.</param>
    /// <param name="recurse">Whether to look into the folders below.</param>
    /// <param name="onUnreadable">Told of a folder that cannot be read; the others are.</param>
    public static IReadOnlyList<string> ListFiles(string folder, MessageFormat format, bool recurse, Action<string, Exception> onUnreadable)
    {
        var files = new List<string>();
        var waiting = new Stack<string>([folder]);
        while (waiting.TryPop(out string? next))
        {
            try
            {
                files.AddRange(ListFilesIn(next, format, out bool isMaildir));
                if (recurse)
                {
                    // A Maildir's tmp holds what is still being written.
                    IEnumerable<string> below = Directory.EnumerateDirectories(next, "*", s_skipLinks).Where(inner => !isMaildir || Path.GetFileName(inner) is not ("cur" or "new" or "tmp"));
                    foreach (string inner in SortByName(below).Reverse())
                    {
                        waiting.Push(inner);
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                onUnreadable(next, e);
            }
        }
        return files;
    }

    private static List<string> ListFilesIn(string folder, MessageFormat format, out bool isMaildir)
    {
        string[] parts = format is MessageFormat.Auto or MessageFormat.Maildir ? [.. s_maildirFolders.Select(part => Path.Combine(folder, part)).Where(Directory.Exists)] : [];
        isMaildir = parts.Length > 0;
        if (isMaildir)
        {
            return [.. parts.SelectMany(part => SortByName(Directory.EnumerateFiles(part)))];
        }
        string extension = format == MessageFormat.Mbox ? ".mbox" : ".eml";
        return format == MessageFormat.Maildir ? [] : [.. SortByName(Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file).Equals(extension, StringComparison.OrdinalIgnoreCase)))];
    }

    private static IOrderedEnumerable<string> SortByName(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);
}
