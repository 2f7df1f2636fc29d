namespace MailAdmin.Sandbox.Mail;

/// <summary>A digest of a certificate that DNS publishes.</summary>
/// <param name="IsEndEntity">Of the host's own certificate; of one above it otherwise.</param>
/// <param name="IsSha256">SHA-256; SHA-512 otherwise.</param>
/// <param name="IsPublicKey">Of the public key only; of the whole certificate otherwise.</param>
/// <param name="Digest">The digest.</param>
internal sealed record TlsaEntry(bool IsEndEntity, bool IsSha256, bool IsPublicKey, byte[] Digest);
