using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Parameters;

namespace MailAdmin.Isolated.Dkim;

/// <summary>New key pairs for DKIM: the private key as PEM in PKCS #8, the public one in base64 as DNS records have it.</summary>
public static class DkimKeyPair
{
    private const int RsaBits = 2048;
    private const string PemLabel = "PRIVATE KEY";

    // What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410).
    private static readonly byte[] s_ed25519Prefix = Convert.FromHexString("302e020100300506032b657004220420");

    /// <summary>An RSA key of 2048 bits.</summary>
    public static (string PrivateKey, string PublicKey) CreateRsa()
    {
        using var key = RSA.Create(RsaBits);
        return (key.ExportPkcs8PrivateKeyPem(), Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>An Ed25519 key, which .NET itself does not make.</summary>
    public static (string PrivateKey, string PublicKey) CreateEd25519()
    {
        byte[] seed = RandomNumberGenerator.GetBytes(Ed25519PrivateKeyParameters.KeySize);
        var key = new Ed25519PrivateKeyParameters(seed);
        return (PemEncoding.WriteString(PemLabel, [.. s_ed25519Prefix, .. seed]), Convert.ToBase64String(key.GeneratePublicKey().GetEncoded()));
    }
}
