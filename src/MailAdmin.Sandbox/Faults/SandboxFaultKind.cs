namespace MailAdmin.Sandbox;

/// <summary>What goes wrong.</summary>
public enum SandboxFaultKind
{
    /// <summary>The response is delayed; until then the call counts as in flight.</summary>
    Delay,

    /// <summary>The connection is cut before the request is executed.</summary>
    Reset,

    /// <summary>The request is executed, then the connection is cut before the response.</summary>
    Lost,

    /// <summary>A status is returned in place of the response, as by a proxy; the request is not executed.</summary>
    Status,

    /// <summary>The body is cut in the middle; a live stream in the middle of an event, after <see cref="SandboxFault.Events"/> complete ones.</summary>
    Truncate,

    /// <summary>The bearer token of the request is revoked permanently.</summary>
    ExpireToken,

    /// <summary>The body arrives in small pieces with pauses between them.</summary>
    Drip,

    /// <summary>A PATCH of a principal fails by a conflicting write: 500, and nothing of it is applied.</summary>
    Conflict,

    /// <summary>A live stream sends nothing more after <see cref="SandboxFault.Events"/> events, but stays open.</summary>
    Silence,
}
