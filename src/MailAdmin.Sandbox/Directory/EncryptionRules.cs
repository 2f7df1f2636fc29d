using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Which ciphers go with which keys: the newer ones with certificates only.</summary>
internal static class EncryptionRules
{
    private const string Property = "encryptionAtRest";

    private static readonly string[] s_forCertificates = ["Aes256Gcm", "ChaCha20Poly1305"];

    /// <exception cref="SetException">The key does not go with the cipher.</exception>
    public static void Check(RegistryStore store, JsonObject account)
    {
        if (account[Property] is JsonObject encryption
            && s_forCertificates.Contains(encryption[RegistrySchema.Variant]?.GetValue<string>())
            && store.Find("PublicKey", encryption["publicKey"]?.GetValue<string>())?.Text("key")?.Contains("BEGIN PGP", StringComparison.Ordinal) == true)
        {
            throw SetException.InvalidProperties("This cipher needs a certificate.", Property);
        }
    }
}
