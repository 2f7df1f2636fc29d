namespace MailAdmin.Sandbox;

/// <summary>What goes wrong.</summary>
public enum SandboxFaultKind
{
    /// <summary>The answer takes longer; meanwhile the call counts as in flight.</summary>
    Delay,

    /// <summary>The connection is cut before the request is executed.</summary>
    Reset,

    /// <summary>The request is executed, then the connection is cut before the answer.</summary>
    Lost,

    /// <summary>A status answers in place of the server, as a proxy's would; the request is not executed.</summary>
    Status,

    /// <summary>The body breaks off in the middle; a live stream in the middle of an event, after as many whole ones as <see cref="SandboxFault.Events"/> says.</summary>
    Truncate,

    /// <summary>The bearer token that the request carries stops being valid, for good.</summary>
    ExpireToken,

    /// <summary>The body arrives in small pieces with pauses between them.</summary>
    Drip,

    /// <summary>A PATCH of a principal loses a race: 500, and nothing of it is applied.</summary>
    Conflict,

    /// <summary>A live stream falls silent after as many events as <see cref="SandboxFault.Events"/> says: it stays open, and nothing comes any more.</summary>
    Silence,
}
