using System.Security.Cryptography;
using System.Text;
using Konscious.Security.Cryptography;

namespace MailAdmin.Isolated.Passwords;

/// <summary>Hashes a password in a form that the server verifies. Each call generates a new salt.</summary>
public static class PasswordHash
{
    private const int BcryptCost = 11;
    private const int MaxBcryptBytes = 72;
    private const int Argon2MemoryKibibytes = 19456;
    private const int Argon2Iterations = 2;
    private const int Pbkdf2Iterations = 600_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>The names that Compute accepts, the default first.</summary>
    public static IReadOnlyList<string> Algorithms { get; } = ["Sha512Crypt", "Sha256Crypt", "Bcrypt", "Argon2id", "Pbkdf2"];

    /// <summary>Hashes a password.</summary>
    /// <param name="algorithm">One of <see cref="Algorithms"/>, in any case.</param>
    /// <param name="password">Not empty and without NUL; hashed as UTF-8. At most 72 bytes of it for Bcrypt.</param>
    /// <returns>The hash with its algorithm, parameters and salt, as it goes into <c>secrets</c>.</returns>
    /// <exception cref="ArgumentException">An unknown algorithm, or a password that the algorithm would truncate or does not accept.</exception>
    public static string Compute(string algorithm, ReadOnlySpan<char> password)
    {
        ArgumentException.ThrowIfNullOrEmpty(algorithm);
        if (password.IsEmpty)
        {
            throw new ArgumentException("The password is empty: that would lock the account.", nameof(password));
        }

        if (password.Contains('\0'))
        {
            throw new ArgumentException("The password contains a NUL character, which is not allowed.", nameof(password));
        }

        byte[] key = new byte[Encoding.UTF8.GetByteCount(password)];
        try
        {
            Encoding.UTF8.GetBytes(password, key);
            return Compute(algorithm, password, key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private static string Compute(string algorithm, ReadOnlySpan<char> password, byte[] key) =>
        algorithm.ToUpperInvariant() switch
        {
            "SHA512CRYPT" => ShaCrypt.Sha512(key, CreateCryptSalt()),
            "SHA256CRYPT" => ShaCrypt.Sha256(key, CreateCryptSalt()),
            "BCRYPT" => HashWithBcrypt(password, key.Length),
            "ARGON2ID" => HashWithArgon2(key),
            "PBKDF2" => HashWithPbkdf2(key),
            _ => throw new ArgumentException($"'{algorithm}' is not a valid algorithm. Use {string.Join(", ", Algorithms)}.", nameof(algorithm)),
        };

    private static byte[] CreateCryptSalt() => Encoding.ASCII.GetBytes(CryptBase64.RandomText(SaltBytes));

    private static string HashWithBcrypt(ReadOnlySpan<char> password, int length) =>
        length <= MaxBcryptBytes
            ? BCrypt.Net.BCrypt.HashPassword(password.ToString(), BCrypt.Net.BCrypt.GenerateSalt(BcryptCost, 'b'))
            : throw new ArgumentException($"Bcrypt uses the first {MaxBcryptBytes} bytes only and this password has {length}. Use another algorithm.", nameof(password));

    private static string HashWithArgon2(byte[] key)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        using var argon2 = new Argon2id(key)
        {
            Salt = salt,
            MemorySize = Argon2MemoryKibibytes,
            Iterations = Argon2Iterations,
            DegreeOfParallelism = 1,
        };
        byte[] hash = argon2.GetBytes(HashBytes);
        return $"$argon2id$v=19$m={Argon2MemoryKibibytes},t={Argon2Iterations},p=1${ToUnpaddedBase64(salt)}${ToUnpaddedBase64(hash)}";
    }

    private static string HashWithPbkdf2(byte[] key)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(key, salt, Pbkdf2Iterations, HashAlgorithmName.SHA256, HashBytes);
        return $"$pbkdf2-sha256$i={Pbkdf2Iterations},l={HashBytes}${ToUnpaddedBase64(salt)}${ToUnpaddedBase64(hash)}";
    }

    /// <summary>PHC strings use base 64 without padding.</summary>
    private static string ToUnpaddedBase64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');
}
