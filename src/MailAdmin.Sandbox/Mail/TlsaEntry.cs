namespace MailAdmin.Sandbox.Mail;

/// <summary>A digest of a certificate that DNS publishes.</summary>
/// <param name="IsEndEntity">Of the host's own certificate; otherwise of an issuer.</param>
/// <param name="IsSha256">SHA-256; otherwise SHA-512.</param>
/// <param name="IsPublicKey">Of the public key only; otherwise of the whole certificate.</param>
/// <param name="Digest">The digest.</param>
internal sealed record TlsaEntry(bool IsEndEntity, bool IsSha256, bool IsPublicKey, byte[] Digest);
