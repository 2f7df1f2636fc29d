using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAdmin.Sandbox.Jmap;
using Org.BouncyCastle.Bcpg.OpenPgp;

namespace MailAdmin.Sandbox.Certificates;

/// <summary>Keys that an account's mail is encrypted with: a certificate, or a PGP key that may encrypt.</summary>
internal sealed class PublicKeyRules : ObjectRules
{
    private const string Property = "key";
    private const string PgpBegin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";

    /// <summary>The flags of a key that may encrypt.</summary>
    private const int EncryptionFlags = 0x04 | 0x08;

    public override void Check(ObjectChange change)
    {
        string key = change.New[Property]!.GetValue<string>();
        if (key.Length > 0 && change.Changes(Property) && !(key.Contains(PgpBegin, StringComparison.Ordinal) ? CanEncrypt(key) : IsCertificate(key)))
        {
            throw SetException.InvalidProperties("There is no key in it that can encrypt.", Property);
        }
    }

    private static bool IsCertificate(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static bool CanEncrypt(string armored)
    {
        try
        {
            using Stream decoded = PgpUtilities.GetDecoderStream(new MemoryStream(Encoding.ASCII.GetBytes(armored)));
            return new PgpPublicKeyRingBundle(decoded).GetKeyRings().SelectMany(ring => ring.GetPublicKeys()).Any(CanEncrypt);
        }
        catch (Exception unreadable) when (unreadable is PgpException or IOException)
        {
            return false;
        }
    }

    /// <summary>What a key may do is said by the signatures on it.</summary>
    private static bool CanEncrypt(PgpPublicKey key) => key.IsEncryptionKey
        && key.GetSignatures().Cast<PgpSignature>().Any(signature => (signature.GetHashedSubPackets()?.GetKeyFlags() & EncryptionFlags) > 0);
}
