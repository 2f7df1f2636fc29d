using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailAdmin.Client.Api.Account;

namespace MailAdmin.Client;

/// <summary>OpenPGP public keys or X.509 certificates that mail is to be encrypted with.</summary>
public sealed class EncryptionCertificates
{
    private const byte DerSequence = 0x30;

    private EncryptionCertificates(string wireType, string text) => (WireType, Text) = (wireType, text);

    /// <summary>Whether they are OpenPGP keys; else X.509 certificates.</summary>
    public bool IsPgp => WireType == CryptoTypeNames.Pgp;

    internal string WireType { get; }

    internal string Text { get; }

    /// <summary>Reads files: armoured OpenPGP public keys, PEM certificates, or binary X.509 certificates.</summary>
    /// <param name="files">Their contents, all of one kind.</param>
    /// <exception cref="FormatException">They hold no key or certificate, a private key, or both kinds.</exception>
    public static EncryptionCertificates Parse(IEnumerable<byte[]> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        string[] texts = [.. files.Select(ToArmoredText)];
        string all = string.Join('\n', texts);
        if (all.Contains("PRIVATE KEY", StringComparison.Ordinal))
        {
            throw new FormatException("There is a private key in it, which must not leave its owner. Export the public key or the certificate alone.");
        }
        bool pgp = all.Contains("-----BEGIN PGP PUBLIC KEY BLOCK-----", StringComparison.Ordinal);
        bool x509 = all.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal);
        return (pgp, x509) switch
        {
            (true, false) => new EncryptionCertificates(CryptoTypeNames.Pgp, all),
            (false, true) => new EncryptionCertificates(CryptoTypeNames.Smime, all),
            (true, true) => throw new FormatException("OpenPGP keys and X.509 certificates cannot be used together. Choose one kind."),
            _ => throw new FormatException("The file contains neither an armoured OpenPGP public key nor a certificate. To armour a binary OpenPGP key, use gpg --armor --export."),
        };
    }

    private static string ToArmoredText(byte[] file)
    {
        if (file is not [DerSequence, ..])
        {
            return Encoding.UTF8.GetString(file).TrimStart('\uFEFF');
        }
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificate(file);
            return certificate.ExportCertificatePem();
        }
        catch (CryptographicException e)
        {
            throw new FormatException("The file is not a certificate that can be read. A .pfx or .p12 file contains a private key: export the certificate alone.", e);
        }
    }
}
