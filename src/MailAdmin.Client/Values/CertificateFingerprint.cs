using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Client;

/// <summary>The SHA-256 fingerprint of a certificate, by which a connection knows the one certificate that it accepts.</summary>
public static class CertificateFingerprint
{
    private const int Sha256Length = 2 * SHA256.HashSizeInBytes;
    private const int Sha1Length = 2 * SHA1.HashSizeInBytes;

    /// <summary>The fingerprint of a certificate: 64 hexadecimal digits in upper case.</summary>
    public static string Get(X509Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }

    /// <summary>Reads a fingerprint as people have it: in either case, with or without colons, hyphens and blanks.</summary>
    /// <param name="text">The fingerprint; what openssl writes before it is taken too.</param>
    /// <returns>64 hexadecimal digits in upper case.</returns>
    /// <exception cref="ArgumentException">It is no SHA-256 fingerprint.</exception>
    public static string Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // openssl x509 -fingerprint writes "sha256 Fingerprint=AA:BB:…".
        string digits = new([.. text[(text.LastIndexOf('=') + 1)..].Where(c => !char.IsWhiteSpace(c) && c is not (':' or '-') && !IsInvisible(c))]);
        if (digits.Length == Sha1Length && digits.All(char.IsAsciiHexDigit))
        {
            throw new ArgumentException(
                "A fingerprint of 40 digits is a SHA-1 one, which does not prove whose certificate it is: two certificates can be made that share it. "
                + "Specify the SHA-256 fingerprint, of 64 digits: openssl x509 -noout -fingerprint -sha256 -in certificate.pem");
        }
        return digits.Length == Sha256Length && digits.All(char.IsAsciiHexDigit)
            ? digits.ToUpperInvariant()
            : throw new ArgumentException($"'{text}' is not a SHA-256 fingerprint: that has 64 hexadecimal digits, with or without colons.");
    }

    // The certificate dialog of Windows puts a mark of the writing direction before the digits.
    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.Format;
}
