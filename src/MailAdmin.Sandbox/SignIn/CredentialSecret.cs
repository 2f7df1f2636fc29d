using System.Buffers.Binary;
using System.Buffers.Text;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>The secrets that the server makes: they name the credential that they belong to, and API keys the account too.</summary>
/// <param name="AccountId">The account; null in an app password, which comes with a login.</param>
/// <param name="CredentialId">The credential.</param>
internal sealed record CredentialSecret(uint? AccountId, uint CredentialId)
{
    public const string ApiKeyPrefix = "API_";
    public const string AppPasswordPrefix = "app";

    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz792013";
    private const int IdSize = 4;
    private const int ApiKeySize = 28;
    private const int AppPasswordLetters = 36;

    /// <summary>Null for what is no API key.</summary>
    public static CredentialSecret? ParseApiKey(string text)
    {
        if (!text.StartsWith(ApiKeyPrefix, StringComparison.Ordinal) || !Base64Url.IsValid(text.AsSpan(ApiKeyPrefix.Length), out int size) || size != ApiKeySize)
        {
            return null;
        }

        byte[] bytes = Base64Url.DecodeFromChars(text.AsSpan(ApiKeyPrefix.Length));
        return new CredentialSecret(BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(IdSize)));
    }

    /// <summary>Null for what is no app password. Whatever reads like one is taken for one.</summary>
    public static CredentialSecret? ParseAppPassword(string text)
    {
        string letters = text.StartsWith(AppPasswordPrefix, StringComparison.Ordinal) && text.Length == AppPasswordPrefix.Length + 1 + AppPasswordLetters ? text[^AppPasswordLetters..] : "";
        if (letters.Length == 0 || !letters.All(Alphabet.Contains))
        {
            return null;
        }

        // The first 32 of its bits: six letters, and two bits of the seventh.
        ulong id = letters[..7].Aggregate(0UL, (number, letter) => (number << 5) | (uint)Alphabet.IndexOf(letter, StringComparison.Ordinal));
        return new CredentialSecret(null, (uint)(id >> 3));
    }
}
