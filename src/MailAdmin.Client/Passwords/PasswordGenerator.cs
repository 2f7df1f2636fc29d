using System.Security.Cryptography;

namespace MailAdmin.Client;

/// <summary>Generates passwords that can be read aloud and typed: no <c>0O1lI</c>, nothing that needs quoting.</summary>
public static class PasswordGenerator
{
    /// <summary>The default length of a password: about 115 bits.</summary>
    public const int DefaultLength = 20;

    private const int MinLength = 12;
    private const string Alphabet = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    /// <summary>A new random password with at least one lower-case letter, one capital and one digit; all such passwords are equally likely.</summary>
    /// <param name="length">At least 12 characters.</param>
    public static string Create(int length = DefaultLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, MinLength);
        while (true)
        {
            string password = RandomNumberGenerator.GetString(Alphabet, length);

            // Drawn again as a whole: to insert what is missing would favour some passwords.
            if (password.AsSpan().ContainsAnyInRange('a', 'z')
                && password.AsSpan().ContainsAnyInRange('A', 'Z')
                && password.AsSpan().ContainsAnyInRange('0', '9'))
            {
                return password;
            }
        }
    }
}
