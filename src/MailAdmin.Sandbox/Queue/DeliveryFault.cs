namespace MailAdmin.Sandbox.Queue;

/// <summary>What kept a message from a recipient.</summary>
internal enum DeliveryFault
{
    None,

    /// <summary>The hosts of the domain cannot be found.</summary>
    Dns,

    /// <summary>A host cannot be reached.</summary>
    Connection,

    /// <summary>The connection could not be secured.</summary>
    Tls,

    /// <summary>A host refused.</summary>
    UnexpectedResponse,

    /// <summary>The server's own limits.</summary>
    RateLimited,

    /// <summary>The server itself: it was cancelled.</summary>
    Io,
}
