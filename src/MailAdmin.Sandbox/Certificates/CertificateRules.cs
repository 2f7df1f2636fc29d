using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Certificates;

/// <summary>Certificates of the server: names and dates are read from them. Whether the key belongs to them is not asked.</summary>
internal sealed class CertificateRules : ObjectRules
{
    private const string Property = "certificate";

    public override void Check(ObjectChange change)
    {
        if (!change.Changes(Property))
        {
            return;
        }

        using X509Certificate2 certificate = Read(change.New[Property]?["value"]?.GetValue<string>());
        change.New["issuer"] = certificate.Issuer;
        change.New["notValidBefore"] = Timestamp.Format(certificate.NotBefore.ToUniversalTime());
        change.New["notValidAfter"] = Timestamp.Format(certificate.NotAfter.ToUniversalTime());
        change.New["subjectAlternativeNames"] = new JsonObject(NamesOf(certificate).Select(name => KeyValuePair.Create(name, (JsonNode?)true)));
    }

    private static IEnumerable<string> NamesOf(X509Certificate2 certificate) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).Distinct();

    /// <summary>Only a text can be read: there are no files here.</summary>
    private static X509Certificate2 Read(string? pem)
    {
        try
        {
            return X509Certificate2.CreateFromPem(pem);
        }
        catch (CryptographicException)
        {
            throw SetException.InvalidProperties("There is no certificate in it.", Property);
        }
    }
}
