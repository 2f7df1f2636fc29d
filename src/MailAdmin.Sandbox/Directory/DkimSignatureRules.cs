using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>DKIM signatures: the key has to be one of the algorithm.</summary>
internal sealed class DkimSignatureRules : ObjectRules
{
    /// <summary>The public key of a signature as in DNS; null where the private one cannot be read.</summary>
    public static string? PublicKey(JsonObject signature) =>
        DkimKeys.GetPublicKey(Algorithm(signature), signature["privateKey"]?["secret"]?.GetValue<string>() ?? "");

    /// <summary>The algorithm as DNS names it.</summary>
    public static string Algorithm(JsonObject signature) => signature[RegistrySchema.Variant]!.GetValue<string>().Contains("Rsa", StringComparison.Ordinal) ? "rsa" : "ed25519";

    public override void Check(ObjectChange change)
    {
        if (string.IsNullOrEmpty(change.New["selector"]?.GetValue<string>()) || (change.Changes("privateKey") && PublicKey(change.New) is null))
        {
            throw SetException.InvalidProperties("A selector and a private key of this algorithm are needed.");
        }
    }

    public override JsonNode? Compute(RegistryObject found, string property) => property == "publicKey" ? PublicKey(found.Value) : null;
}
