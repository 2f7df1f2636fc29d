using System.Security.Cryptography;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Authorisation, device and user codes, in one table as in the server.</summary>
internal sealed class OAuthCodes(TimeProvider clock, Func<TokenLifetimes> lifetimes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, OAuthCode> _codes = new(StringComparer.Ordinal);

    /// <summary>How long a device waits for its user, in seconds.</summary>
    public int DeviceCodeLifetimeSeconds => (int)lifetimes().Device.TotalSeconds;

    public string AddAuthorizationCode(uint accountId, string clientId, string? nonce, string redirectUri, string? scope = null, CodeChallenge? challenge = null)
    {
        string code = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
        var issued = new OAuthCode(accountId, clientId, nonce, redirectUri, clock.GetUtcNow() + lifetimes().Code) { Scope = scope };
        Put(code, challenge is null ? issued : issued with { Challenge = challenge });
        return code;
    }

    public (string DeviceCode, string UserCode) AddDeviceCode(string clientId, string? nonce, string? scope = null)
    {
        string deviceCode = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 40);
        string letters = RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 8);
        string userCode = $"{letters[..4]}-{letters[4..]}";
        var pending = new OAuthCode(null, clientId, nonce, deviceCode, clock.GetUtcNow() + lifetimes().Device) { Scope = scope };
        Put(deviceCode, pending);
        Put(userCode, pending);
        return (deviceCode, userCode);
    }

    /// <summary>A user approves a device; false for a code that is unknown or used.</summary>
    public bool Approve(string userCode, uint accountId)
    {
        lock (_gate)
        {
            if (Find(userCode) is not { AccountId: null } pending)
            {
                return false;
            }

            _codes.Remove(userCode);
            _codes[pending.Target] = pending with { AccountId = accountId, Target = "", ExpiresAt = clock.GetUtcNow() + lifetimes().Code };
            return true;
        }
    }

    public OAuthCode? Find(string code)
    {
        lock (_gate)
        {
            return _codes.TryGetValue(code, out OAuthCode? found) && found.ExpiresAt > clock.GetUtcNow() ? found : null;
        }
    }

    public void Remove(string code)
    {
        lock (_gate)
        {
            _codes.Remove(code);
        }
    }

    private void Put(string code, OAuthCode value)
    {
        lock (_gate)
        {
            // Codes that are never redeemed would accumulate: expired ones are removed when the table has grown.
            if (_codes.Count > 1000)
            {
                DateTimeOffset now = clock.GetUtcNow();
                foreach (string expired in _codes.Where(entry => entry.Value.ExpiresAt <= now).Select(entry => entry.Key).ToArray())
                {
                    _codes.Remove(expired);
                }
            }

            _codes[code] = value;
        }
    }
}
