namespace MailAdmin.Client;

/// <summary>The search indexes of a server from 0.15 on. Before, there was one, of mail.</summary>
public enum SearchIndex
{
    /// <summary>Mail.</summary>
    Email,
    /// <summary>Calendars.</summary>
    Calendar,
    /// <summary>Contacts.</summary>
    Contacts,
    /// <summary>Files.</summary>
    File,
    /// <summary>Traces, of the whole server.</summary>
    Tracing,
}
