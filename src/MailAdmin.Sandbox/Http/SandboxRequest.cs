using System.Net;

namespace MailAdmin.Sandbox;

/// <summary>One request as it came over the wire.</summary>
public sealed record SandboxRequest
{
    /// <summary>The HTTP method in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query exactly as sent, percent-encoding included: the server decodes them in its own way.</summary>
    public required string Target { get; init; }

    /// <summary>The <c>Authorization</c> header, if there was one.</summary>
    public string? Authorization { get; init; }

    /// <summary>The <c>Content-Type</c> header, if there was one.</summary>
    public string? ContentType { get; init; }

    /// <summary>The whole body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Where the caller sits; loopback when absent.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>Where the caller sits, loopback included.</summary>
    internal IPAddress CallerAddress => RemoteAddress ?? IPAddress.Loopback;

    /// <summary>What the server's telemetry tells about it.</summary>
    internal Events.TraceSpan? Span { get; init; }
}
