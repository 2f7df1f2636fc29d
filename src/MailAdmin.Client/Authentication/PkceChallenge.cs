using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Client.Authentication;

/// <summary>Proof key for code exchange (RFC 7636): who asked for a code alone can exchange it.</summary>
internal sealed class PkceChallenge
{
    /// <summary>What the challenge is made with: SHA-256.</summary>
    public const string Method = "S256";

    private const int VerifierBytes = 32;

    /// <summary>The secret, sent when the code is exchanged.</summary>
    public string Verifier { get; } = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(VerifierBytes));

    /// <summary>Its hash, sent when the code is asked for.</summary>
    public string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));
}
