namespace MailAdmin.Client.Provisioning;

/// <summary>The system whose headers a file has.</summary>
internal enum ColumnSource
{
    /// <summary>Our own field names.</summary>
    MailAdmin,
    /// <summary>Active Directory and Entra (Get-ADUser, csvde, Get-MgUser, the downloads of the admin centers).</summary>
    ActiveDirectory,
    /// <summary>Exchange or Exchange Online (Get-Mailbox, Get-Recipient).</summary>
    Exchange,
    /// <summary>Google Workspace (the administrator's download of users).</summary>
    GoogleWorkspace,
    /// <summary>Google Workspace (gam print users).</summary>
    GamUsers,
    /// <summary>Groups of Google Workspace (gam print groups).</summary>
    GamGroups,
    /// <summary>People of an LDAP directory, by the names of their attributes (ldapsearch, phpLDAPadmin).</summary>
    Ldap,
    /// <summary>The mailbox table of PostfixAdmin, and of iRedMail and mailcow, which come from it.</summary>
    PostfixAdmin,
    /// <summary>One member of a group in each row (gam print group-members, and tables of two columns).</summary>
    GroupMembers,
}
