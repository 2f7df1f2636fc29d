// Which files of a folder hold messages.
namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>Lists the files of a folder that hold messages, by name.</summary>
internal static class MessageFolder
{
    private static readonly string[] s_maildirParts = ["cur", "new"];

    // A link may lead back up, and what was learned twice is not unlearned. Folders of a Maildir begin with a dot, which hides them.
    private static readonly EnumerationOptions s_noLinks = new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false };

    /// <summary>The files, in the order of their names.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static IReadOnlyList<string> Files(string folder, MessageFormat format, bool recurse)
    {
        var files = new List<string>();
        Add(files, folder, format, recurse);
        return files;
    }

    private static void Add(List<string> files, string folder, MessageFormat format, bool recurse)
    {
        string[] parts = format is MessageFormat.Auto or MessageFormat.Maildir ? [.. s_maildirParts.Select(part => Path.Combine(folder, part)).Where(Directory.Exists)] : [];
        if (parts.Length > 0)
        {
            files.AddRange(parts.SelectMany(part => InOrder(Directory.EnumerateFiles(part))));
        }
        else if (format != MessageFormat.Maildir)
        {
            files.AddRange(InOrder(Directory.EnumerateFiles(folder).Where(file => Path.GetExtension(file).Equals(format == MessageFormat.Mbox ? ".mbox" : ".eml", StringComparison.OrdinalIgnoreCase))));
        }
        if (recurse)
        {
            // A Maildir's tmp holds what is still being written.
            foreach (string inner in InOrder(Directory.EnumerateDirectories(folder, "*", s_noLinks)).Where(inner => parts.Length == 0 || Path.GetFileName(inner) is not ("cur" or "new" or "tmp")))
            {
                Add(files, inner, format, recurse);
            }
        }
    }

    private static IOrderedEnumerable<string> InOrder(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);
}
