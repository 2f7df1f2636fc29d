using System.Net;

namespace MailAdmin.Client;

/// <summary>Mail to test, and how it is taken to have come in.</summary>
public sealed record DmarcQuery
{
    /// <summary>The address it comes from.</summary>
    public required IPAddress RemoteIp { get; init; }
    /// <summary>The name by which the sending host introduces itself.</summary>
    public required string EhloDomain { get; init; }
    /// <summary>The sender of the envelope; empty for a bounce.</summary>
    public required string From { get; init; }
    /// <summary>The message, of bytes that are UTF-8; empty for none: what is signed is then not tested.</summary>
    public ReadOnlyMemory<byte> Message { get; init; }
    /// <summary>The file that the message is from; for the result.</summary>
    public string? Path { get; init; }
    /// <summary>Its place in the file; for the result.</summary>
    public int? Number { get; init; }
}
