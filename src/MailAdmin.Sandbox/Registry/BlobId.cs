using System.Buffers.Text;
using System.Text;

namespace MailAdmin.Sandbox.Registry;

/// <summary>The id of a blob from 0.16 on: what it holds, for whom, and until when.</summary>
/// <param name="Hash">The hash of the content: base64url, without padding.</param>
/// <param name="Account">The account that it is kept for; <see cref="Server"/> for the server itself.</param>
/// <param name="ExpiresAt">Seconds since 1970.</param>
internal sealed record BlobId(string Hash, uint Account, ulong ExpiresAt)
{
    /// <summary>In place of an account: what only those who act for everybody may read.</summary>
    public const uint Server = uint.MaxValue;

    private const int HashBytes = 32;
    private const byte Reserved = 0x20;

    /// <summary>Of a message of the server's, for ever.</summary>
    public static BlobId ForServer(string hash) => new(hash, Server, ulong.MaxValue);

    /// <summary>Reads one; null for what is none.</summary>
    public static BlobId? TryParse(string? text)
    {
        if (text is null || Decode(text) is not [Reserved, .. { Length: > HashBytes } rest])
        {
            return null;
        }

        int place = HashBytes;
        return ReadNumber(rest, ref place) is { } account && ReadNumber(rest, ref place) is { } expiresAt && account <= uint.MaxValue
            ? new BlobId(Base64Url.EncodeToString(rest.AsSpan(0, HashBytes)), (uint)account, expiresAt)
            : null;
    }

    public override string ToString() => Encode([Reserved, .. Base64Url.DecodeFromChars(Hash), .. WriteNumber(Account), .. WriteNumber(ExpiresAt)]);

    /// <summary>Seven bits a byte, the lowest first.</summary>
    private static IEnumerable<byte> WriteNumber(ulong number)
    {
        for (; number > 0x7F; number >>= 7)
        {
            yield return (byte)(number | 0x80);
        }

        yield return (byte)number;
    }

    private static ulong? ReadNumber(byte[] bytes, ref int place)
    {
        ulong number = 0;
        for (int shift = 0; place < bytes.Length && shift < 64; shift += 7)
        {
            byte next = bytes[place++];
            number |= (ulong)(next & 0x7F) << shift;
            if (next <= 0x7F)
            {
                return number;
            }
        }

        return null;
    }

    private static string Encode(byte[] bytes)
    {
        var text = new StringBuilder();
        int open = 0;
        int bits = 0;
        foreach (byte next in bytes)
        {
            open = (open << 8) | next;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append(RegistryId.Alphabet[(open >> (bits - 5)) & 31]);
            }

            open &= (1 << bits) - 1;
        }

        return bits == 0 ? text.ToString() : text.Append(RegistryId.Alphabet[(open << (5 - bits)) & 31]).ToString();
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new List<byte>();
        int open = 0;
        int bits = 0;
        foreach (char letter in text)
        {
            int value = RegistryId.Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            open = (open << 5) | value;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(open >> bits));
                open &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
