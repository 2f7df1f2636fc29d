using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Password hashes that .NET does not implement. In a type of their own, so that the library is loaded only when one of them is used.</summary>
internal static class MemoryHardHashes
{
    public static bool MatchesBcrypt(string stored, string password) => OpenBsdBCrypt.CheckPassword(stored, password.ToCharArray());

    public static bool MatchesArgon2(string stored, string password)
    {
        var hash = PhcString.Parse(stored);
        int type = hash.Name switch { "argon2d" => Argon2Parameters.Argon2d, "argon2i" => Argon2Parameters.Argon2i, _ => Argon2Parameters.Argon2id };
        var generator = new Argon2BytesGenerator();
        generator.Init(new Argon2Parameters.Builder(type)
            .WithVersion(Argon2Parameters.Version13)
            .WithMemoryAsKB(hash.GetCost("m"))
            .WithIterations(hash.GetCost("t"))
            .WithParallelism(hash.GetCost("p"))
            .WithSalt(hash.Salt)
            .Build());
        byte[] actual = new byte[hash.Expected.Length];
        generator.GenerateBytes(Encoding.UTF8.GetBytes(password), actual);
        return CryptographicOperations.FixedTimeEquals(actual, hash.Expected);
    }

    public static bool MatchesScrypt(string stored, string password)
    {
        var hash = PhcString.Parse(stored);
        byte[] actual = SCrypt.Generate(
            Encoding.UTF8.GetBytes(password), hash.Salt, 1 << hash.GetCost("ln"), hash.GetCost("r"), hash.GetCost("p"), hash.Expected.Length);
        return CryptographicOperations.FixedTimeEquals(actual, hash.Expected);
    }
}
