using OtpNet;

namespace MailAdmin.Isolated.OneTimeCodes;

/// <summary>Time-based one-time codes (RFC 6238) in the form that every authenticator app reads: SHA-1, six digits, 30 seconds.</summary>
public static class OneTimeCode
{
    private const int SecretBytes = 20;
    private const int Period = 30;
    private const int Digits = 6;

    /// <summary>A new random secret of 160 bits in base 32.</summary>
    public static string CreateSecret() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(SecretBytes)).TrimEnd('=');

    /// <summary>The URL that authenticator apps and the server read.</summary>
    /// <param name="issuer">Who asks for the codes; without a colon.</param>
    /// <param name="account">Whose codes they are; without a colon.</param>
    /// <param name="secret">The secret in base 32.</param>
    public static string CreateUrl(string issuer, string account, string secret)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(issuer);
        ArgumentException.ThrowIfNullOrWhiteSpace(account);
        if (issuer.Contains(':', StringComparison.Ordinal) || account.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException("The issuer and the account must not contain a colon.", nameof(issuer));
        }

        string name = Uri.EscapeDataString(issuer), login = Uri.EscapeDataString(account);
        return $"otpauth://totp/{name}:{login}?secret={secret}&issuer={name}&algorithm=SHA1&digits={Digits}&period={Period}";
    }

    /// <summary>The code at a given time.</summary>
    public static string Compute(string secret, DateTimeOffset now) => CreateTotp(secret).ComputeTotp(now.UtcDateTime);

    /// <summary>Whether a code is valid at a given time, or was or will be half a minute away, as the server accepts it too.</summary>
    public static bool Verify(string secret, string code, DateTimeOffset now) =>
        CreateTotp(secret).VerifyTotp(now.UtcDateTime, code, out _, new VerificationWindow(previous: 1, future: 1));

    private static Totp CreateTotp(string secret) => new(Base32Encoding.ToBytes(secret), Period, OtpHashMode.Sha1, Digits);
}
