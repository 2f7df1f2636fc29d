using System.Net;

namespace MailAdmin.Isolated.Mime;

/// <summary>What a message's headers say about it and its way here.</summary>
public sealed record MessageInfo
{
    /// <summary>The id, without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>The subject, decoded.</summary>
    public string? Subject { get; init; }

    /// <summary>The sender of the envelope, as the delivering server wrote it down; empty for a bounce, null where it did not.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>The first address of From.</summary>
    public string? From { get; init; }

    /// <summary>Whether it has a line From that holds something, be it no address.</summary>
    public bool HasFrom { get; init; }

    /// <summary>Whom it was delivered to, else the addresses of To and Cc.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>
    /// Who delivered the message from outside: the address of the topmost Received line that has one of the public internet. The
    /// lines above are hops of the receiver's own; those below may be forged. Null where no line has one.
    /// </summary>
    public IPAddress? RemoteIp { get; init; }

    /// <summary>The name by which that host introduced itself; null where it is not known.</summary>
    public string? EhloDomain { get; init; }
}
