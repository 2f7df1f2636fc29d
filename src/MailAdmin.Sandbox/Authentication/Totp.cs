using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>A time-based one-time password (RFC 6238) as an <c>otpauth://totp/</c> URL describes it.</summary>
internal sealed class Totp
{
    private readonly byte[] _key;
    private readonly string _algorithm;
    private readonly int _digits;
    private readonly int _period;

    private Totp(byte[] key, string algorithm, int digits, int period)
    {
        _key = key;
        _algorithm = algorithm;
        _digits = digits;
        _period = period;
    }

    /// <summary>Null where the URL is invalid: such an account accepts no code.</summary>
    public static Totp? Parse(string url)
    {
        var query = new QueryValues(url.Contains('?', StringComparison.Ordinal) ? url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..] : "");
        if (!url.StartsWith("otpauth://totp/", StringComparison.Ordinal) || DecodeBase32(query["secret"] ?? "") is not { Length: > 0 } key)
        {
            return null;
        }

        int digits = query.Contains("digits") ? query.GetInt32("digits") : 6;
        int period = query.Contains("period") ? query.GetInt32("period") : 30;
        string algorithm = (query["algorithm"] ?? "SHA1").ToUpperInvariant();
        return digits is >= 6 and <= 8 && period > 0 && algorithm is "SHA1" or "SHA256" or "SHA512" ? new Totp(key, algorithm, digits, period) : null;
    }

    /// <summary>A code is valid in its own period and in the one before and after.</summary>
    public bool Accepts(string code, DateTimeOffset now)
    {
        long step = now.ToUnixTimeSeconds() / _period;
        return code == ComputeCode(step) || code == ComputeCode(step - 1) || code == ComputeCode(step + 1);
    }

    private string ComputeCode(long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        byte[] hash = ComputeHash(counter);
        int offset = hash[^1] & 15;
        uint number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(offset, 4)) & 0x7fffffff;
        uint modulus = (uint)Math.Pow(10, _digits);
        return (number % modulus).ToString(CultureInfo.InvariantCulture).PadLeft(_digits, '0');
    }

    private byte[] ComputeHash(ReadOnlySpan<byte> counter) => _algorithm switch
    {
        "SHA256" => HMACSHA256.HashData(_key, counter),
        "SHA512" => HMACSHA512.HashData(_key, counter),
#pragma warning disable CA5350 // RFC 6238 is built on SHA-1; every authenticator app uses it.
        _ => HMACSHA1.HashData(_key, counter),
#pragma warning restore CA5350
    };

    private static byte[]? DecodeBase32(string text)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bytes = new List<byte>();
        int buffer = 0;
        int bits = 0;
        foreach (char c in text.TrimEnd('='))
        {
            int value = Alphabet.IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            buffer = ((buffer << 5) | value) & 0xffff;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes.Add((byte)(buffer >> bits));
            }
        }

        return [.. bytes];
    }
}
