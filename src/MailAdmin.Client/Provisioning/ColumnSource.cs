namespace MailAdmin.Client.Provisioning;

/// <summary>The system whose headers a file has.</summary>
internal enum ColumnSource
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
