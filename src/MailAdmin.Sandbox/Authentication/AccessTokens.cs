using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>
/// Issues and reads tokens. Nothing is stored: a token carries its account, client and times, and a MAC over them. The MAC of a
/// token of a bound kind covers the account's secret too, so that a new password invalidates it.
/// </summary>
/// <param name="clock">The server's clock.</param>
/// <param name="secret">The secret of an account that tokens are bound to; null where there is none.</param>
/// <param name="bound">The kinds of tokens that are bound to it.</param>
internal sealed class AccessTokens(TimeProvider clock, Func<uint, string?> secret, params TokenKind[] bound) : ITokens
{
    private const int NonceSize = 16;
    private const int MacSize = 32;

    private static readonly DateTimeOffset s_epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <inheritdoc/>
    public string? Issue(TokenKind kind, uint accountId, string clientId, TimeSpan lifetime)
    {
        string? boundTo = GetBoundSecret(kind, accountId);
        if (boundTo is null)
        {
            return null;
        }

        ulong issuedAt = (ulong)(clock.GetUtcNow() - s_epoch).TotalSeconds;
        var payload = new List<byte>();
        AppendNumber(payload, accountId);
        payload.Add((byte)kind);
        AppendNumber(payload, issuedAt);
        AppendNumber(payload, issuedAt + (ulong)lifetime.TotalSeconds);
        payload.AddRange(Encoding.UTF8.GetBytes(clientId));

        byte[] nonce = RandomNumberGenerator.GetBytes(NonceSize);
        return Convert.ToBase64String([.. nonce, .. ComputeMac(nonce, [.. payload], boundTo), .. payload]);
    }

    /// <inheritdoc/>
    public TokenInfo? Read(string token, TokenKind? kind)
    {
        byte[] bytes = new byte[token.Length];
        if (!Convert.TryFromBase64String(token, bytes, out int length) || length <= NonceSize + MacSize)
        {
            return null;
        }

        Span<byte> payload = bytes.AsSpan(NonceSize + MacSize, length - NonceSize - MacSize);
        int position = 0;
        if (!TryReadNumber(payload, ref position, out ulong accountId) || position >= payload.Length)
        {
            return null;
        }

        var actualKind = (TokenKind)payload[position++];
        if (!TryReadNumber(payload, ref position, out ulong issued) || !TryReadNumber(payload, ref position, out ulong expires) || expires > uint.MaxValue)
        {
            return null;
        }

        var info = new TokenInfo((uint)accountId, Encoding.UTF8.GetString(payload[position..]), s_epoch.AddSeconds(issued), s_epoch.AddSeconds(expires));
        DateTimeOffset now = clock.GetUtcNow();
        if (info.ExpiresAt <= now || (kind is not null && kind != actualKind))
        {
            return null;
        }

        return GetBoundSecret(actualKind, info.AccountId) is { } boundTo
            && CryptographicOperations.FixedTimeEquals(bytes.AsSpan(NonceSize, MacSize), ComputeMac(bytes[..NonceSize], payload.ToArray(), boundTo))
                ? info
                : null;
    }

    private string? GetBoundSecret(TokenKind kind, uint accountId) => bound.Contains(kind) ? secret(accountId) : "";

    private byte[] ComputeMac(byte[] nonce, byte[] payload, string boundTo) =>
        HMACSHA256.HashData(_key, (byte[])[.. nonce, .. payload, .. Encoding.UTF8.GetBytes(boundTo)]);

    private static void AppendNumber(List<byte> bytes, ulong number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            bytes.Add((byte)(number | 0x80));
        }

        bytes.Add((byte)number);
    }

    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int position, out ulong number)
    {
        number = 0;
        for (int shift = 0; position < bytes.Length && shift < 63; shift += 7)
        {
            byte next = bytes[position++];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
