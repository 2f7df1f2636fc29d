// What names files of mail: a path, or a file or folder itself. Never [string]: a string would swallow any object, a row of other values too.
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>A path as a person writes it, wildcards and all, or the path of a file or folder, which has none.</summary>
public sealed class MessagePath
{
    // Not public: PowerShell would make a path of anything that converts to text.
    internal MessagePath(string path, bool isLiteral)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new ArgumentException("The path is empty.");
        }
        (Path, IsLiteral) = (path, isLiteral);
    }

    /// <summary>The path.</summary>
    public string Path { get; }

    /// <summary>Whether it means what it says, without wildcards.</summary>
    internal bool IsLiteral { get; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>Makes paths of texts, files and folders.</summary>
internal sealed class MessagePathArgumentAttribute : IdentityArgumentAttribute<MessagePath>
{
    private protected override MessagePath? CreateIdentity(object value) => value switch
    {
        string path => new MessagePath(path, isLiteral: false),
        FileSystemInfo file => new MessagePath(file.FullName, isLiteral: true),
        _ => null,
    };
}
