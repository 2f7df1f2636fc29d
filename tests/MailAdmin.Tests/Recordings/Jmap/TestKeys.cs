using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>Private keys are not in the recording: ours stand for them, with certificates like the recorded ones.</summary>
internal sealed class TestKeys
{
    /// <summary>What comes before the 32 bytes of an Ed25519 key in PKCS 8.</summary>
    private static readonly byte[] s_ed25519Prefix = Convert.FromHexString("302e020100300506032b657004220420");

    private readonly Dictionary<string, (string Certificate, string Key)> _certificates = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keysGiven = new(StringComparer.Ordinal);

    public string Ed25519 { get => field ??= Pem("PRIVATE KEY", [.. s_ed25519Prefix, .. RandomNumberGenerator.GetBytes(32)]); }

    public string Rsa { get => field ??= CreateRsa().ExportPkcs8PrivateKeyPem(); }

    public string RsaPkcs1 { get => field ??= CreateRsa().ExportRSAPrivateKeyPem(); }

    private string EllipticCurve { get => field ??= CreateEllipticCurve().ExportPkcs8PrivateKeyPem(); }

    /// <summary>A certificate of the same subject and names, with a key of our own.</summary>
    public string GetCertificate(string recorded) => GetPair(recorded).Certificate;

    /// <summary>The key that goes with a certificate: the first time the one that fits, then another.</summary>
    public string TakeKeyOf(string recordedCertificate) =>
        recordedCertificate.Length > 0 && _keysGiven.Add(recordedCertificate) ? GetPair(recordedCertificate).Key : EllipticCurve;

    private (string Certificate, string Key) GetPair(string recorded)
    {
        if (!_certificates.TryGetValue(recorded, out (string Certificate, string Key) pair))
        {
            using var model = X509Certificate2.CreateFromPem(recorded);
            using ECDsa key = CreateEllipticCurve();
            var request = new CertificateRequest(model.SubjectName, key, HashAlgorithmName.SHA256);
            foreach (X509Extension names in model.Extensions.OfType<X509SubjectAlternativeNameExtension>())
            {
                request.CertificateExtensions.Add(names);
            }

            using X509Certificate2 made = request.CreateSelfSigned(model.NotBefore, model.NotAfter);
            _certificates[recorded] = pair = (made.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        }

        return pair;
    }

    private static RSA CreateRsa() => RSA.Create(2048);

    private static ECDsa CreateEllipticCurve() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static string Pem(string label, byte[] bytes) => new(PemEncoding.Write(label, bytes));
}
