using System.Security.Cryptography;
using System.Text;
using Konscious.Security.Cryptography;
using MailAdmin.Client.Passwords;
using MailAdmin.Isolated.Passwords;

namespace MailAdmin.Tests.Isolated;

public sealed class PasswordHashTests
{
    private const string Password = "Grüße aus Köln 7";

    [Theory]
    [InlineData("Sha512Crypt", "SHA512-Crypt")]
    [InlineData("sha256crypt", "SHA256-Crypt")]
    [InlineData("Bcrypt", "Bcrypt")]
    [InlineData("Argon2id", "Argon2")]
    [InlineData("Pbkdf2", "PBKDF2")]
    public void What_is_made_is_recognised_and_never_the_same_twice(string algorithm, string scheme)
    {
        string hash = PasswordHash.Compute(algorithm, Password);

        PasswordSchemes.Detect(hash).ShouldBe(scheme);
        PasswordHash.Compute(algorithm, Password).ShouldNotBe(hash);
    }

    [Fact]
    public void Sha512Crypt_verifies_with_its_own_salt()
    {
        string hash = PasswordHash.Compute("Sha512Crypt", Password);
        string salt = hash.Split('$')[2];

        salt.Length.ShouldBe(16);
        ShaCrypt.Sha512(Encoding.UTF8.GetBytes(Password), Encoding.ASCII.GetBytes(salt)).ShouldBe(hash);
        ShaCrypt.Sha512("another"u8, Encoding.ASCII.GetBytes(salt)).ShouldNotBe(hash);
    }

    [Fact]
    public void Bcrypt_verifies_by_its_library()
    {
        string hash = PasswordHash.Compute("Bcrypt", Password);

        hash.ShouldStartWith("$2b$11$");
        BCrypt.Net.BCrypt.Verify(Password, hash).ShouldBeTrue();
        BCrypt.Net.BCrypt.Verify("another", hash).ShouldBeFalse();
    }

    [Fact]
    public void Argon2id_verifies_by_its_library()
    {
        string[] parts = PasswordHash.Compute("Argon2id", Password).Split('$');

        parts[1..4].ShouldBe(["argon2id", "v=19", "m=19456,t=2,p=1"]);
        using var argon2 = new Argon2id(Encoding.UTF8.GetBytes(Password))
        {
            Salt = Decode(parts[4]),
            MemorySize = 19456,
            Iterations = 2,
            DegreeOfParallelism = 1,
        };
        argon2.GetBytes(32).ShouldBe(Decode(parts[5]));
    }

    [Fact]
    public void Pbkdf2_verifies_by_the_platform()
    {
        string[] parts = PasswordHash.Compute("Pbkdf2", Password).Split('$');

        parts[1..3].ShouldBe(["pbkdf2-sha256", "i=600000,l=32"]);
        Rfc2898DeriveBytes.Pbkdf2(Password, Decode(parts[3]), 600_000, HashAlgorithmName.SHA256, 32).ShouldBe(Decode(parts[4]));
    }

    [Theory]
    [InlineData("Rot13", "secret")]
    [InlineData("Sha512Crypt", "")]
    [InlineData("Sha512Crypt", "a\0b")]
    [InlineData("Bcrypt", "0123456789012345678901234567890123456789012345678901234567890123456789äö")]
    public void What_an_algorithm_would_cut_or_not_take_is_refused(string algorithm, string password)
    {
        ArgumentException exception = Should.Throw<ArgumentException>(() => PasswordHash.Compute(algorithm, password));
        if (password.Length > 0)
        {
            exception.Message.ShouldNotContain(password);
        }
    }

    private static byte[] Decode(string unpadded) =>
        Convert.FromBase64String(unpadded.PadRight((unpadded.Length + 3) / 4 * 4, '='));
}
