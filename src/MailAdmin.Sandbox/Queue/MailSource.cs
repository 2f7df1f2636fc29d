namespace MailAdmin.Sandbox.Queue;

/// <summary>Where a queued message comes from.</summary>
internal enum MailSource
{
    /// <summary>A user of the server's own.</summary>
    Authenticated,

    /// <summary>Another host.</summary>
    Unauthenticated,

    /// <summary>The server itself: it reports a failure to the sender.</summary>
    Bounce,
}
