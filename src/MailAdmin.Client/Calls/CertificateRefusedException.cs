using System.Diagnostics.CodeAnalysis;
using System.Security.Authentication;

namespace MailAdmin.Client.Calls;

/// <summary>The server's certificate is not accepted. A type of its own, since the platform's failed handshakes all look alike.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in one place.")]
[SuppressMessage("Design", "CA1064", Justification = "It reaches callers as the inner exception only.")]
internal sealed class CertificateRefusedException(string problem, string? fingerprint = null, string? expectedFingerprint = null) : AuthenticationException($"The certificate is not valid: {problem}.")
{
    public string Problem { get; } = problem;

    /// <summary>The SHA-256 fingerprint of what the server sent; null if it sent none.</summary>
    public string? Fingerprint { get; } = fingerprint;

    /// <summary>The one fingerprint that is accepted; null where the system decides.</summary>
    public string? ExpectedFingerprint { get; } = expectedFingerprint;
}
