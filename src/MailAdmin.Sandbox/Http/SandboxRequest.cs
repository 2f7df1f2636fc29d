using System.Net;

namespace MailAdmin.Sandbox;

/// <summary>A request as received.</summary>
public sealed record SandboxRequest
{
    /// <summary>The HTTP method in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query exactly as sent, still percent-encoded: the server decodes them in its own way.</summary>
    public required string Target { get; init; }

    /// <summary>The <c>Authorization</c> header, if there was one.</summary>
    public string? Authorization { get; init; }

    /// <summary>The <c>Content-Type</c> header, if there was one.</summary>
    public string? ContentType { get; init; }

    /// <summary>The whole body.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The address of the caller; loopback when absent.</summary>
    public IPAddress? RemoteAddress { get; init; }

    /// <summary>The address of the caller.</summary>
    internal IPAddress CallerAddress => RemoteAddress ?? IPAddress.Loopback;

    /// <summary>The request's span in the telemetry.</summary>
    internal Events.TraceSpan? Span { get; init; }
}
