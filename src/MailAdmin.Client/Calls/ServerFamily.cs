namespace MailAdmin.Client;

/// <summary>The two kinds of servers, by what they are administered with.</summary>
public enum ServerFamily
{
    /// <summary>The management REST API: 0.11 to 0.15.</summary>
    Rest,
    /// <summary>JMAP: from 0.16 on.</summary>
    Jmap,
}
