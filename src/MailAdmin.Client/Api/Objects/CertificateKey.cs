using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Compares a certificate with its private key: the server takes one with another's key, and then nobody can connect (docs/api-0.16.md §8.13).</summary>
internal static class CertificateKey
{
    // A key of Ed25519 in PKCS #8; all others are longer.
    private const int MinKeyBytes = 48;

    /// <summary>Refuses a text in which there certainly is no certificate or no key, as the server does.</summary>
    /// <param name="value">The object, or what is written of it.</param>
    /// <param name="property">The property that holds the text.</param>
    /// <param name="member">The member of it.</param>
    /// <param name="takesBase64">Whether it may stand without the lines around it.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>.</exception>
    public static void ThrowIfNoPem(JsonObject value, string property, string member, bool takesBase64 = false)
    {
        if (GetText(value, property, member) is { } text && !PemEncoding.TryFind(text, out _) && !(takesBase64 && Base64.IsValid(text, out int bytes) && bytes >= MinKeyBytes))
        {
            throw ObjectWriter.Refuse(property, $"'{property}' holds no PEM: it begins with a line like '-----BEGIN {(member == "value" ? "CERTIFICATE" : "PRIVATE KEY")}-----', and ends with one like it.");
        }
    }

    /// <summary>Refuses a certificate with a key that is certainly another's. What cannot be read here is left to the server.</summary>
    /// <param name="value">The object, or what is written of it.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>.</exception>
    public static void Check(JsonObject value)
    {
        if (GetText(value, "certificate", "value") is { } certificate && GetText(value, "privateKey", "secret") is { } key && Belong(certificate, key) == false)
        {
            throw ObjectWriter.Refuse("privateKey", "the private key does not belong to the certificate. The server would take both, and no connection to it would succeed.");
        }
    }

    // Null where that cannot be told.
    private static bool? Belong(string certificate, string key)
    {
        try
        {
            using var parsed = X509Certificate2.CreateFromPem(certificate);
            using AsymmetricAlgorithm? pair = Read(key);
            return pair?.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(parsed.PublicKey.ExportSubjectPublicKeyInfo());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // Null for one of another algorithm, or none.
    private static AsymmetricAlgorithm? Read(string key)
    {
        foreach (Func<AsymmetricAlgorithm> create in (Func<AsymmetricAlgorithm>[])[RSA.Create, ECDsa.Create])
        {
            AsymmetricAlgorithm pair = create();
            try
            {
                pair.ImportFromPem(key);
                return pair;
            }
            catch (Exception e) when (e is CryptographicException or ArgumentException)
            {
                pair.Dispose();
            }
        }
        return null;
    }

    private static string? GetText(JsonObject value, string property, string member) =>
        ObjectShape.GetText(value[property], member);
}
