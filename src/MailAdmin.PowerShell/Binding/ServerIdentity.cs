namespace MailAdmin.PowerShell.Binding;

/// <summary>What names something of a mail server.</summary>
public abstract class ServerIdentity
{
    private protected ServerIdentity()
    {
    }

    /// <summary>The server of the object that was specified; null of a text, which is for any server.</summary>
    internal string? Server { get; set; }

    /// <summary>
    /// Whether the command is done to it: then the others are worked on without the one that is refused. What is part of a value, such as the members of a group, is
    /// taken whole or not at all.
    /// </summary>
    internal virtual bool IsTarget => true;
}
