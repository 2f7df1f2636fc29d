using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Compares a password with a stored secret, hashed or in clear text.</summary>
internal static class PasswordHashes
{
    /// <summary>Few, since nobody sees these hashes, and an import makes thousands.</summary>
    private const int Iterations = 100;

    /// <summary>Hashes a password.</summary>
    public static string Hash(string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(16);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, Iterations, HashAlgorithmName.SHA256, 32);
        return string.Create(CultureInfo.InvariantCulture, $"$pbkdf2-sha256$i={Iterations},l=32${EncodeUnpadded(salt)}${EncodeUnpadded(hash)}");
    }

    /// <summary>Whether they match; null for a stored secret in an unknown format, at which the server gives up.</summary>
    public static bool? Matches(string stored, string password)
    {
        if (stored.Length == 0)
        {
            return false;
        }

        try
        {
            return stored[0] switch
            {
                '$' => MatchesCrypt(stored, password),
                '_' => false,
                '{' => MatchesScheme(stored, password),
                _ => stored == password,
            };
        }
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or OverflowException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>The SHA-1 and MD5 formats of crypt (<c>$sha1</c>, <c>$1$</c>) are recognised but never match here.</summary>
    private static bool? MatchesCrypt(string stored, string password) => stored.Split('$')[1] switch
    {
        "5" or "6" => ShaCrypt.Matches(stored, password),
        "argon2d" or "argon2i" or "argon2id" => MemoryHardHashes.MatchesArgon2(stored, password),
        "scrypt" => MemoryHardHashes.MatchesScrypt(stored, password),
        var name when name.StartsWith('2') => MemoryHardHashes.MatchesBcrypt(stored, password),
        var name when name.StartsWith("pbkdf2", StringComparison.Ordinal) => MatchesPbkdf2(stored, password),
        "1" or "sha1" => false,
        _ => null,
    };

    private static bool MatchesPbkdf2(string stored, string password)
    {
        var hash = PhcString.Parse(stored);
        HashAlgorithmName algorithm = hash.Name switch
        {
            "pbkdf2-sha512" => HashAlgorithmName.SHA512,
            "pbkdf2-sha256" => HashAlgorithmName.SHA256,
            _ => HashAlgorithmName.SHA1,
        };
        byte[] actual = Rfc2898DeriveBytes.Pbkdf2(password, hash.Salt, hash.GetCost("i"), algorithm, hash.Expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, hash.Expected);
    }

    private static bool? MatchesScheme(string stored, string password)
    {
        int end = stored.IndexOf('}', StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        string rest = stored[(end + 1)..];
        return stored[1..end] switch
        {
            "PLAIN" or "plain" or "CLEAR" or "clear" => rest == password,
            "ARGON2" or "ARGON2I" or "ARGON2ID" or "PBKDF2" => MatchesCrypt(rest, password),
            "CRYPT" or "crypt" => rest.StartsWith('$') && MatchesCrypt(rest, password) is { } matches ? matches : false,
            "SHA256" or "SSHA256" => MatchesDigest(SHA256.HashData, 32, rest, password),
            "SHA512" or "SSHA512" => MatchesDigest(SHA512.HashData, 64, rest, password),
#pragma warning disable CA5350, CA5351 // The scheme is weak by name; the server accepts it.
            "SHA" or "SSHA" => MatchesDigest(SHA1.HashData, 20, rest, password),
            "MD5" => MatchesDigest(MD5.HashData, 16, rest, password),
#pragma warning restore CA5350, CA5351
            _ => null,
        };
    }

    /// <summary>The bytes after the digest are the salt, if any.</summary>
    private static bool MatchesDigest(Func<byte[], byte[]> hash, int size, string stored, string password)
    {
        byte[] bytes = new byte[stored.Length];
        if (!Convert.TryFromBase64String(stored, bytes, out int length) || length < size)
        {
            return false;
        }

        return hash([.. Encoding.UTF8.GetBytes(password), .. bytes[size..length]]).AsSpan().SequenceEqual(bytes.AsSpan(0, size));
    }

    private static string EncodeUnpadded(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');
}
