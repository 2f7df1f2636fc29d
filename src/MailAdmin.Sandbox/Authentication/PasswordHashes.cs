using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Tells whether a stored secret, hashed or in clear, is that of a password. What cannot be read matches nothing.</summary>
internal static class PasswordHashes
{
    public static bool Matches(string stored, string password)
    {
        if (stored.Length == 0)
            return false;
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
        catch (Exception unreadable) when (unreadable is FormatException or ArgumentException or OverflowException or Org.BouncyCastle.Crypto.DataLengthException)
        {
            return false;
        }
    }

    private static bool MatchesCrypt(string stored, string password)
    {
        if (stored.StartsWith("$6$", StringComparison.Ordinal) || stored.StartsWith("$5$", StringComparison.Ordinal))
            return ShaCrypt.Matches(stored, password);
        if (stored.StartsWith("$2", StringComparison.Ordinal))
            return OpenBsdBCrypt.CheckPassword(stored, password.ToCharArray());
        if (stored.StartsWith("$argon2", StringComparison.Ordinal))
            return MatchesArgon2(stored, password);
        return stored.StartsWith("$pbkdf2", StringComparison.Ordinal) && MatchesPbkdf2(stored, password);
    }

    private static bool MatchesArgon2(string stored, string password)
    {
        var fields = stored.Split('$');
        var type = fields[1] switch { "argon2d" => Argon2Parameters.Argon2d, "argon2i" => Argon2Parameters.Argon2i, _ => Argon2Parameters.Argon2id };
        var costs = fields[^3].Split(',').Select(cost => cost.Split('=')).ToDictionary(cost => cost[0], cost => int.Parse(cost[1], null));
        var parameters = new Argon2Parameters.Builder(type)
            .WithVersion(Argon2Parameters.Version13)
            .WithMemoryAsKB(costs["m"])
            .WithIterations(costs["t"])
            .WithParallelism(costs["p"])
            .WithSalt(Unpadded(fields[^2]))
            .Build();
        var generator = new Argon2BytesGenerator();
        generator.Init(parameters);
        var expected = Unpadded(fields[^1]);
        var actual = new byte[expected.Length];
        generator.GenerateBytes(Encoding.UTF8.GetBytes(password), actual);
        return CryptographicOperations.FixedTimeEquals(actual, expected);
    }

    private static bool MatchesPbkdf2(string stored, string password)
    {
        var fields = stored.Split('$');
        var algorithm = fields[1] switch { "pbkdf2-sha512" => HashAlgorithmName.SHA512, "pbkdf2-sha256" => HashAlgorithmName.SHA256, _ => HashAlgorithmName.SHA1 };
        var rounds = fields[2].Split(',').Select(cost => cost.Split('=')).First(cost => cost[0] is "i" || cost.Length == 1)[^1];
        var expected = Unpadded(fields[^1]);
        var actual = Rfc2898DeriveBytes.Pbkdf2(password, Unpadded(fields[^2]), int.Parse(rounds, null), algorithm, expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, expected);
    }

    private static bool MatchesScheme(string stored, string password)
    {
        var end = stored.IndexOf('}', StringComparison.Ordinal);
        if (end < 0)
            return false;
        var rest = stored[(end + 1)..];
        return stored[1..end].ToUpperInvariant() switch
        {
            "PLAIN" or "CLEAR" or "CLEARTEXT" => rest == password,
            "CRYPT" or "SHA512-CRYPT" or "SHA256-CRYPT" or "ARGON2" or "ARGON2I" or "ARGON2ID" or "BLF-CRYPT" => MatchesCrypt(rest, password),
            "SHA256" => MatchesDigest(SHA256.HashData, 32, rest, password),
            "SSHA256" => MatchesDigest(SHA256.HashData, 32, rest, password),
            "SHA512" or "SSHA512" => MatchesDigest(SHA512.HashData, 64, rest, password),
#pragma warning disable CA5350 // The scheme is SHA-1 by name; the server accepts it.
            "SHA" or "SHA1" or "SSHA" => MatchesDigest(SHA1.HashData, 20, rest, password),
#pragma warning restore CA5350
            _ => false,
        };
    }

    private static bool MatchesDigest(Func<byte[], byte[]> hash, int size, string stored, string password)
    {
        var bytes = Convert.FromBase64String(stored);
        return bytes.Length >= size && hash([.. Encoding.UTF8.GetBytes(password), .. bytes[size..]]).AsSpan().SequenceEqual(bytes.AsSpan(0, size));
    }

    private static byte[] Unpadded(string base64) => Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
}
