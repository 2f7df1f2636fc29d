// The system a file was exported from.
namespace MailAdmin.Client;

/// <summary>The system whose headers a file has.</summary>
public enum ColumnSource
{
    /// <summary>Our own field names.</summary>
    MailAdmin,
    /// <summary>Active Directory (Get-ADUser, csvde).</summary>
    ActiveDirectory,
    /// <summary>Exchange or Exchange Online (Get-Mailbox, Get-Recipient).</summary>
    Exchange,
    /// <summary>Google Workspace (the administrator's download of users).</summary>
    GoogleWorkspace,
}
