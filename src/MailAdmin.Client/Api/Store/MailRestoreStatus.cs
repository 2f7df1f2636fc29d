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
    /// <summary>The server is to restore it in the background, and it is no deleted item any more (from 0.16).</summary>
    Requested,
    /// <summary>The answer was lost, and nobody could look.</summary>
    Unknown,
}
