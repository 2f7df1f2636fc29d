using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>SHA-crypt, the <c>$5$</c> and <c>$6$</c> password hashes of Unix, after Ulrich Drepper's public description of them.</summary>
internal static class ShaCrypt
{
    private const string Alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static bool Matches(string stored, string password)
    {
        string[] fields = stored.Split('$');
        if (fields.Length is < 4 or > 5 || fields[1] is not ("5" or "6"))
        {
            return false;
        }

        int rounds = 5000;
        bool hasRounds = fields[2].StartsWith("rounds=", StringComparison.Ordinal);
        if (hasRounds != (fields.Length == 5))
        {
            return false;
        }

        if (hasRounds && !int.TryParse(fields[2].AsSpan(7), NumberStyles.None, CultureInfo.InvariantCulture, out rounds))
        {
            return false;
        }

        string salt = fields[^2].Length > 16 ? fields[^2][..16] : fields[^2];
        HashAlgorithmName hash = fields[1] == "6" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256;
        string computed = Compute(hash, Encoding.UTF8.GetBytes(password), Encoding.UTF8.GetBytes(salt), Math.Clamp(rounds, 1000, 999_999_999));
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(computed), Encoding.UTF8.GetBytes(fields[^1]));
    }

    private static string Compute(HashAlgorithmName algorithm, byte[] password, byte[] salt, int rounds)
    {
        using var hash = IncrementalHash.CreateHash(algorithm);
        byte[] alternate = ComputeDigest(hash, [password, salt, password]);

        hash.AppendData(password);
        hash.AppendData(salt);
        hash.AppendData(Stretch(alternate, password.Length));
        for (int length = password.Length; length > 0; length >>= 1)
        {
            hash.AppendData((length & 1) != 0 ? alternate : password);
        }

        byte[] digest = hash.GetHashAndReset();

        byte[] passwordBytes = Stretch(ComputeDigest(hash, Enumerable.Repeat(password, password.Length)), password.Length);
        byte[] saltBytes = Stretch(ComputeDigest(hash, Enumerable.Repeat(salt, 16 + digest[0])), salt.Length);
        for (int round = 0; round < rounds; round++)
        {
            bool isOdd = (round & 1) != 0;
            hash.AppendData(isOdd ? passwordBytes : digest);
            if (round % 3 != 0)
            {
                hash.AppendData(saltBytes);
            }

            if (round % 7 != 0)
            {
                hash.AppendData(passwordBytes);
            }

            hash.AppendData(isOdd ? digest : passwordBytes);
            digest = hash.GetHashAndReset();
        }

        return digest.Length == 64 ? Encode512(digest) : Encode256(digest);
    }

    private static byte[] ComputeDigest(IncrementalHash hash, IEnumerable<byte[]> parts)
    {
        foreach (byte[] part in parts)
        {
            hash.AppendData(part);
        }

        return hash.GetHashAndReset();
    }

    private static byte[] Stretch(byte[] digest, int length)
    {
        byte[] result = new byte[length];
        for (int i = 0; i < length; i++)
        {
            result[i] = digest[i % digest.Length];
        }

        return result;
    }

    /// <summary>Three bytes a group, each group taking the next of a rotating third of the digest.</summary>
    private static string Encode512(byte[] digest)
    {
        var text = new StringBuilder(86);
        for (int i = 0; i < 21; i++)
        {
            int[] third = [i, i + 21, i + 42];
            int shift = i % 3;
            Append(text, digest[third[shift]], digest[third[(shift + 1) % 3]], digest[third[(shift + 2) % 3]], 4);
        }

        Append(text, 0, 0, digest[63], 2);
        return text.ToString();
    }

    private static string Encode256(byte[] digest)
    {
        var text = new StringBuilder(43);
        for (int i = 0; i < 10; i++)
        {
            int[] third = [i, i + 10, i + 20];
            int shift = (3 - (i % 3)) % 3;
            Append(text, digest[third[shift]], digest[third[(shift + 1) % 3]], digest[third[(shift + 2) % 3]], 4);
        }

        Append(text, 0, digest[31], digest[30], 3);
        return text.ToString();
    }

    private static void Append(StringBuilder text, byte high, byte middle, byte low, int characters)
    {
        int bits = (high << 16) | (middle << 8) | low;
        for (; characters > 0; characters--, bits >>= 6)
        {
            text.Append(Alphabet[bits & 63]);
        }
    }
}
