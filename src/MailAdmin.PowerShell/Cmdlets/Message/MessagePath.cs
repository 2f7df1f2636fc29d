using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>
/// A path as it was typed, with wildcards, or the path of a file or folder object, which has none. Not a [string], which would accept any object, such
/// as a row of other values.
/// </summary>
public sealed class MessagePath
{
    // Not public: PowerShell would create a path from anything that converts to text.
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

    /// <summary>Whether the path is taken literally, without wildcards.</summary>
    internal bool IsLiteral { get; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}

/// <summary>Creates paths from texts, files and folders.</summary>
internal sealed class MessagePathArgumentAttribute : IdentityArgumentAttribute<MessagePath>
{
    private protected override MessagePath? CreateIdentity(object value) => value switch
    {
        string path => new MessagePath(path, isLiteral: false),
        FileSystemInfo file => new MessagePath(file.FullName, isLiteral: true),
        _ => null,
    };
}
