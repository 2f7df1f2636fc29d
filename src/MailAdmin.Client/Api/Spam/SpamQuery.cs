using System.Net;

namespace MailAdmin.Client;

/// <summary>A message to test, and how it is taken to have come in.</summary>
public sealed record SpamQuery
{
    /// <summary>The message, of bytes that are UTF-8.</summary>
    public required ReadOnlyMemory<byte> Message { get; init; }
    /// <summary>The address it comes from.</summary>
    public required IPAddress RemoteIp { get; init; }
    /// <summary>The sender of the envelope; empty for a bounce.</summary>
    public required string From { get; init; }
    /// <summary>The recipients of the envelope.</summary>
    public IReadOnlyList<string> To { get; init; } = [];
    /// <summary>The name by which the sending host introduces itself.</summary>
    public string? EhloDomain { get; init; }
    /// <summary>The account that submits it; null for mail from outside.</summary>
    public string? AuthenticatedAs { get; init; }
    /// <summary>Whether it comes over TLS.</summary>
    public bool IsTls { get; init; }
    /// <summary>The file that the message is from; for the result.</summary>
    public string? Path { get; init; }
    /// <summary>Its place in the file; for the result.</summary>
    public int? Number { get; init; }
}
