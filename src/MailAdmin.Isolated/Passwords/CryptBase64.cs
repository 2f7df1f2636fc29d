using System.Security.Cryptography;

namespace MailAdmin.Isolated.Passwords;

/// <summary>The base 64 of crypt(3): its own alphabet, least significant six bits first, no padding.</summary>
internal static class CryptBase64
{
    private const string Alphabet = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Encodes groups of one to three bytes, named by their place in the digest, most significant first.</summary>
    public static string Encode(ReadOnlySpan<byte> digest, byte[][] order)
    {
        var text = new System.Text.StringBuilder(digest.Length * 4 / 3 + 1);
        foreach (byte[] group in order)
        {
            int value = 0;
            foreach (byte index in group)
            {
                value = (value << 8) | digest[index];
            }

            for (int i = 0; i <= group.Length; i++, value >>= 6)
            {
                text.Append(Alphabet[value & 63]);
            }
        }

        return text.ToString();
    }

    /// <summary>Random characters of the alphabet, for a salt.</summary>
    public static string RandomText(int length) => RandomNumberGenerator.GetString(Alphabet, length);
}
