namespace MailAdmin.Client;

/// <summary>A key pair for a signature. The private key is only sent, never shown.</summary>
public sealed class DkimKey
{
    /// <summary>A pair.</summary>
    /// <param name="privateKey">The private key as PEM, in PKCS #8.</param>
    /// <param name="publicKey">The public key in base64, as DNS records have it.</param>
    public DkimKey(string privateKey, string publicKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(privateKey);
        ArgumentException.ThrowIfNullOrEmpty(publicKey);
        (PrivateKey, PublicKey) = (privateKey, publicKey);
    }

    /// <summary>The public key in base64, as DNS records have it.</summary>
    public string PublicKey { get; }

    /// <summary>The private key as PEM.</summary>
    internal string PrivateKey { get; }
}
