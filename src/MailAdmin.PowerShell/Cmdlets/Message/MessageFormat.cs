namespace MailAdmin.PowerShell.Cmdlets.Message;

/// <summary>How messages are stored on disk.</summary>
public enum MessageFormat
{
    /// <summary>Detected: a folder with <c>cur</c> or <c>new</c> in it is a Maildir, a file that begins with <c>From </c> an mbox.</summary>
    Auto,
    /// <summary>A file is a message; of a folder, the .eml files.</summary>
    Eml,
    /// <summary>A folder with <c>cur</c> and <c>new</c>, whose files are messages.</summary>
    Maildir,
    /// <summary>Many messages in a file, each after a line <c>From …</c>; of a folder, the .mbox files.</summary>
    Mbox,
}
