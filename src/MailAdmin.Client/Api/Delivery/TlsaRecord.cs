namespace MailAdmin.Client;

/// <summary>One TLSA record of an exchanger (RFC 7672).</summary>
public sealed class TlsaRecord
{
    /// <summary>Whether it names the host's own certificate (usage 3) rather than an issuer's (usage 2).</summary>
    public required bool IsEndEntity { get; init; }
    /// <summary>Whether it names the public key (selector 1) rather than the certificate (selector 0).</summary>
    public required bool IsPublicKey { get; init; }
    /// <summary>Whether <see cref="Data"/> is a SHA-256 hash (matching type 1) rather than SHA-512 (2).</summary>
    public required bool IsSha256 { get; init; }
    /// <summary>The hash in hexadecimal.</summary>
    public required string Data { get; init; }

    /// <summary>The record as a zone file holds it.</summary>
    public override string ToString() => $"{(IsEndEntity ? 3 : 2)} {(IsPublicKey ? 1 : 0)} {(IsSha256 ? 1 : 2)} {Data}";
}
