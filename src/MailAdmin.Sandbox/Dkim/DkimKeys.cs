using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MailAdmin.Sandbox.Dkim;

/// <summary>Creates DKIM keys, derives public keys from stored private ones, and signs.</summary>
internal static class DkimKeys
{
    private const int RsaBits = 2048;
    private const int LineLength = 65;
    private const string RsaLabel = "RSA PRIVATE KEY";
    private const string Ed25519Label = "PRIVATE KEY";

    /// <summary>The bytes before the 32 of an Ed25519 private key in PKCS #8 format (RFC 8410).</summary>
    private static readonly byte[] s_ed25519Pkcs8Prefix = Convert.FromHexString("302e020100300506032b657004220420");

    public static string CreateRsa()
    {
        using var key = RSA.Create(RsaBits);
        return FormatPem(RsaLabel, key.ExportRSAPrivateKey());
    }

    public static string CreateEd25519() => FormatPem(Ed25519Label, [.. s_ed25519Pkcs8Prefix, .. RandomNumberGenerator.GetBytes(32)]);

    /// <summary>The public key as in DNS records, or null if the private key cannot be read.</summary>
    /// <param name="algorithm">As settings name it: <c>rsa-sha256</c> or <c>ed25519-sha256</c>.</param>
    /// <param name="pem">The private key.</param>
    public static string? GetPublicKey(string? algorithm, string pem)
    {
        try
        {
            return algorithm?.Split('-')[0] switch
            {
                "rsa" => GetRsaPublicKey(pem),
                "ed25519" => GetEd25519PublicKey(pem),
                _ => null,
            };
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Signs the SHA-256 hash of data.</summary>
    /// <param name="algorithm">As settings name it: <c>rsa-sha256</c> or <c>ed25519-sha256</c>.</param>
    /// <param name="pem">The private key.</param>
    /// <param name="data">The data to sign.</param>
    public static byte[] Sign(string algorithm, string pem, byte[] data)
    {
        byte[] hash = SHA256.HashData(data);
        if (algorithm.StartsWith("ed25519", StringComparison.Ordinal))
        {
            byte[] signature = new byte[Ed25519PrivateKeyParameters.SignatureSize];
            ParseEd25519PrivateKey(pem).Sign(Ed25519.Algorithm.Ed25519, null, hash, 0, hash.Length, signature, 0);
            return signature;
        }

        using var key = RSA.Create();
        key.ImportFromPem(pem);
        return key.SignHash(hash, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    }

    private static string GetRsaPublicKey(string pem)
    {
        using var key = RSA.Create();
        key.ImportFromPem(pem);
        return Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
    }

    private static string GetEd25519PublicKey(string pem) => Convert.ToBase64String(ParseEd25519PrivateKey(pem).GeneratePublicKey().GetEncoded());

    private static Ed25519PrivateKeyParameters ParseEd25519PrivateKey(string pem)
    {
        PemFields fields = PemEncoding.Find(pem);
        byte[] der = Convert.FromBase64String(pem[fields.Base64Data]);
        return new Ed25519PrivateKeyParameters(der.AsSpan(s_ed25519Pkcs8Prefix.Length, 32).ToArray());
    }

    private static string FormatPem(string label, byte[] der)
    {
        var text = new StringBuilder($"-----BEGIN {label}-----\n");
        foreach (char[] line in Convert.ToBase64String(der).Chunk(LineLength))
        {
            text.Append(line).Append('\n');
        }

        return text.Append("-----END ").Append(label).Append("-----\n").ToString();
    }
}
