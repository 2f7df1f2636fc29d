using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>What a client promises when it asks for a code, and has to prove when it exchanges it (RFC 7636).</summary>
/// <param name="Value">The challenge; null where nothing was promised, and then nothing may be proven.</param>
/// <param name="IsHashed">Whether it is the SHA-256 of the verifier, or the verifier itself.</param>
internal sealed record CodeChallenge(string? Value, bool IsHashed)
{
    private const int MinVerifierLength = 43;
    private const int MaxVerifierLength = 128;

    public bool IsMetBy(string? verifier)
    {
        if (Value is null || verifier is null)
        {
            return Value is null && verifier is null;
        }

        string proof = IsHashed ? Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier))) : verifier;
        return verifier.Length is >= MinVerifierLength and <= MaxVerifierLength
            && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
            && proof == Value;
    }
}
