using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Tests.Hosting;

/// <summary>Certificates for S/MIME.</summary>
internal static class TestCertificate
{
    /// <summary>One, as PEM: the same in every test, for a pair of keys takes long to make.</summary>
    public static string Pem { get; } = CreatePem();

    /// <summary>Another one, of itself, as PEM.</summary>
    public static string CreatePem()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=jane", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddYears(1));
        return certificate.ExportCertificatePem() + "\n";
    }
}
