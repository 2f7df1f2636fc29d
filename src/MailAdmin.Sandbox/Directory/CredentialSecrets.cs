using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Makes and reads the secrets of API keys and app passwords, which say whose they are.</summary>
internal static class CredentialSecrets
{
    /// <summary>How much of an API key is hidden.</summary>
    public const int ApiKeyBytes = 20;

    private const string ApiKeyPrefix = "API_";
    private const string AppPasswordPrefix = "app_";
    private const int AppPasswordBytes = 18;
    private const int AppPasswordLength = 36;

    public static string CreateApiKey(uint accountId, uint credentialId) => FormatApiKey(accountId, credentialId, RandomNumberGenerator.GetBytes(ApiKeyBytes));

    /// <summary>An API key of which what is hidden is known: <see cref="ApiKeyBytes"/> bytes.</summary>
    public static string FormatApiKey(uint accountId, uint credentialId, ReadOnlySpan<byte> hidden) =>
        ApiKeyPrefix + Base64Url.EncodeToString([.. Bytes(accountId), .. Bytes(credentialId), .. hidden]);

    public static string CreateAppPassword(uint credentialId)
    {
        byte[] bytes = [.. Bytes(credentialId), .. RandomNumberGenerator.GetBytes(AppPasswordBytes)];
        return AppPasswordPrefix + ToBase32(bytes);
    }

    /// <summary>The account and the credential of an API key; null for what is none.</summary>
    public static (uint AccountId, uint CredentialId)? ReadApiKey(string secret)
    {
        byte[] bytes = new byte[2 * sizeof(uint) + ApiKeyBytes];
        return secret.StartsWith(ApiKeyPrefix, StringComparison.Ordinal)
            && Base64Url.IsValid(secret.AsSpan(ApiKeyPrefix.Length), out int length) && length == bytes.Length
            && Base64Url.TryDecodeFromChars(secret.AsSpan(ApiKeyPrefix.Length), bytes, out _)
                ? (BinaryPrimitives.ReadUInt32BigEndian(bytes), BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(sizeof(uint))))
                : null;
    }

    /// <summary>The credential of an app password; null for what is none.</summary>
    public static uint? ReadAppPassword(string secret)
    {
        if (secret.Length != AppPasswordPrefix.Length + AppPasswordLength || !secret.StartsWith("app", StringComparison.Ordinal))
        {
            return null;
        }

        ulong first = 0;
        foreach (char letter in secret.AsSpan(AppPasswordPrefix.Length))
        {
            if (!RegistryId.Alphabet.Contains(letter, StringComparison.Ordinal))
            {
                return null;
            }
        }

        // The first seven letters hold the number and three bits more.
        foreach (char letter in secret.AsSpan(AppPasswordPrefix.Length, 7))
        {
            first = (first << 5) | (uint)RegistryId.Alphabet.IndexOf(letter, StringComparison.Ordinal);
        }

        return (uint)(first >> 3);
    }

    private static byte[] Bytes(uint number)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return bytes;
    }

    private static string ToBase32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        int buffer = 0, bits = 0;
        foreach (byte value in bytes)
        {
            buffer = ((buffer << 8) | value) & 0xffff;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(RegistryId.Alphabet[(buffer >> (bits - 5)) & 31]);
            }
        }

        return (bits > 0 ? text.Append(RegistryId.Alphabet[(buffer << (5 - bits)) & 31]) : text).ToString();
    }
}
