namespace MailAdmin.Client;

/// <summary>How the restoration of an item ended.</summary>
public enum MailRestoreStatus : long
{
    /// <summary>It is in the Inbox again.</summary>
    Restored,
    /// <summary>Its content is gone.</summary>
    NotFound,
    /// <summary>The server could not.</summary>
    Failed,
}
