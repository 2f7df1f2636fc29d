using System.Security.Cryptography;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Authorisation, device and user codes, kept in one table by the server and here.</summary>
internal sealed class OAuthCodes(TimeProvider clock)
{
    private static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan DeviceCodeLife = TimeSpan.FromMinutes(30);

    private readonly Lock gate = new();
    private readonly Dictionary<string, OAuthCode> codes = new(StringComparer.Ordinal);

    /// <summary>How long a device waits for its user, in seconds.</summary>
    public static int DeviceCodeSeconds => (int)DeviceCodeLife.TotalSeconds;

    public string AddAuthorised(uint accountId, string clientId, string? nonce, string redirectUri)
    {
        var code = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
        Put(code, new OAuthCode(accountId, clientId, nonce, redirectUri, clock.GetUtcNow() + CodeLife));
        return code;
    }

    public (string DeviceCode, string UserCode) AddDevice(string clientId, string? nonce)
    {
        var deviceCode = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
        var letters = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 8);
        var userCode = $"{letters[..4]}-{letters[4..]}";
        var pending = new OAuthCode(null, clientId, nonce, deviceCode, clock.GetUtcNow() + DeviceCodeLife);
        Put(deviceCode, pending);
        Put(userCode, pending);
        return (deviceCode, userCode);
    }

    /// <summary>A user lets a device in; false for a code that is unknown or used.</summary>
    public bool Approve(string userCode, uint accountId)
    {
        lock (gate)
        {
            if (Find(userCode) is not { AccountId: null } pending)
                return false;
            codes.Remove(userCode);
            codes[pending.Target] = pending with { AccountId = accountId, Target = "", ExpiresAt = clock.GetUtcNow() + CodeLife };
            return true;
        }
    }

    public OAuthCode? Find(string code)
    {
        lock (gate)
            return codes.TryGetValue(code, out var found) && found.ExpiresAt > clock.GetUtcNow() ? found : null;
    }

    public void Remove(string code)
    {
        lock (gate)
            codes.Remove(code);
    }

    private void Put(string code, OAuthCode value)
    {
        lock (gate)
        {
            // Those never redeemed would pile up: expired ones go when the table has grown.
            if (codes.Count > 1000)
            {
                var now = clock.GetUtcNow();
                foreach (var expired in codes.Where(entry => entry.Value.ExpiresAt <= now).Select(entry => entry.Key).ToArray())
                    codes.Remove(expired);
            }

            codes[code] = value;
        }
    }
}
