namespace MailAdmin.Client.Http;

/// <summary>What became of a request that got no answer.</summary>
internal enum TransportFault
{
    /// <summary>The exception is none of the transport's.</summary>
    None,

    /// <summary>It surely never reached the server.</summary>
    NotSent,

    /// <summary>The server's certificate does not verify; nothing was sent.</summary>
    Certificate,

    /// <summary>The connection ended after sending: it may have been executed.</summary>
    Lost,

    /// <summary>No answer in time: it may have been executed.</summary>
    TimedOut,
}
