namespace MailAdmin.PowerShell.Binding;

/// <summary>What names something of a mail server.</summary>
public abstract class ServerIdentity
{
    private protected ServerIdentity()
    {
    }

    /// <summary>The server of the object that was specified; null of a text, which is for any server.</summary>
    internal string? Server { get; set; }
}
