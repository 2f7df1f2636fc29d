using System.Text.Json;
using MailAdmin.Client.Api.Account;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>With what the mail of the signed-in account is encrypted as it arrives (GET /account/crypto; from 0.16 on x:AccountSettings).</summary>
[ShownInShort(nameof(Type), nameof(Algorithm), nameof(AllowSpamTraining))]
public sealed class MailAccountCrypto : ServerObject
{
    /// <summary><c>Disabled</c>, <c>Pgp</c>, <c>Smime</c>, or the word of a later server.</summary>
    public required string Type { get; init; }
    /// <summary><c>Aes128</c> or <c>Aes256</c>; from 0.16 on with certificates also <c>Aes256Gcm</c> or <c>ChaCha20Poly1305</c>.</summary>
    public string? Algorithm { get; init; }
    /// <summary>The certificates as the server keeps them: a block of its own, not what was uploaded.</summary>
    public string? CertificateBlock { get; init; }
    /// <summary>Whether the spam filter may learn from messages before they are encrypted (from 0.15).</summary>
    public bool? AllowSpamTraining { get; init; }
    /// <summary>Whether messages that a mail program stores, such as those sent, are encrypted too (from 0.16); null before.</summary>
    public bool? EncryptOnAppend { get; init; }

    /// <summary>Whether mail is encrypted.</summary>
    public bool IsEnabled => Type != "Disabled";

    internal static MailAccountCrypto Read(ref Utf8JsonReader reader)
    {
        var data = JsonElement.ParseValue(ref reader);
        return new MailAccountCrypto
        {
            Type = data.GetProperty("type").GetString() switch
            {
                "disabled" => "Disabled",
                CryptoTypeNames.Pgp => "Pgp",
                CryptoTypeNames.Smime => "Smime",
                var word => word ?? throw new JsonException("The encryption has no type."),
            },
            Algorithm = data.GetText("algo"),
            CertificateBlock = data.GetText("certs"),
            AllowSpamTraining = data.TryGetProperty("allow_spam_training", out JsonElement allowed) && allowed.ValueKind is JsonValueKind.True or JsonValueKind.False ? allowed.GetBoolean() : null,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => Type;
}
