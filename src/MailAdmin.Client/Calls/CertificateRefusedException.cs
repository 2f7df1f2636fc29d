using System.Diagnostics.CodeAnalysis;
using System.Security.Authentication;

namespace MailAdmin.Client.Calls;

/// <summary>The server's certificate is not valid. A type of its own, since the platform's failed handshakes all look alike.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Made in one place.")]
[SuppressMessage("Design", "CA1064", Justification = "It reaches callers as the inner exception only.")]
internal sealed class CertificateRefusedException(string problem) : AuthenticationException($"The certificate is not valid: {problem}.")
{
    public string Problem { get; } = problem;
}
