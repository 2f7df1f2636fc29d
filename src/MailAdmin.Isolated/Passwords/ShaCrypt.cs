using System.Globalization;
using System.Security.Cryptography;

namespace MailAdmin.Isolated.Passwords;

/// <summary>
/// SHA-crypt as specified by Ulrich Drepper ("Unix crypt using SHA-256 and SHA-512"), for which .NET has nothing.
/// The comments name the numbered steps of the specification.
/// </summary>
internal static class ShaCrypt
{
    public const int DefaultRounds = 5000;

    private const int MinRounds = 1000;
    private const int MaxRounds = 999_999_999;
    private const int MaxSaltLength = 16;

    public static string Sha512(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, int? rounds = null) =>
        Format("$6$", Compute(HashAlgorithmName.SHA512, key, TruncateSalt(salt), ClampRounds(rounds)), TruncateSalt(salt), rounds, s_order512);

    public static string Sha256(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, int? rounds = null) =>
        Format("$5$", Compute(HashAlgorithmName.SHA256, key, TruncateSalt(salt), ClampRounds(rounds)), TruncateSalt(salt), rounds, s_order256);

    private static ReadOnlySpan<byte> TruncateSalt(ReadOnlySpan<byte> salt) => salt[..Math.Min(salt.Length, MaxSaltLength)];

    private static int ClampRounds(int? rounds) => Math.Clamp(rounds ?? DefaultRounds, MinRounds, MaxRounds);

    private static byte[] Compute(HashAlgorithmName algorithm, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, int rounds)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        byte[] digest = ComputeInitialDigest(hash, key, salt);
        byte[] keySequence = ComputeKeySequence(hash, key);
        byte[] saltSequence = ComputeSaltSequence(hash, salt, digest[0]);

        // Step 21: the rounds.
        for (int round = 0; round < rounds; round++)
        {
            bool odd = round % 2 == 1;
            hash.AppendData(odd ? keySequence : digest);
            if (round % 3 != 0)
            {
                hash.AppendData(saltSequence);
            }

            if (round % 7 != 0)
            {
                hash.AppendData(keySequence);
            }

            hash.AppendData(odd ? digest : keySequence);
            hash.GetHashAndReset(digest);
        }

        CryptographicOperations.ZeroMemory(keySequence);
        return digest;
    }

    /// <summary>Steps 1 to 12: digests B and A.</summary>
    private static byte[] ComputeInitialDigest(IncrementalHash hash, ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt)
    {
        hash.AppendData(key);
        hash.AppendData(salt);
        hash.AppendData(key);
        byte[] digestB = hash.GetHashAndReset();

        hash.AppendData(key);
        hash.AppendData(salt);
        AppendRepeated(hash, digestB, key.Length);
        for (int bits = key.Length; bits > 0; bits >>= 1)
        {
            hash.AppendData((bits & 1) != 0 ? digestB : key);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>Steps 13 to 16: sequence P, as long as the key.</summary>
    private static byte[] ComputeKeySequence(IncrementalHash hash, ReadOnlySpan<byte> key)
    {
        for (int i = 0; i < key.Length; i++)
        {
            hash.AppendData(key);
        }

        return Repeat(hash.GetHashAndReset(), key.Length);
    }

    /// <summary>Steps 17 to 20: sequence S, as long as the salt.</summary>
    private static byte[] ComputeSaltSequence(IncrementalHash hash, ReadOnlySpan<byte> salt, byte firstOfA)
    {
        for (int i = 0; i < 16 + firstOfA; i++)
        {
            hash.AppendData(salt);
        }

        return Repeat(hash.GetHashAndReset(), salt.Length);
    }

    private static void AppendRepeated(IncrementalHash hash, byte[] block, int length)
    {
        for (; length > block.Length; length -= block.Length)
        {
            hash.AppendData(block);
        }

        hash.AppendData(block.AsSpan(0, length));
    }

    private static byte[] Repeat(byte[] block, int length)
    {
        byte[] sequence = new byte[length];
        for (int i = 0; i < length; i++)
        {
            sequence[i] = block[i % block.Length];
        }

        return sequence;
    }

    private static string Format(string prefix, byte[] digest, ReadOnlySpan<byte> salt, int? rounds, byte[][] order)
    {
        string parameter = rounds is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"rounds={ClampRounds(rounds)}$");
        return $"{prefix}{parameter}{System.Text.Encoding.ASCII.GetString(salt)}${CryptBase64.Encode(digest, order)}";
    }

    /// <summary>Step 22: which bytes of the digest make each group of characters, most significant first.</summary>
    private static readonly byte[][] s_order512 = CreateOrder512();

    private static readonly byte[][] s_order256 =
    [
        [0, 10, 20], [21, 1, 11], [12, 22, 2], [3, 13, 23], [24, 4, 14],
        [15, 25, 5], [6, 16, 26], [27, 7, 17], [18, 28, 8], [9, 19, 29], [31, 30],
    ];

    /// <summary>The specification's table for SHA-512 rotates (0,21,42) by one at each step and ends with the last byte alone.</summary>
    private static byte[][] CreateOrder512()
    {
        byte[][] order = new byte[22][];
        for (byte i = 0; i < 21; i++)
        {
            byte first = i, second = (byte)(i + 21), third = (byte)(i + 42);
            order[i] = (i % 3) switch
            {
                0 => [first, second, third],
                1 => [second, third, first],
                _ => [third, first, second],
            };
        }

        order[21] = [63];
        return order;
    }
}
